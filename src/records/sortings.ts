import { type RawBuilder, sql } from 'kysely'
import { joinedTexts } from '../book/store/sql.ts'
import { amountSql } from '../book/worth.ts'
import type { Day } from '../domain/day.ts'
import type { Db } from '../book/store/db.ts'
import { DEAL_TEXTS, perField } from '../domain/text-fields.ts'
import { columnNamed, readSorts } from './list-columns.ts'
import type { SortKey, SortValue } from './list-order.ts'
import { type Property, propertyOf } from './properties.ts'
import { KNOWN_OPENING, KNOWN_SINCE } from './shown.ts'

function plain(value: RawBuilder<unknown>): SortValue {
  return { value, as: 'plain' }
}

function name(value: RawBuilder<unknown>): SortValue {
  return { value, as: 'name' }
}

/** The tags of a deal, joined. */
const DEAL_TAGS = joinedTexts(
  sql`SELECT k.name AS value FROM deal_tags AS m
    JOIN categories AS k ON k.id = m.category_id WHERE m.deal_id = d.id ORDER BY k.name_key`,
  '; ',
)

/** The open tasks of a deal that have a day. */
const NEXT = sql`FROM tasks WHERE deal_id = d.id AND status = 'open' AND due IS NOT NULL`

/** The products on the lines of a deal, joined. */
const DEAL_PRODUCTS = joinedTexts(
  sql`SELECT DISTINCT p.name AS value FROM deal_lines AS l
    JOIN products AS p ON p.id = l.product_id WHERE l.deal_id = d.id ORDER BY p.name`,
  '; ',
)

/** What each column of a list of deals is sorted by, in the query of `listDeals`. */
const DEALS: Record<string, SortValue> = {
  id: plain(sql`d.id`),
  title: name(sql`d.title_key`),
  client: name(sql`(SELECT name_key FROM clients WHERE id = d.client_id)`),
  status: plain(sql`CASE d.status WHEN 'open' THEN 1 WHEN 'won' THEN 2 ELSE 3 END`),
  // As it stands in its process, so that deals far along stand together.
  stage: plain(sql`(SELECT ps.position FROM process_stages AS ps
    WHERE ps.process_id = d.process_id AND ps.stage_id = d.stage_id)`),
  amount: plain(sql`d.amount`),
  expected_close: plain(sql`d.expected_close`),
  closed_on: plain(sql`d.closed_on`),
  owner: name(sql`(SELECT name_key FROM owners WHERE id = d.owner_id)`),
  process: name(sql`(SELECT name_key FROM processes WHERE id = d.process_id)`),
  source: name(sql`(SELECT name_key FROM sources WHERE id = d.source_id)`),
  cost: plain(sql`d.cost`),
  opened_on: plain(KNOWN_OPENING),
  stage_since: plain(KNOWN_SINCE),
  currency: plain(sql`coalesce(d.currency, '')`),
  own_amount: plain(sql`coalesce(d.own_amount, d.amount)`),
  reason: name(sql`(SELECT name_key FROM reasons WHERE id = d.reason_id)`),
  contact: name(sql`(SELECT name_key FROM contacts WHERE id = d.contact_id)`),
  tags: name(DEAL_TAGS),
  next_step: name(sql`(SELECT text ${NEXT} ORDER BY due, id LIMIT 1)`),
  next_on: plain(sql`(SELECT min(due) ${NEXT})`),
  products: name(DEAL_PRODUCTS),
  ...perField(DEAL_TEXTS, (text) => name(sql.ref(`d.${text}`))),
  ref: name(sql`d.ref`),
}

/** The same of a list of tasks, in the query of `listTasks`. */
const TASKS: Record<string, SortValue> = {
  due: plain(sql`t.due`),
  time: plain(sql`t.time`),
  minutes: plain(sql`t.minutes`),
  id: plain(sql`t.id`),
  text: name(sql`t.text`),
  client: name(sql`c.name_key`),
  deal: name(sql`d.title_key`),
  owner: name(sql`(SELECT name_key FROM owners WHERE id = t.owner_id)`),
  stage: plain(sql`(SELECT position FROM stages WHERE id = t.stage_id)`),
  status: plain(sql`t.status`),
  closed_on: plain(sql`t.closed_on`),
  result: name(sql`t.result`),
  repeat: plain(sql`t.repeat`),
  added_on: plain(sql`t.added_on`),
}

/** The same of a list of interactions, in the query of `interactionIds`. */
const INTERACTIONS: Record<string, SortValue> = {
  at: plain(sql`i.at`),
  time: plain(sql`i.time`),
  kind: plain(sql`i.kind`),
  direction: plain(sql`i.direction`),
  result: plain(sql`i.result`),
  client: name(sql`(SELECT name_key FROM clients WHERE id = i.client_id)`),
  contact: name(sql`(SELECT name_key FROM contacts WHERE id = i.contact_id)`),
  deal: name(sql`(SELECT title_key FROM deals WHERE id = i.deal_id)`),
  text: name(sql`i.text`),
  owner: name(sql`(SELECT name_key FROM owners WHERE id = i.owner_id)`),
  id: plain(sql`i.id`),
  minutes: plain(sql`i.minutes`),
  client_id: plain(sql`i.client_id`),
  deal_id: plain(sql`i.deal_id`),
}

/** The same of a list of bookings, in the query of `bankLineIds`. */
const BOOKINGS: Record<string, SortValue> = {
  id: plain(sql`b.id`),
  booked_on: plain(sql`b.booked_on`),
  amount: plain(sql`b.amount`),
  currency: plain(sql`b.currency`),
  party: name(sql`b.party`),
  text: name(sql`b.text`),
  state: plain(sql`b.state`),
  payment: plain(
    sql`(SELECT id FROM payments WHERE bank_line_id = b.id AND kind IN ('in', 'refund'))`,
  ),
  client: name(sql`(SELECT c.name_key FROM payments AS p JOIN clients AS c ON c.id = p.client_id
    WHERE p.bank_line_id = b.id AND p.kind IN ('in', 'refund'))`),
  reason: name(sql`b.reason`),
  account: name(sql`(SELECT name_key FROM bank_accounts WHERE id = b.bank_account_id)`),
  value_on: plain(sql`b.value_on`),
  party_account: plain(sql`b.party_account`),
  bank_ref: plain(sql`b.bank_ref`),
  e2e_ref: plain(sql`b.e2e_ref`),
  structured_ref: plain(sql`b.structured_ref`),
  file: name(sql`(SELECT file FROM imports WHERE id = b.import_id)`),
}

const SORTED = { deals: DEALS, tasks: TASKS, interactions: INTERACTIONS, bookings: BOOKINGS }

function dealProperty({ id, type }: Property): SortValue {
  const value = sql`(SELECT value FROM deal_properties WHERE deal_id = d.id AND property_id = ${id})`
  return { value, as: 'property', type }
}

/**
 * Reads what a list is sorted by: `-amount,client`; deals by a property too: `property:Fleet`. Amounts of open
 * deals in another currency are what they come to today.
 * @throws Fault `usage` if it has no such column; `not-found` if there is no such property.
 */
export function readSorting(
  db: Db,
  of: keyof typeof SORTED,
  text: string,
  today: Day,
): Promise<SortKey[]> {
  const values = SORTED[of]
  return Promise.all(
    readSorts(text).map(async ({ name: typed, descending }): Promise<SortKey> => {
      const property =
        of === 'deals' ? await propertyOf(db, of, Object.keys(values), typed) : undefined
      if (property) return { ...dealProperty(property), descending }
      const column = columnNamed(of, Object.keys(values), typed)
      if (of === 'deals' && (column === 'amount' || column === 'cost')) {
        return { ...plain((await amountSql(db, today))('d', column)), descending }
      }
      const value = values[column]
      return { ...(value ?? plain(sql`NULL`)), descending }
    }),
  )
}
