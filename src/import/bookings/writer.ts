import { bulkInsert } from '../../book/store/bulk.ts'
import { unindexed } from '../../book/store/sql.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { type AccountNumbers, isSameAccount } from '../../domain/firm/same-account.ts'
import { currencyNamed } from '../../domain/currency-signs.ts'
import { quoted } from '../../domain/plain-text.ts'
import { counted } from '../../domain/text.ts'
import { bankLineRow } from '../../records/rows/bank-line.ts'
import type { Writer } from '../outcome.ts'
import type { ImportPlan } from '../plan.ts'
import type { Cells } from '../row-cells.ts'
import { isPendingWord } from '../values/booking-words.ts'
import { draftBooking } from './draft.ts'
import { ordinals } from './ordinals.ts'

/** The account that bookings are of. */
export interface BookingAccount extends AccountNumbers {
  id: number
  name: string
  currency: string
}

/** The account of a plan to import bookings. */
export function accountOf({ account }: ImportPlan): BookingAccount {
  if (account) return account
  throw new Error('bookings without an account')
}

/** Why rows are not bookings of the account: how many of each, and what the first of them says. */
class Skipped {
  readonly #counts = new Map<'pending' | 'account' | 'currency', { count: number; what: string }>()

  add(why: 'pending' | 'account' | 'currency', what: string): 'skipped' {
    const before = this.#counts.get(why)
    if (before) before.count += 1
    else this.#counts.set(why, { count: 1, what })
    return 'skipped'
  }

  of(why: 'pending' | 'account' | 'currency'): { count: number; what: string } | undefined {
    return this.#counts.get(why)
  }

  notes({ name, currency }: BookingAccount): string[] {
    const [pending, account, other] = (['pending', 'account', 'currency'] as const).map((why) =>
      this.of(why),
    )
    const notes: string[] = []
    const were = (count: number): string => (count === 1 ? 'was' : 'were')
    if (pending) {
      const what = counted(pending.count, 'pending booking')
      const them = pending.count === 1 ? 'it' : 'them'
      notes.push(`${what} ${were(pending.count)} skipped: the bank may still change ${them}`)
    }
    if (account) {
      const what = counted(account.count, 'booking')
      notes.push(
        `${what} of another account (${account.what}) ${were(account.count)} skipped: this import is of ${name}`,
      )
    }
    if (other) {
      const what = counted(other.count, 'booking')
      notes.push(
        `${what} in ${other.what} ${were(other.count)} skipped: ${name} is in ${currency} (funnel bank account add ` +
          'NAME --currency adds an account in another)',
      )
    }
    return notes
  }
}

/** The currency that a row says it is in, if that is not the account's. */
function otherCurrency(cells: Cells, { currency }: BookingAccount): string | null {
  const said = cells.one('currency')
  if (said === null) return null
  const code = currencyNamed(said)
  return code === null || code === currency ? null : code
}

const DOUBLES = `SELECT count(*) FROM bank_lines AS n WHERE ${unindexed('n.bank_account_id')} = :account AND n.id > :last
  AND EXISTS (SELECT 1 FROM bank_lines AS o WHERE o.booked_on = n.booked_on AND o.amount = n.amount
    AND o.bank_account_id = n.bank_account_id AND o.id <= :last)`

/** Turns the rows of a statement into bookings of an account: those that the book does not have yet. */
export function bookingWriter(store: Store, account: BookingAccount, large: boolean): Writer {
  const wasEmpty = store.prepare('SELECT 1 FROM bank_lines LIMIT 1').get() === undefined
  const makeIndexes = store.manyRows(large && wasEmpty ? ['bank_lines'] : [])
  const last = store.lastId('bank_lines')
  const lines = bulkInsert(store, 'bank_lines')
  const known = ordinals(store, account.id)
  const skipped = new Skipped()
  let taken = 0
  /** Why a row is not a booking of the account; null if it is one. */
  const notOurs = (cells: Cells): 'skipped' | null => {
    const own = cells.one('account')
    if (own !== null && !isSameAccount(own, account)) return skipped.add('account', own)
    const status = cells.one('status')
    if (status !== null && isPendingWord(status)) return skipped.add('pending', status)
    const currency = otherCurrency(cells, account)
    return currency === null ? null : skipped.add('currency', currency)
  }
  const doubles = (): string[] => {
    if (known.wasEmpty) return []
    const count = store.prepare(DOUBLES).pluck().get({ account: account.id, last }) as number
    if (count === 0) return []
    return [
      `${counted(count, 'new booking has', 'new bookings have')} the day and the amount of one that the book had, but ` +
        'another text or reference: if this is another kind of file for the same days, take it back with funnel undo',
    ]
  }
  return {
    write(cells, { row, importId }) {
      const not = notOurs(cells)
      if (not !== null) return not
      const booking = draftBooking(cells, account.currency)
      taken += 1
      const ordinal = known.next(booking)
      if (ordinal === null) return 'unchanged'
      lines.add(bankLineRow(account.id, booking, ordinal, { importId: importId(), row }))
      return 'created'
    },
    finish() {
      const others = skipped.of('account')
      if (others && taken === 0) {
        throw new Fault(
          'usage',
          `the bookings are of ${quoted(others.what)}, and not of ${account.name}`,
          'name its account with --account, or leave out the column that names it: --ignore HEADER',
        )
      }
      lines.flush()
      makeIndexes()
      const loud = [...skipped.notes(account), ...doubles()]
      return Promise.resolve({ late: [], notes: [...loud], loud })
    },
  }
}
