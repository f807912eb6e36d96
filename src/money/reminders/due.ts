import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { isHeld } from '../../book/held.ts'
import { nextDue } from '../../book/next-due.ts'
import { promisesOn } from '../../book/promises.ts'
import { isAssigned } from '../../book/unassigned.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { daysLate, openParts, type Part } from '../../domain/invoices/ageing.ts'
import { type LateAmount, lateInterest, levelDue } from '../../domain/invoices/reminders.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import type { Settings } from '../../domain/settings.ts'
import type { ClientTest } from '../../records/choose/index.ts'

/** An invoice of which something is late and a reminder is due. Amounts are in minor units of its currency. */
export interface DueReminder {
  invoiceId: number
  number: string
  clientId: number
  client: string
  dealId: number | null
  ownerId: number | null
  currency: string
  level: number
  /** The due day of what is late: of instalments, that of the first one that is not paid. */
  dueOn: Day
  /** Is that one of several days by which it is to be paid? */
  isInstalment: boolean
  issuedOn: Day | null
  late: number
  /** What is late of it: of instalments, only those whose day is over. */
  open: Money
  interest: Money
  reference: string
  /** Who bills, as the invoice keeps it: JSON; null for one that came from another program. */
  seller: string | null
}

interface LateRow {
  id: number
  number: string
  client_id: number
  client: string
  deal_id: number | null
  owner_id: number | null
  currency: string
  issued_on: Day | null
  due_on: Day
  gross: Money
  settled: number
  plan: string | null
  payment_ref: string | null
  seller: string | null
  level: number
  last_on: Day | null
}

/** Invoices of which something is late, but for those on hold, with what was sent about them. */
async function lateRows(
  db: Db,
  on: Day,
  tests: readonly RawBuilder<SqlBool>[],
): Promise<LateRow[]> {
  const more = sql.join(
    tests.map((test) => sql`AND ${test}`),
    sql` `,
  )
  const { rows } = await sql<LateRow>`
    SELECT l.*, c.name AS client,
      coalesce((SELECT max(r.level) FROM reminders AS r WHERE r.invoice_id = l.id AND r.due_on = l.due_on), 0) AS level,
      (SELECT max(s.at) FROM (
        SELECT r.at FROM reminders AS r WHERE r.invoice_id = l.id
        UNION ALL SELECT e.at FROM invoice_events AS e WHERE e.invoice_id = l.id AND e.kind = 'sent') AS s) AS last_on
    FROM (
      SELECT i.id, i.number, i.client_id, i.deal_id, i.owner_id, i.currency, i.issued_on, ${nextDue(on)} AS due_on, i.gross,
        coalesce((SELECT sum(a.amount) FROM allocations AS a WHERE a.invoice_id = i.id), 0) AS settled,
        i.plan, i.payment_ref, i.seller
      FROM invoices AS i
      WHERE i.due_on IS NOT NULL AND i.settled_on IS NULL AND i.voided_on IS NULL AND i.kind = 'invoice'
        AND ${nextDue(on)} < ${on} AND NOT ${isHeld(on)} ${more}) AS l
    JOIN clients AS c ON c.id = l.client_id
    ORDER BY l.due_on, l.id`.execute(db)
  return rows
}

/** The instalments of some invoices. */
async function partsOf(db: Db, rows: readonly LateRow[]): Promise<Map<number, Part[]>> {
  const parts = new Map<number, Part[]>()
  for (const { id, plan } of rows) {
    if (plan === null) continue
    const some = await db
      .selectFrom('instalments')
      .select(['due_on', 'amount'])
      .where('invoice_id', '=', id)
      .execute()
    parts.set(
      id,
      some.map(({ due_on: dueOn, amount }) => ({ dueOn, amount })),
    )
  }
  return parts
}

/** What of an invoice is late on a day, part by part. */
function lateAmounts(row: LateRow, parts: readonly Part[] | undefined, on: Day): LateAmount[] {
  const all = parts?.length ? parts : [{ dueOn: row.due_on, amount: row.gross }]
  return openParts(all, row.settled)
    .map(({ dueOn, amount }) => ({ amount, late: daysLate(dueOn, on) }))
    .filter(({ late }) => late > 0)
}

/** Which reminders are wanted. */
export interface ReminderWish {
  /** Only those of this level. */
  level?: number | undefined
  /** Of invoices `i`. */
  tests?: readonly RawBuilder<SqlBool>[]
}

/**
 * The reminders that are due on a day, the longest late first: of what is open now, whatever was sent, paid or promised
 * since the last time. What is paid, voided, on hold, or promised for a day that is not over is left out.
 */
export async function dueReminders(
  db: Db,
  { reminders: plan, lateInterest: rate }: Pick<Settings, 'reminders' | 'lateInterest'>,
  on: Day,
  { level: wanted, tests = [] }: ReminderWish = {},
): Promise<DueReminder[]> {
  const due = (await lateRows(db, on, tests)).flatMap((row) => {
    const late = daysLate(row.due_on, on)
    const level = levelDue(late, { level: row.level, lastOn: row.last_on }, on, plan)
    return level === null || (wanted !== undefined && level !== wanted)
      ? []
      : [{ row, late, level }]
  })
  if (due.length === 0) return []
  const open = await promisesOn(db, on, [sql<SqlBool>`i.settled_on IS NULL`])
  const promised = new Set(
    open.filter(({ status }) => status === 'open').map(({ invoice_id: id }) => id),
  )
  const parts = await partsOf(
    db,
    due.map(({ row }) => row),
  )
  return due
    .filter(({ row }) => !promised.has(row.id))
    .map(({ row, late, level }) => {
      const amounts = lateAmounts(row, parts.get(row.id), on)
      return {
        invoiceId: row.id,
        number: row.number,
        clientId: row.client_id,
        client: row.client,
        dealId: row.deal_id,
        ownerId: row.owner_id,
        currency: row.currency,
        level,
        issuedOn: row.issued_on,
        dueOn: row.due_on,
        isInstalment: row.plan !== null,
        late,
        open: amounts.reduce((sum, { amount }) => sum + amount, 0) as Money,
        interest: interestOn(amounts, rate),
        reference: row.payment_ref ?? row.number,
        seller: row.seller,
      }
    })
}

function interestOn(amounts: readonly LateAmount[], rate: Portion | null): Money {
  return rate === null ? (0 as Money) : lateInterest(amounts, rate)
}

/** How many reminders are due, of an owner’s invoices or those of some clients. */
export async function countDue(
  db: Db,
  settings: Pick<Settings, 'reminders' | 'lateInterest'>,
  on: Day,
  { ownerId, clients }: { ownerId: number | null; clients?: ClientTest | undefined },
): Promise<number> {
  const tests = [
    ...(ownerId === null ? [] : [isAssigned('i.owner_id', ownerId)]),
    ...(clients
      ? [sql<SqlBool>`i.client_id IN (SELECT c.id FROM clients AS c WHERE ${clients('c')})`]
      : []),
  ]
  return (await dueReminders(db, settings, on, { tests })).length
}
