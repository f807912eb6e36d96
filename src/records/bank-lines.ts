import { type RawBuilder, type Selectable, sql, type SqlBool } from 'kysely'
import type { BankLinesTable, BankLineState } from '../book/schema/bank-lines.ts'
import type { Db } from '../book/store/db.ts'
import { valuesOf } from '../book/store/sql.ts'
import { Fault } from '../domain/fault.ts'
import type { Locale } from '../domain/locale.ts'
import type { Period } from '../domain/period.ts'
import { inOrderOf, orderedIds, type SortKey } from './list-order.ts'

/** A booking with the name of its account, and the file that it came from. */
export interface BankLine extends Omit<
  Selectable<BankLinesTable>,
  'dedup_key' | 'nth' | 'import_id' | 'import_row'
> {
  account: string
  file: string | null
  /** The payment or refund that it is matched with, and its client. */
  payment: number | null
  client: string | null
}

/** Which bookings a list shows. */
export interface BankLineFilter {
  state?: BankLineState | undefined
  accountId?: number | null
  period?: Period | undefined
  sorting?: readonly SortKey[]
  limit?: number | undefined
  /** The language by which names are sorted; null for the order of most languages. */
  locale?: Locale | null
}

function testsOf({ state, accountId, period }: BankLineFilter): RawBuilder<SqlBool>[] {
  const { from = null, to = null } = period ?? {}
  return [
    ...(state === undefined ? [] : [sql<SqlBool>`b.state = ${state}`]),
    ...(accountId == null ? [] : [sql<SqlBool>`b.bank_account_id = ${accountId}`]),
    ...(from === null ? [] : [sql<SqlBool>`b.booked_on >= ${from}`]),
    ...(to === null ? [] : [sql<SqlBool>`b.booked_on <= ${to}`]),
  ]
}

const LATEST_FIRST: SortKey[] = [
  { value: sql`b.booked_on`, as: 'plain', descending: true },
  { value: sql`b.id`, as: 'plain', descending: true },
]

/** The numbers of the bookings of a list, in the order asked for, then the latest first. */
export function bankLineIds(db: Db, filter: BankLineFilter): Promise<number[]> {
  const { sorting = [], limit, locale = null } = filter
  const query = testsOf(filter).reduce(
    (some, test) => some.where(test),
    db.selectFrom('bank_lines as b'),
  )
  return orderedIds(query, 'b.id', [...sorting, ...LATEST_FIRST], { limit, locale })
}

/** Bookings by their numbers and in their order. */
export async function bankLinesOf(db: Db, ids: readonly number[]): Promise<BankLine[]> {
  const rows = await db
    .selectFrom('bank_lines as b')
    .innerJoin('bank_accounts as a', 'a.id', 'b.bank_account_id')
    .leftJoin('imports as i', 'i.id', 'b.import_id')
    .leftJoin('payments as p', (join) =>
      join.onRef('p.bank_line_id', '=', 'b.id').on('p.kind', 'in', ['in', 'refund']),
    )
    .leftJoin('clients as c', 'c.id', 'p.client_id')
    .select([
      'b.id',
      'b.bank_account_id',
      'a.name as account',
      'b.booked_on',
      'b.value_on',
      'b.amount',
      'b.currency',
      'b.party',
      'b.party_account',
      'b.text',
      'b.bank_ref',
      'b.e2e_ref',
      'b.structured_ref',
      'b.state',
      'b.reason',
      'i.file',
      'p.id as payment',
      'c.name as client',
    ])
    .where(sql<boolean>`b.id IN ${valuesOf(ids)}`)
    .execute()
  return inOrderOf(ids, rows, ({ id }) => id)
}

const SEE = 'see: funnel bank list'

/** @throws Fault `usage` if that is not a number, `not-found` if no booking has it. */
export async function findBankLine(db: Db, text: string): Promise<BankLine> {
  const number = text.trim().replace(/^#/, '')
  if (!/^\d{1,15}$/.test(number)) {
    throw new Fault('usage', `“${text}” is not the number of a booking`, SEE)
  }
  const [found] = await bankLinesOf(db, [Number(number)])
  if (!found) throw new Fault('not-found', `there is no booking ${number}`, SEE)
  return found
}

/**
 * Says of an open booking that it has nothing to do with clients' payments; of one that is ignored, another reason.
 * @throws Fault `failed` if it is matched.
 */
export async function ignoreBankLine(
  db: Db,
  { id, state }: BankLine,
  reason: string,
): Promise<void> {
  if (state === 'matched') {
    throw new Fault(
      'failed',
      `booking ${id} is matched with a payment`,
      `see: funnel bank show ${id}`,
    )
  }
  await db
    .updateTable('bank_lines')
    .set({ state: 'ignored', reason })
    .where('id', '=', id)
    .execute()
}

/** Opens a booking again. @throws Fault `failed` if it is not ignored. */
export async function unignoreBankLine(db: Db, { id, state }: BankLine): Promise<void> {
  if (state !== 'ignored') {
    throw new Fault(
      'failed',
      `booking ${id} is not ignored: it is ${state}`,
      'see: funnel bank list --ignored',
    )
  }
  await db
    .updateTable('bank_lines')
    .set({ state: 'open', reason: null })
    .where('id', '=', id)
    .execute()
}
