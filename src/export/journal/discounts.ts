import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import type { Posting } from '../../domain/journal/entry.ts'
import { takeShares } from '../../domain/invoices/tax-shares.ts'
import type { Money } from '../../domain/money.ts'
import { type IssuedRow, issuedRows, type SettledRow, type Worth } from './load.ts'

/** What of a tax a discount takes back, in minor units of the book's currency. */
export interface TaxBack {
  tax: Posting['tax']
  amount: number
}

interface Part {
  id: number
  invoice_id: number
  amount: Money
}

/** All that settled these invoices, each in order. */
async function partsOf(db: Db, invoices: readonly number[]): Promise<Part[]> {
  const { rows } = await sql<Part>`
    SELECT a.id, a.invoice_id, a.amount FROM allocations AS a
    WHERE a.invoice_id IN ${valuesOf(invoices)} ORDER BY a.invoice_id, a.at, a.id`.execute(db)
  return rows
}

/** What each part of an invoice that was settled takes of its taxes. */
function sharesOf(
  invoice: IssuedRow,
  parts: readonly Part[],
  worth: Worth,
): Map<number, TaxBack[]> {
  let rest = invoice.taxes
    .flatMap(({ base, tax }) => [base, tax])
    .map((minor) => (worth(minor, invoice.currency, invoice.rate) ?? 0) as Money)
  let open: number = invoice.gross
  return new Map(
    parts.map(({ id, amount }) => {
      const taken = takeShares(rest, amount, open as Money)
      rest = rest.map((part, index) => (part - (taken[index] ?? 0)) as Money)
      open -= amount
      const back = invoice.taxes.map(({ rate, category }, index) => ({
        tax: { rate, category },
        amount: taken[2 * index + 1] ?? 0,
      }))
      return [id, back]
    }),
  )
}

/**
 * What discounts take back of the taxes of their invoices, by allocation: a discount makes what was billed less, as in
 * `report tax`.
 */
export async function discountTaxes(
  db: Db,
  rows: readonly SettledRow[],
  worth: Worth,
): Promise<Map<number, TaxBack[]>> {
  const ids = rows.flatMap(({ kind, invoice_id: id }) => (kind === 'discount' && id ? [id] : []))
  if (ids.length === 0) return new Map()
  const parts = await partsOf(db, ids)
  const invoices = await issuedRows(db, ids)
  return new Map(
    invoices.flatMap((invoice) => {
      const own = parts.filter(({ invoice_id: id }) => id === invoice.id)
      return [...sharesOf(invoice, own, worth)]
    }),
  )
}
