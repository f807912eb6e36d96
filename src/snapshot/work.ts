import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { brokenPromises } from '../book/promises.ts'
import { isAssigned } from '../book/unassigned.ts'
import type { Db } from '../book/store/db.ts'
import { type Day, daysBetween } from '../domain/day.ts'
import { currencyDigits, formatMoney } from '../domain/money.ts'
import { contactScope, countLateClients, lateClients } from '../reports/standards/load.ts'
import { lateInvoices } from '../reports/receivables/late.ts'
import { asClients, ofClients, within } from '../reports/scope.ts'
import { firstLines, LINES, type Listed, type SnapshotRequest } from './request.ts'

/** A client that must be called. */
interface CallLine {
  client: string
  client_id: number
  phone: string | null
  rating: string
  last_contact: Day | null
  late: number
  owner: string | null
}

/** A task that was not done in time. */
interface TaskLine {
  task: string
  task_id: number
  client: string | null
  deal: string | null
  due: Day
  late: number
  owner: string | null
}

async function phonesOf(db: Db, clients: readonly number[]): Promise<Map<number, string>> {
  if (clients.length === 0) return new Map()
  const rows = await db
    .selectFrom('contact_points')
    .select(['client_id as id', 'value'])
    .where('kind', '=', 'phone')
    .where('client_id', 'in', clients)
    .orderBy('id', 'desc')
    .execute()
  // The first of each client stays.
  return new Map(rows.map(({ id, value }) => [id, value]))
}

/** The clients that have not heard from us in time, by their rating's standard. */
export async function clientsToCall(
  db: Db,
  { scope, readOn, today }: SnapshotRequest,
): Promise<Listed<CallLine>> {
  const contacts = contactScope(scope, readOn)
  const late = await lateClients(db, today, contacts, LINES)
  const phones = await phonesOf(
    db,
    late.map(({ id }) => id),
  )
  const lines = late.map(({ id, name, rating, lastOn, by, owner }) => ({
    client: name,
    client_id: id,
    phone: phones.get(id) ?? null,
    rating,
    last_contact: lastOn,
    late: daysBetween(by, readOn),
    owner,
  }))
  return { lines, all: await countLateClients(db, today, contacts) }
}

/** Tasks that were due before the day of reading and not closed by the end of the scope's day. */
export async function overdueTasks(
  db: Db,
  { scope, readOn }: SnapshotRequest,
): Promise<Listed<TaskLine>> {
  const { asOf, owner } = scope
  const chosen = ofClients(scope, 't.client_id')
  const mine = sql`${owner ? sql`AND ${isAssigned('t.owner_id', owner.id)}` : sql``}
    ${chosen ? sql`AND ${chosen}` : sql``}`
  const from = sql`FROM tasks t WHERE t.due < ${readOn} AND t.added_on <= ${asOf}
    AND (t.status = 'open' OR t.closed_on > ${asOf}) ${mine}`
  const { rows } = await sql<Omit<TaskLine, 'late'>>`
    SELECT t.text AS task, t.id AS task_id, c.name AS client, d.title AS deal, t.due, o.name AS owner
    FROM (SELECT * ${from} ORDER BY t.due, t.id LIMIT ${LINES}) t
    LEFT JOIN clients c ON c.id = t.client_id LEFT JOIN deals d ON d.id = t.deal_id
    LEFT JOIN owners o ON o.id = t.owner_id
    ORDER BY t.due, t.id`.execute(db)
  const counted = await sql<{ n: number }>`SELECT count(*) AS n ${from}`.execute(db)
  return {
    lines: rows.map((row) => ({ ...row, late: daysBetween(row.due, readOn) })),
    all: counted.rows[0]?.n ?? 0,
  }
}

/** An invoice that was not paid in time. */
interface InvoiceLine {
  client: string
  client_id: number
  number: string
  open: string
  late: number
  due_on: Day
  owner: string | null
}

/** The invoices that the scope reaches, as tests of `i`. */
function invoiceTests({ scope }: SnapshotRequest): RawBuilder<SqlBool>[] {
  const chosen = ofClients(asClients(scope), 'i.client_id')
  return [
    ...(scope.owner ? [isAssigned('i.owner_id', scope.owner.id)] : []),
    ...(chosen ? [chosen] : []),
  ]
}

/** A promise to pay that was broken. */
interface PromiseLine {
  client: string
  client_id: number
  number: string
  missing: string
  for_day: Day
  late: number
  owner: string | null
}

/** Promises whose day was over on the day of reading, and the money had not come. */
export async function promisesBroken(
  db: Db,
  request: SnapshotRequest,
): Promise<Listed<PromiseLine>> {
  const { scope, readOn } = request
  const broken = await brokenPromises(db, readOn, invoiceTests(request))
  const { marks } = scope.settings.currency
  return firstLines(
    broken.map(({ client, client_id, number, missing, for_day, currency: code, owner }) => {
      const currency = { code, digits: currencyDigits(code), ...(marks ? { marks } : {}) }
      return {
        client,
        client_id,
        number,
        missing: `${formatMoney(missing, currency, true)} ${code}`,
        for_day,
        late: daysBetween(for_day, readOn),
        owner,
      }
    }),
  )
}

/** Invoices that were due before the day of reading and are open, but for those on hold. */
export async function unpaidInvoices(
  db: Db,
  request: SnapshotRequest,
): Promise<Listed<InvoiceLine>> {
  const { scope, readOn } = request
  const late = await lateInvoices(db, readOn, invoiceTests(request), LINES)
  const { marks } = scope.settings.currency
  const lines = late.map(({ open, currency: code, due_on: due, all: _, ...line }) => {
    const currency = { code, digits: currencyDigits(code), ...(marks ? { marks } : {}) }
    return {
      ...line,
      open: `${formatMoney(open, currency, true)} ${code}`,
      late: daysBetween(due, readOn),
      due_on: due,
    }
  })
  return { lines, all: late[0]?.all ?? 0 }
}

/**
 * Did anything happen in the period, as far as the scope reaches: a step of one of its deals; an
 * interaction, a new client, a task done or dropped of its owner and its clients?
 */
export async function hasHappened(
  db: Db,
  { scope, period: { from, to } }: Pick<SnapshotRequest, 'scope' | 'period'>,
): Promise<boolean> {
  const happened = (table: string, day: string, client: string): RawBuilder<unknown> => {
    const { owner } = scope
    const chosen = ofClients(scope, client)
    const tests = [
      sql`${sql.ref(day)} BETWEEN ${from} AND ${to}`,
      ...(owner ? [isAssigned('owner_id', owner.id)] : []),
      ...(chosen ? [chosen] : []),
    ]
    return sql`EXISTS (SELECT 1 FROM ${sql.table(table)} WHERE ${sql.join(tests, sql` AND `)})`
  }
  const step = within(() => db.selectFrom('deals as d'), scope)
    .innerJoin('events as e', 'e.deal_id', 'd.id')
    .select('e.id')
    .where('e.at', '>=', from)
    .where('e.at', '<=', to)
    .limit(1)
  if (await step.executeTakeFirst()) return true
  const { rows } = await sql<{ any: number }>`SELECT
    ${happened('interactions', 'at', 'client_id')} OR ${happened('clients', 'added_on', 'id')}
    OR ${happened('tasks', 'closed_on', 'client_id')} AS "any"`.execute(db)
  return rows[0]?.any === 1
}
