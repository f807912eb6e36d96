import { rateFinder } from '../../book/rates.ts'
import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'
import type { Moment } from '../../records/moment.ts'
import type { clientNames } from '../client-names.ts'
import { leftAlone } from '../left-alone.ts'
import { byMadeRef } from '../made-refs.ts'
import type { LateOutcome, Origin, Writer } from '../outcome.ts'
import type { Cells } from '../row-cells.ts'
import { draftPayment, type PaymentDraft } from './draft.ts'
import { type KnownPayment, paymentMatches } from './match.ts'
import { paymentRow } from './row.ts'
import { paymentSettling } from './settle.ts'

/** How payments are written. */
interface PaymentWriting {
  store: Store
  clientOf: ReturnType<typeof clientNames>
  moment: Moment
  /** The code of the book's currency. */
  book: string
}

/** A payment of the file, to be used for what it is for once all rows are read. */
interface Row {
  draft: PaymentDraft
  clientId: number
  origin: Origin
  /** Its number in the book; null if it is not there yet, as it may turn out to settle nothing. */
  id: number | null
}

/** By day, and refunds last: they give back what is left. */
function inOrder(a: Row, b: Row): number {
  const [first, second] = [a, b].map(({ draft }) => Number(draft.kind === 'refund'))
  if (first !== second) return (first ?? 0) - (second ?? 0)
  if (a.draft.on !== b.draft.on) return a.draft.on < b.draft.on ? -1 : 1
  return a.origin.row - b.origin.row
}

function differing(known: KnownPayment, draft: PaymentDraft, clientId: number): string[] {
  const isSame: [field: string, same: boolean][] = [
    ['client', known.client_id === clientId],
    ['on', known.paid_on === draft.on],
    ['amount', known.amount === draft.amount],
    ['currency', known.currency === draft.currency],
  ]
  return isSame.flatMap(([field, same]) => (same ? [] : [field]))
}

/** Turns the rows of a list of payments into payments, and settles what they are for. */
export function paymentWriter({ store, clientOf, moment, book }: PaymentWriting): Writer {
  const add = rowAdder(store, 'payments')
  const accounts = new Map(
    (
      store.prepare('SELECT id, name_key FROM bank_accounts').all() as {
        id: number
        name_key: string
      }[]
    ).map(({ id, name_key: key }) => [key, id]),
  )
  const rateOf = rateFinder(store, book)
  const ownClient = byMadeRef(store, 'clients')
  const matches = paymentMatches(store)
  const settling = paymentSettling(store)
  const left = leftAlone(store, 'payments')
  const rows: Row[] = []
  const unknownAccounts = new Set<string>()

  /** Who paid: as the row says, else the client of the first invoice that it is for. */
  const clientIn = (cells: Cells, draft: PaymentDraft, origin: Origin): number => {
    const named = { ref: cells.one('client-ref'), name: cells.one('client') }
    if (named.ref === null && named.name === null) {
      const found = settling.shares(draft).find(({ invoice }) => invoice !== undefined)?.invoice
      if (found) return found.client_id
      throw new Fault('usage', 'the row names neither a client nor an invoice of the book')
    }
    return ownClient(named.ref, nameKey(named.name ?? '')) ?? clientOf(named, origin)
  }

  const write = ({ draft, clientId, origin }: Omit<Row, 'id'>): number => {
    const { account, currency, on } = draft
    const accountId = account === null ? null : (accounts.get(nameKey(account)) ?? null)
    if (account !== null && accountId === null) unknownAccounts.add(account)
    const rate = draft.rate ?? (currency === book ? null : (rateOf(currency, on)?.rate ?? null))
    const file = { importId: origin.importId(), row: origin.row }
    return add(paymentRow(draft, { clientId, accountId, rate }, file))
  }

  const settle = (row: Row): LateOutcome[] => {
    const { draft, clientId, origin, id } = row
    if (id !== null) {
      settling.money(id, draft, clientId, origin.row)
      return []
    }
    try {
      const use =
        draft.kind === 'refund'
          ? settling.refund(draft, clientId)
          : settling.withoutMoney(draft, clientId)
      use(write(row))
      return [{ row: origin.row, outcome: 'created' }]
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'usage') throw error
      return [{ row: origin.row, reason: error.message }]
    }
  }

  return {
    write(cells, origin) {
      const draft = draftPayment(cells, book, moment.today)
      const clientId = clientIn(cells, draft, origin)
      const known = matches.find(draft, clientId)
      if (known) {
        matches.taken(draft, clientId, known.id)
        left.add(origin.row, known.id, differing(known, draft, clientId), cells)
        return 'unchanged'
      }
      const id = draft.kind === 'in' ? write({ draft, clientId, origin }) : null
      matches.taken(draft, clientId, id ?? 0)
      rows.push({ draft, clientId, origin, id })
      return id === null ? null : 'created'
    },
    takenBack: () => clientOf.forget(),
    finish() {
      const late = rows.toSorted(inOrder).flatMap(settle)
      const loud = [...left.notes('value'), ...settling.notes()]
      const notes = [...loud]
      if (unknownAccounts.size > 0) {
        const names = [...unknownAccounts].slice(0, 5).map((name) => quoted(name))
        notes.push(
          `bank accounts left out, as the book does not have them: ${names.join(', ')} (funnel bank account add NAME)`,
        )
      }
      return Promise.resolve({ late, notes, loud, left: left.found() })
    },
  }
}
