import type { Db } from '../book/store/db.ts'
import { hasForeign, ownAmounts } from '../book/worth.ts'
import { writtenChance } from '../domain/chance/typed.ts'
import { type Currency, toDecimal } from '../domain/money.ts'
import { DEAL_TEXTS, namesOf } from '../domain/text-fields.ts'
import type { Cell, ColumnType, LongTable } from '../domain/table.ts'
import { ownFields, propertyHeader, propertyNamed } from '../import/map/own-export.ts'
import { joinedValues } from '../import/own-export/joined-values.ts'
import {
  type DealProperty,
  dealProperties,
  dealPropertyNames,
  dealTags,
} from '../records/deal-details.ts'
import { KNOWN_OPENING, SHOWN_STAGE } from '../records/shown.ts'
import { column, withColumns } from './columns.ts'
import { abroad, ownMoney } from './own-money.ts'
import { PAGE, pages } from './paged.ts'
import { inPeriod } from './period.ts'
import { clientRefs, dealRefs } from './refs.ts'
import { ofDeals, type Wanted } from './wanted.ts'

const TYPES: Record<string, ColumnType> = {
  amount: 'money',
  cost: 'money',
  opened: 'day',
  closed: 'day',
  at: 'day',
  'expected-close': 'day',
  due: 'day',
  added: 'day',
  'repeat-from': 'day',
  from: 'day',
  booked: 'day',
  value: 'day',
  to: 'day',
  minutes: 'count',
  issued: 'day',
  voided: 'day',
  on: 'day',
  net: 'money',
  open: 'money',
}

/** The columns of a file of that kind, which are the fields that the import reads. */
export function ownColumns(
  kind:
    | 'deals'
    | 'history'
    | 'interactions'
    | 'tasks'
    | 'products'
    | 'prices'
    | 'lines'
    | 'goals'
    | 'bookings'
    | 'invoices'
    | 'payments',
) {
  return ownFields(kind).map((key) => column(key, TYPES[key]))
}

function nextDeals(db: Db, after: number, wanted: Wanted) {
  return db
    .selectFrom('deals as d')
    .innerJoin('clients as c', 'c.id', 'd.client_id')
    .innerJoin('processes as p', 'p.id', 'd.process_id')
    .leftJoin('stages as s', 's.id', 'd.stage_id')
    .leftJoin('owners as o', 'o.id', 'd.owner_id')
    .leftJoin('sources as f', 'f.id', 'd.source_id')
    .leftJoin('reasons as r', 'r.id', 'd.reason_id')
    .leftJoin('contacts as k', 'k.id', 'd.contact_id')
    .select([
      'd.id as id',
      'd.ref as ref',
      'c.id as client_id',
      'c.ref as client_ref',
      'c.name as client',
      'd.title as title',
      'p.name as process',
      SHOWN_STAGE.as('stage'),
      'd.status as outcome',
      KNOWN_OPENING.as('opened'),
      'd.closed_on as closed',
      'd.amount as amount',
      'd.cost as cost',
      'd.own_amount as own_amount',
      'd.own_cost as own_cost',
      'd.currency as currency',
      'd.rate as rate',
      'o.name as owner',
      'f.name as source',
      'r.name as reason',
      ...namesOf(DEAL_TEXTS).map((name) => `d.${name}` as const),
      'd.expected_close as expected_close',
      'd.chance as chance',
      'k.name as contact',
    ])
    .where('d.id', '>', after)
    .where(inPeriod(KNOWN_OPENING, wanted.period))
    .where(ofDeals(wanted))
    .orderBy('d.id')
    .limit(PAGE)
    .execute()
}

function valuesOf(properties: readonly DealProperty[], names: readonly string[]): Cell[] {
  const values = new Map(properties.map(({ name, value }) => [name, value]))
  return names.map((name) => values.get(name) ?? null)
}

/**
 * Deals in their current state, by number, with their properties after the fields; with a period, those
 * opened in it.
 */
export async function dealTable(
  db: Db,
  currency: Currency,
  wanted: Wanted = {},
): Promise<LongTable> {
  const isForeign = await hasForeign(db)
  const fields = isForeign ? abroad(ownColumns('deals')) : ownColumns('deals')
  const names = await dealPropertyNames(db)
  const columns = [...fields, ...names.map((name) => column(propertyHeader('deals', name)))]
  async function* rows(): AsyncGenerator<Cell[]> {
    const refOf = await dealRefs(db)
    const clientRefOf = await clientRefs(db)
    for await (const page of pages((after) => nextDeals(db, after, wanted))) {
      const ids = page.map(({ id }) => id)
      const found = await dealProperties(db, ids)
      const tags = await dealTags(db, ids)
      for (const deal of page) {
        const cells: Record<string, Cell> = {
          ...deal,
          ...(isForeign ? ownMoney({ ...deal, ...ownAmounts(deal) }, currency) : {}),
          ref: refOf(deal.id, deal.ref),
          'client-ref': clientRefOf(deal.client_id, deal.client_ref),
          'expected-close': deal.expected_close,
          chance: deal.chance === null ? null : writtenChance(deal.chance),
          tag: joinedValues(tags.get(deal.id) ?? []),
        }
        const own = fields.map(({ key }) => cells[key] ?? null)
        yield [...own, ...valuesOf(found.get(deal.id) ?? [], names)]
      }
    }
  }
  return { name: 'deals', columns, currency, rows: rows() }
}

/**
 * The same as records for JSON, each with its properties by name.
 * @param wanted which deals, and which of their columns; all if none are named.
 */
export async function* dealJson(
  db: Db,
  currency: Currency,
  { columns, ...wanted }: Wanted & { columns?: readonly string[] | undefined },
): AsyncGenerator<Record<string, unknown>> {
  const table = withColumns('deals', await dealTable(db, currency, wanted), columns)
  const fields = new Set([...ownFields('deals'), 'currency', 'exchange-rate'])
  for await (const cells of table.rows) {
    const values = table.columns.map(({ key, type }, index): [string, Cell] => {
      const cell = cells[index] ?? null
      return [key, type === 'money' && typeof cell === 'number' ? toDecimal(cell, currency) : cell]
    })
    const own = values.filter(([key]) => fields.has(key))
    const more = values.filter(([key, cell]) => !fields.has(key) && cell !== null)
    const properties = Object.fromEntries(more.map(([key, cell]) => [propertyNamed(key), cell]))
    yield {
      ...Object.fromEntries(own),
      ...(columns && more.length === 0 ? {} : { properties }),
    }
  }
}
