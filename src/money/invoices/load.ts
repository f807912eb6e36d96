import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { allocated } from '../../book/allocated.ts'
import type { Db } from '../../book/store/db.ts'
import { nextDue } from '../../book/next-due.ts'
import { isAssigned } from '../../book/unassigned.ts'
import { type Day } from '../../domain/day.ts'
import { daysLate } from '../../domain/invoices/ageing.ts'
import type { Money } from '../../domain/money.ts'
import type { ClientTest } from '../../records/choose/index.ts'
import { draftName } from './find.ts'

/** How an invoice stands. */
type InvoiceStatus = 'draft' | 'open' | 'part-paid' | 'paid' | 'void' | 'credit'

/** An invoice as lists show it; amounts are in minor units of its currency. */
export interface ListedInvoice {
  id: number
  /** Its number; null for a draft. */
  number: string | null
  /** What people call it: its number, `d7` for a draft. */
  name: string
  kind: 'invoice' | 'credit'
  /** A deposit, a part or the final invoice of a deal; null for all of it. */
  part: 'deposit' | 'part' | 'final' | null
  status: InvoiceStatus
  client_id: number
  client: string
  deal_id: number | null
  deal: string | null
  owner: string | null
  currency: string
  issued_on: Day | null
  due_on: Day | null
  voided_on: Day | null
  /** Days after the due day, or that of the first instalment that is not paid; null if it is not late. */
  late: number | null
  net: Money
  tax: Money
  gross: Money
  /** What is to be paid yet; of a credit note, what of it has not been used. */
  open: Money
  corrects: string | null
  note: string | null
}

/** Which invoices a list shows. */
export interface InvoiceFilter {
  status?: 'drafts' | 'open' | 'overdue' | 'paid' | 'void' | 'credits' | undefined
  id?: number
  clientId?: number | undefined
  dealId?: number | undefined
  ownerId?: number | null | undefined
  clients?: ClientTest | undefined
  /** By the day of issue. */
  period?: { from: Day | null; to: Day | null } | undefined
}

const OPEN = (on: Day): RawBuilder<Money> => sql<Money>`
  CASE WHEN i.issued_on IS NULL OR i.issued_on > ${on} OR i.voided_on <= ${on} THEN 0
    WHEN i.kind = 'credit' THEN i.gross - ${allocated('credit_id', 'i.id', on)}
    ELSE i.gross - ${allocated('invoice_id', 'i.id', on)} END`

function tests(filter: InvoiceFilter, on: Day): RawBuilder<SqlBool>[] {
  const all: RawBuilder<SqlBool>[] = []
  const same = (column: string, value: number | undefined): void => {
    if (value !== undefined) all.push(sql`${sql.ref(column)} = ${value}`)
  }
  same('i.id', filter.id)
  same('i.client_id', filter.clientId)
  same('i.deal_id', filter.dealId)
  if (filter.ownerId != null) all.push(isAssigned('i.owner_id', filter.ownerId))
  if (filter.clients) all.push(filter.clients('c'))
  // As of an earlier day, what came later is not there yet.
  all.push(sql`coalesce(i.issued_on, i.drafted_on) <= ${on}`)
  const { from = null, to = null } = filter.period ?? {}
  if (from !== null) all.push(sql`i.issued_on >= ${from}`)
  if (to !== null) all.push(sql`i.issued_on <= ${to}`)
  const standing = sql`i.issued_on IS NOT NULL AND (i.voided_on IS NULL OR i.voided_on > ${on})`
  switch (filter.status) {
    case 'drafts':
      all.push(sql`i.issued_on IS NULL`)
      break
    case 'open':
      all.push(sql`${standing} AND i.kind = 'invoice' AND ${OPEN(on)} > 0`)
      break
    case 'overdue':
      all.push(
        sql`${standing} AND i.kind = 'invoice' AND ${nextDue(on)} < ${on} AND ${OPEN(on)} > 0`,
      )
      break
    case 'paid':
      all.push(sql`${standing} AND i.kind = 'invoice' AND ${OPEN(on)} = 0`)
      break
    case 'void':
      all.push(sql`i.voided_on <= ${on}`)
      break
    case 'credits':
      all.push(sql`i.kind = 'credit'`)
      break
    case undefined:
  }
  return all
}

function statusOf(
  row: Pick<ListedInvoice, 'kind' | 'number' | 'voided_on' | 'gross' | 'open'>,
): InvoiceStatus {
  if (row.number === null) return 'draft'
  if (row.voided_on !== null) return 'void'
  if (row.kind === 'credit') return 'credit'
  if (row.open === 0) return 'paid'
  return row.open < row.gross ? 'part-paid' : 'open'
}

/** Invoices and credit notes, drafts first, then the latest issued. Open amounts are those of a day. */
export async function listInvoices(
  db: Db,
  filter: InvoiceFilter,
  on: Day,
): Promise<ListedInvoice[]> {
  const query = db
    .selectFrom('invoices as i')
    .innerJoin('clients as c', 'c.id', 'i.client_id')
    .leftJoin('deals as d', 'd.id', 'i.deal_id')
    .leftJoin('owners as o', 'o.id', 'i.owner_id')
    .leftJoin('invoices as k', 'k.id', 'i.corrects_id')
    .select([
      'i.id',
      'i.number',
      'i.kind',
      'i.part',
      'i.client_id',
      'c.name as client',
      'i.deal_id',
      'd.title as deal',
      'o.name as owner',
      'i.currency',
      'i.issued_on',
      'i.due_on',
      sql<Day | null>`CASE WHEN i.voided_on <= ${on} THEN i.voided_on END`.as('voided_on'),
      'i.net',
      'i.tax',
      'i.gross',
      OPEN(on).as('open'),
      nextDue(on).as('next_due'),
      'k.number as corrects',
      'i.note',
    ])
  const narrowed = tests(filter, on).reduce((all, test) => all.where(test), query)
  const rows = await narrowed
    .orderBy(sql`i.issued_on IS NOT NULL`)
    .orderBy('i.issued_on', 'desc')
    .orderBy('i.id', 'desc')
    .execute()
  return rows.map(({ next_due: next, ...row }) => {
    const days = next === null || row.open === 0 ? 0 : daysLate(next, on)
    return {
      ...row,
      name: row.number ?? draftName(row.id),
      status: statusOf(row),
      late: row.kind === 'invoice' && days > 0 ? days : null,
    }
  })
}
