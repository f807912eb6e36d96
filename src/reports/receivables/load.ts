import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { allocated } from '../../book/allocated.ts'
import type { Db } from '../../book/store/db.ts'
import { epochDay } from '../../book/store/sql.ts'
import { type Day, toEpochDay } from '../../domain/day.ts'
import {
  type Bucket,
  bucketOf,
  BUCKETS,
  daysLate,
  openParts,
} from '../../domain/invoices/ageing.ts'
import type { Currency, Money } from '../../domain/money.ts'
import type { Rate } from '../../domain/rate.ts'
import type { Scope } from '../scope.ts'
import { ofChosenClients } from './clients.ts'
import { partsIn, worthIn } from './worth.ts'
import { openThen } from './open-then.ts'

/** What a client owes, in minor units of the book's currency: by how late it is, and what it has paid ahead. */
export type Debt = Record<Bucket, number> & {
  /** Payments and credit notes that have not been used: positive. */
  unallocated: number
}

/** The debts of clients by number, and how many invoices and payments could not be converted. */
export interface Debts {
  debts: Map<number, Debt>
  unrated: number
}

const NOTHING: Debt = {
  ...(Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])) as Record<Bucket, number>),
  unallocated: 0,
}

/** What several owe together. A book may have a hundred thousand of them. */
export function sumOf(debts: Iterable<Debt>): Debt {
  const sum = { ...NOTHING }
  for (const debt of debts) {
    for (const bucket of BUCKETS) sum[bucket] += debt[bucket]
    sum.unallocated += debt.unallocated
  }
  return sum
}

interface OpenInvoice {
  id: number
  client_id: number
  due_on: Day
  gross: Money
  settled: number
  currency: string
  rate: Rate | null
}

/** What invoices `i` that stand on a day and are not settled are chosen by. */
const STANDING = (scope: Scope): RawBuilder<SqlBool> => sql`
  ${openThen(scope.asOf)} AND i.kind = 'invoice' AND i.issued_on <= ${scope.asOf}
  AND ${ofChosenClients(scope, 'i.client_id')}`

/** An invoice that is added up by the database: in the book's currency, and due on one day. */
const PLAIN = (book: Currency): RawBuilder<SqlBool> => sql`
  i.currency = ${book.code} AND i.plan IS NULL`

/** Plain invoices by client: what is open in each bucket. */
async function plainDebts(db: Db, scope: Scope) {
  const on = scope.asOf
  const openIf = (test: RawBuilder<SqlBool>): RawBuilder<number> =>
    sql`sum(CASE WHEN ${test} THEN o.open ELSE 0 END)`
  const { rows } = await sql<{ client_id: number } & Record<Bucket, number>>`
    WITH o AS MATERIALIZED (
      SELECT i.client_id, i.gross - ${allocated('invoice_id', 'i.id', on)} AS open,
        ${toEpochDay(on)} - ${epochDay(sql`i.due_on`)} AS late
      FROM invoices AS i WHERE ${STANDING(scope)} AND ${PLAIN(scope.settings.currency)})
    SELECT o.client_id,
      ${openIf(sql`o.late <= 0`)} AS not_due,
      ${openIf(sql`o.late BETWEEN 1 AND 30`)} AS d1_30,
      ${openIf(sql`o.late BETWEEN 31 AND 60`)} AS d31_60,
      ${openIf(sql`o.late BETWEEN 61 AND 90`)} AS d61_90,
      ${openIf(sql`o.late > 90`)} AS d90_plus
    FROM o
    GROUP BY o.client_id`.execute(db)
  return rows
}

/** Open invoices one by one: all of them, or those that pass a test of `i`. */
async function openInvoices(
  db: Db,
  scope: Scope,
  test: RawBuilder<SqlBool> = sql`true`,
): Promise<OpenInvoice[]> {
  const { rows } = await sql<OpenInvoice>`
    SELECT i.id, i.client_id, i.due_on, i.gross, ${allocated('invoice_id', 'i.id', scope.asOf)} AS settled,
      i.currency, i.rate
    FROM invoices AS i WHERE ${STANDING(scope)} AND ${test}`.execute(db)
  return rows
}

async function partsOf(db: Db, invoices: readonly OpenInvoice[]) {
  const parts = new Map<number, { dueOn: Day; amount: Money }[]>()
  if (invoices.length === 0) return parts
  const rows = await db
    .selectFrom('instalments')
    .select(['invoice_id', 'due_on', 'amount'])
    .execute()
  for (const { invoice_id: id, due_on: dueOn, amount } of rows) {
    parts.set(id, [...(parts.get(id) ?? []), { dueOn, amount }])
  }
  return parts
}

/** Payments and credit notes of clients, less what was used of them by a day; in their currencies. */
async function credits(db: Db, scope: Scope) {
  const on = scope.asOf
  const { rows } = await sql<{
    client_id: number
    currency: string
    rate: Rate | null
    rest: Money
  }>`
    SELECT p.client_id, p.currency, p.rate, p.amount - ${allocated('payment_id', 'p.id', on)} AS rest
    FROM payments AS p
    WHERE p.kind = 'in' AND p.paid_on <= ${on} AND p.id IN (
        SELECT id FROM payments WHERE settled_on IS NULL
        UNION ALL SELECT id FROM payments WHERE settled_on > ${on})
      AND ${ofChosenClients(scope, 'p.client_id')}
    UNION ALL
    SELECT i.client_id, i.currency, i.rate, i.gross - ${allocated('credit_id', 'i.id', on)} AS rest
    FROM invoices AS i
    WHERE ${openThen(on)} AND i.kind = 'credit' AND i.issued_on <= ${on}
      AND ${ofChosenClients(scope, 'i.client_id')}`.execute(db)
  return rows
}

/**
 * What clients owe at the end of a day. Invoices and payments in another currency count at the rate that is written
 * in them; those without one are not summed, but counted.
 */
export async function loadDebts(db: Db, scope: Scope): Promise<Debts> {
  const { asOf, settings } = scope
  const book = settings.currency
  const debts = new Map<number, Debt>()
  let unrated = 0
  const debtOf = (client: number): Debt => {
    const known = debts.get(client)
    if (known) return known
    const debt = { ...NOTHING }
    debts.set(client, debt)
    return debt
  }
  for (const row of await plainDebts(db, scope)) {
    const debt = debtOf(row.client_id)
    for (const bucket of BUCKETS) debt[bucket] = row[bucket]
  }
  const others = await openInvoices(db, scope, sql`NOT (${PLAIN(book)})`)
  const parts = await partsOf(db, others)
  for (const { id, client_id: client, due_on: dueOn, gross, settled, currency, rate } of others) {
    const own = openParts(parts.get(id) ?? [{ dueOn, amount: gross }], settled)
    const open = partsIn(book, own, currency, rate)
    if (open === null) {
      unrated += 1
      continue
    }
    const debt = debtOf(client)
    for (const part of open) debt[bucketOf(daysLate(part.dueOn, asOf))] += part.amount
  }
  for (const { client_id: client, currency, rate, rest } of await credits(db, scope)) {
    const worth = worthIn(book, rest, currency, rate)
    if (worth === null) unrated += 1
    else debtOf(client).unallocated += worth
  }
  return { debts, unrated }
}

/** What is open of an invoice by a day, in minor units of the book’s currency. */
export interface OpenPart {
  client: number
  dueOn: Day
  amount: Money
}

/**
 * What is to come in at the end of a day: the open parts of invoices, less what their clients have paid ahead or were
 * credited, which settles what is due first.
 */
export async function partsToCome(
  db: Db,
  scope: Scope,
): Promise<{ parts: OpenPart[]; unrated: number }> {
  const book = scope.settings.currency
  const invoices = await openInvoices(db, scope)
  const planned = await partsOf(db, invoices)
  const owed = new Map<number, OpenPart[]>()
  let unrated = 0
  for (const { id, client_id: client, due_on: dueOn, gross, settled, currency, rate } of invoices) {
    const own = openParts(planned.get(id) ?? [{ dueOn, amount: gross }], settled)
    const open = partsIn(book, own, currency, rate)
    if (open === null) unrated += 1
    else
      owed.set(client, [...(owed.get(client) ?? []), ...open.map((part) => ({ client, ...part }))])
  }
  const ahead = new Map<number, number>()
  for (const { client_id: client, currency, rate, rest } of await credits(db, scope)) {
    const worth = worthIn(book, rest, currency, rate) ?? 0
    ahead.set(client, (ahead.get(client) ?? 0) + worth)
  }
  const parts = [...owed].flatMap(([client, own]) =>
    openParts(own, ahead.get(client) ?? 0).map((part): OpenPart => ({ client, ...part })),
  )
  return { parts, unrated }
}
