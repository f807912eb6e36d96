import { sql } from 'kysely'
import { rateFinder } from '../book/rates.ts'
import type { Db } from '../book/store/db.ts'
import { valuesOf } from '../book/store/sql.ts'
import type { Store } from '../book/store/store.ts'
import type { Day } from '../domain/day.ts'
import type { Rate } from '../domain/rate.ts'

/** An invoice that was issued, or a payment, that no rate is written in. */
interface Unrated {
  id: number
  currency: string
  day: Day
}

/** The invoice that a credit note corrects. */
interface Corrected {
  of: number | null
  ofRate: Rate | null
}

/** A day on which a currency had no exchange rate. */
export type UnratedDay = Omit<Unrated, 'id'>

/** What became of invoices and payments without a rate, by their ids. */
export interface MoneyRated {
  invoices: number[]
  payments: number[]
  /** Those that stay without one, each once. */
  missing: UnratedDay[]
}

/** Issued invoices and credit notes in another currency without a rate, each after the invoice that it corrects. */
function unratedInvoices(db: Db, book: string): Promise<(Unrated & Corrected)[]> {
  return db
    .selectFrom('invoices as i')
    .leftJoin('invoices as o', 'o.id', 'i.corrects_id')
    .select(['i.id', 'i.currency', 'i.issued_on as day', 'o.id as of', 'o.rate as ofRate'])
    .where('i.currency', '<>', book)
    .where('i.rate', 'is', null)
    .where('i.issued_on', 'is not', null)
    .orderBy('i.id')
    .$narrowType<Unrated>()
    .execute()
}

function unratedPayments(db: Db, book: string): Promise<Unrated[]> {
  return db
    .selectFrom('payments')
    .select(['id', 'currency', 'paid_on as day'])
    .where('currency', '<>', book)
    .where('rate', 'is', null)
    .orderBy('id')
    .execute()
}

/**
 * Writes the exchange rate of its day into issued invoices and payments in another currency that have none, as it is
 * known now. Those that have one keep it. A credit note counts at the rate of its invoice.
 * @param book the code of the book's currency.
 */
export async function applyMoneyRates(db: Db, store: Store, book: string): Promise<MoneyRated> {
  const rateOf = rateFinder(store, book)
  const missing = new Map<string, UnratedDay>()
  const rateFor = ({ currency, day }: Unrated): Rate | null => {
    const found = rateOf(currency, day)
    if (!found) missing.set(`${currency} ${day}`, { currency, day })
    return found?.rate ?? null
  }
  const done: MoneyRated = { invoices: [], payments: [], missing: [] }
  const ratedNow = new Map<number, Rate>()
  for (const invoice of await unratedInvoices(db, book)) {
    const { id, of, ofRate } = invoice
    const rate = ofRate ?? ratedNow.get(of ?? id) ?? rateFor(invoice)
    if (rate === null) continue
    ratedNow.set(id, rate)
    await db.updateTable('invoices').set({ rate }).where('id', '=', id).execute()
    done.invoices.push(id)
  }
  for (const payment of await unratedPayments(db, book)) {
    const rate = rateFor(payment)
    if (rate === null) continue
    await db.updateTable('payments').set({ rate }).where('id', '=', payment.id).execute()
    done.payments.push(payment.id)
  }
  return { ...done, missing: [...missing.values()] }
}

/** The days for which some invoices or payments lack a rate, each once. */
export async function unratedAmong(
  db: Db,
  book: string,
  { table, ids }: { table: 'invoices' | 'payments'; ids: readonly number[] },
): Promise<UnratedDay[]> {
  const day = table === 'invoices' ? 'issued_on' : 'paid_on'
  return db
    .selectFrom(table)
    .select(['currency', `${day} as day`])
    .distinct()
    .where('currency', '<>', book)
    .where('rate', 'is', null)
    .where(sql<boolean>`id IN ${valuesOf([...ids])}`)
    .orderBy('day')
    .orderBy('currency')
    .$narrowType<UnratedDay>()
    .execute()
}
