import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import { writtenChance } from '../domain/chance/typed.ts'
import type { Currency } from '../domain/money.ts'
import type { Cell, LongTable } from '../domain/table.ts'
import { hasForeign } from '../book/worth.ts'
import { ownColumns } from './deals.ts'
import { abroad, ownMoney } from './own-money.ts'
import { isInPeriod } from './period.ts'
import { paged } from './paged.ts'
import { dealRefs } from './refs.ts'
import { KNOWN_DAY, SHOWN_EVENT_STAGE } from '../records/shown.ts'
import { ofDeals, type Wanted } from './wanted.ts'

/** How many deals' events are read at once. */
const PAGE = 500

/**
 * Deals whose history is known: not those imported with only an outcome, which the list of deals covers
 * completely.
 */
function nextDeals(db: Db, after: number, wanted: Wanted) {
  return db
    .selectFrom('deals as d')
    .innerJoin('clients as c', 'c.id', 'd.client_id')
    .select(['d.id as id', 'd.ref as ref'])
    .where('d.id', '>', after)
    .where(ofDeals(wanted))
    .where(
      sql<boolean>`(d.outcome_only = 0 OR
        (SELECT count(*) FROM events x WHERE x.deal_id = d.id) > 2)`,
    )
    .orderBy('d.id')
    .limit(PAGE)
    .execute()
}

function eventsOf(db: Db, dealId: number) {
  return db
    .selectFrom('events as e')
    .innerJoin('deals as d', 'd.id', 'e.deal_id')
    .leftJoin('stages as s', 's.id', 'e.stage_id')
    .leftJoin('owners as o', 'o.id', 'e.owner_id')
    .leftJoin('reasons as r', 'r.id', 'e.reason_id')
    .select([
      'e.kind as event',
      's.name as stage',
      SHOWN_EVENT_STAGE.as('shown'),
      KNOWN_DAY.as('at'),
      'o.name as owner',
      'e.amount as amount',
      'e.cost as cost',
      'e.currency as currency',
      'e.rate as rate',
      'e.expected_close as expected-close',
      'e.chance as chance',
      'r.name as reason',
      'e.note as note',
    ])
    .where('e.deal_id', '=', dealId)
    .orderBy('e.at')
    .orderBy('e.id')
    .execute()
}

type Event = Awaited<ReturnType<typeof eventsOf>>[number]

/** Each event with the deal's stage and terms after it. */
function asTheyStood(events: readonly Event[]): Event[] {
  const staysUnseen = !events.some(({ event }) => event === 'moved')
  let stage: string | null = null
  let terms: Partial<Event> = {}
  return events.map((event) => {
    const { owner, amount, cost, currency, 'expected-close': expected, chance } = event
    if (event.event === 'opened' || event.event === 'moved') {
      stage = staysUnseen ? event.shown : event.stage
    }
    if (event.event === 'opened' || event.event === 'amended')
      terms = { owner, amount, cost, currency, 'expected-close': expected, chance }
    return { ...event, stage, ...terms }
  })
}

/** What happened to deals, one event per row: deal by deal, each in order of day. */
export async function historyTable(
  db: Db,
  currency: Currency,
  wanted: Wanted = {},
): Promise<LongTable> {
  const isForeign = await hasForeign(db)
  const columns = isForeign ? abroad(ownColumns('history')) : ownColumns('history')
  async function* rows(): AsyncGenerator<Cell[]> {
    const refOf = await dealRefs(db)
    for await (const { id, ref } of paged((after) => nextDeals(db, after, wanted))) {
      for (const event of asTheyStood(await eventsOf(db, id))) {
        if (!isInPeriod(event.at, wanted.period)) continue
        const { chance } = event
        const cells: Record<string, Cell> = {
          ...event,
          ...(isForeign ? ownMoney(event, currency) : {}),
          chance: chance === null ? null : writtenChance(chance),
          deal: refOf(id, ref),
        }
        yield columns.map(({ key }) => cells[key] ?? null)
      }
    }
  }
  return { name: 'history', columns, currency, rows: rows() }
}
