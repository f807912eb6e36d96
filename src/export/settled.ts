import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import type { Currency } from '../domain/money.ts'

/** A part of an invoice that is settled: its number, and the amount as plain text. */
interface Settled {
  number: string
  amount: string
}

/** Finds which invoices payments or credit notes settle, and with how much of each. */
export async function settledBy(
  db: Db,
  by: 'payment_id' | 'credit_id',
): Promise<(id: number, currency: Currency) => Settled[]> {
  const { rows } = await sql<{ id: number; number: string; amount: number }>`
    SELECT ${sql.ref(`a.${by}`)} AS id, i.number, sum(a.amount) AS amount
    FROM allocations AS a JOIN invoices AS i ON i.id = a.invoice_id WHERE ${sql.ref(`a.${by}`)} IS NOT NULL
    GROUP BY 1, a.invoice_id ORDER BY min(a.id)`.execute(db)
  const all = new Map<number, typeof rows>()
  for (const row of rows) {
    const before = all.get(row.id)
    if (before) before.push(row)
    else all.set(row.id, [row])
  }
  return (id, { digits }) =>
    (all.get(id) ?? []).map(({ number, amount }) => ({
      number,
      amount: (amount / 10 ** digits).toFixed(digits),
    }))
}

/** Finds the credit notes that refunds give back. */
export async function creditsOfRefunds(db: Db): Promise<(id: number) => string | null> {
  const { rows } = await sql<{ id: number; number: string }>`
    SELECT a.refund_id AS id, i.number FROM allocations AS a JOIN invoices AS i ON i.id = a.credit_id
    WHERE a.refund_id IS NOT NULL ORDER BY a.id`.execute(db)
  const all = new Map<number, string>()
  for (const { id, number } of rows) {
    const before = all.get(id)
    all.set(id, before === undefined ? number : `${before}; ${number}`)
  }
  return (id) => all.get(id) ?? null
}
