import { rateFinder } from '../../book/rates.ts'
import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { parsePlan, planned } from '../../domain/invoices/plan.ts'
import { nameKey } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import { BUYER } from '../../money/invoices/freeze.ts'
import type { Moment } from '../../records/moment.ts'
import type { clientNames } from '../client-names.ts'
import { dealNames, type NamedDeal } from '../deal-names.ts'
import { leftAlone } from '../left-alone.ts'
import { byMadeRef } from '../made-refs.ts'
import type { NameBook } from '../names.ts'
import type { Origin, Writer } from '../outcome.ts'
import type { Cells } from '../row-cells.ts'
import { creditRows } from './credits.ts'
import { draftInvoice, type InvoiceDraft } from './draft.ts'
import type { EInvoiceDetails } from './details.ts'
import { dueDays } from './due.ts'
import { invoiceComparison, type KnownInvoice } from './known.ts'
import { invoiceRow } from './row.ts'

/** How invoices are written. */
interface InvoiceWriting {
  store: Store
  names: NameBook
  clientOf: ReturnType<typeof clientNames>
  moment: Moment
  /** The code of the book's currency. */
  book: string
  /** How the book numbers invoices. */
  pattern: string
  /** What an e-invoice says beyond its row. */
  billed?: EInvoiceDetails | undefined
}

/**
 * Turns the rows of a list of invoices into invoices that were issued. One whose number is in the book is never
 * changed.
 */
export function invoiceWriter(writing: InvoiceWriting): Writer {
  const { store, names, clientOf, moment, book, pattern, billed } = writing
  const add = rowAdder(store, 'invoices')
  const addInstalment = rowAdder(store, 'instalments')
  const addEvent = rowAdder(store, 'invoice_events')
  const byNumber = store.prepare('SELECT * FROM invoices WHERE number_key = ?')
  const owners = store.prepare('SELECT owner_id FROM clients WHERE id = ?').pluck()
  const dealOwners = store.prepare('SELECT owner_id FROM deals WHERE id = ?').pluck()
  const buyers = store.prepare(`SELECT ${BUYER.join(', ')} FROM clients WHERE id = ?`)
  const rateOf = rateFinder(store, book)
  const dealOf = dealNames(store)
  const ownClient = byMadeRef(store, 'clients')
  const dueOf = dueDays(store)
  const left = leftAlone(store, 'invoices')
  const differing = invoiceComparison(store, { names, dealOf })
  const credits = creditRows(store)
  let partPaid = 0

  const clientIn = (cells: Cells, origin: Origin): number => {
    const named = { ref: cells.one('client-ref'), name: cells.one('client') }
    const known = billed?.client() ?? null
    if (known !== null) return known
    return ownClient(named.ref, nameKey(named.name ?? '')) ?? clientOf(named, origin)
  }
  /** Whose the invoice is: as the row says, else its deal's, else its client's. */
  const ownerOf = (cells: Cells, draft: InvoiceDraft, clientId: number, deal: NamedDeal | null) => {
    if (cells.has('owner')) return names.id('owners', draft.owner)
    const ofDeal = deal === null ? null : (dealOwners.get(deal.id) as number | null)
    return ofDeal ?? (owners.get(clientId) as number | null)
  }
  const buyerOf = (clientId: number): string => {
    const client = buyers.get(clientId) as { kind: string; name: string }
    return billed ? billed.buyer(client.kind, client.name) : JSON.stringify(client)
  }
  const addParts = (id: number, { plan, gross, issuedOn, voidedOn }: InvoiceDraft): void => {
    const parts = plan === null ? [] : planned(parsePlan(plan), gross, issuedOn)
    for (const { dueOn, amount } of parts) addInstalment({ invoice_id: id, due_on: dueOn, amount })
    if (voidedOn === null) return
    const event = { invoice_id: id, kind: 'voided' as const, at: voidedOn, until: null, note: null }
    addEvent({ ...event, recorded_at: moment.recordedAt })
  }

  return {
    write(cells, origin) {
      const draft = draftInvoice(cells, book, moment.today)
      const known = byNumber.get(nameKey(draft.number)) as KnownInvoice | undefined
      if (known) {
        left.add(origin.row, known.id, differing(known, draft, cells, origin), cells)
        return 'unchanged'
      }
      names.check('owners', draft.owner)
      const isNamed = cells.one('client') !== null || cells.one('client-ref') !== null
      const deal = dealOf({ ref: cells.one('deal-ref'), title: cells.one('deal') }, () =>
        isNamed ? clientIn(cells, origin) : null,
      )
      const clientId = isNamed || deal === null ? clientIn(cells, origin) : deal.client_id
      const { issuedOn, currency } = draft
      const rate =
        draft.rate ?? (currency === book ? null : (rateOf(currency, issuedOn)?.rate ?? null))
      const about = {
        clientId,
        dealId: deal?.id ?? null,
        ownerId: ownerOf(cells, draft, clientId, deal),
        ...dueOf(draft, clientId),
        rate,
        buyer: buyerOf(clientId),
      }
      const { importId, row } = origin
      const id = add(invoiceRow(draft, about, pattern, { importId: importId(), row }))
      addParts(id, draft)
      billed?.write(id, draft)
      if (draft.kind === 'credit') {
        const { number, gross, corrects, settles } = draft
        credits.add({ id, row, number, clientId, currency, on: issuedOn, gross, corrects, settles })
      } else if (draft.open !== null && draft.voidedOn === null && draft.open < draft.gross) {
        partPaid += 1
      }
      return 'created'
    },
    takenBack() {
      names.forget()
      clientOf.forget()
    },
    finish() {
      const loud = [...left.notes('value'), ...credits.finish()]
      const notes = [...loud, ...(billed?.notes() ?? [])]
      if (partPaid > 0) {
        const are = partPaid === 1 ? 'is' : 'are'
        notes.push(
          `${counted(partPaid, 'invoice')} ${are} paid or credited in part or in full: what the file says is ` +
            'open follows from payments (funnel import payments FILE)',
        )
      }
      return Promise.resolve({ late: [], notes, loud, left: left.found() })
    },
  }
}
