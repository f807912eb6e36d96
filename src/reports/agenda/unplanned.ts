import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { addDays, type Day, daysBetween } from '../../domain/day.ts'
import { type AgendaScope, type Found, type Item, mine, MOST_COUNTED, one } from './item.ts'
import { addAll } from '../../domain/lists.ts'

// A next step is an open task of the deal that has a day. Without one nothing ever brings the deal back:
// a deal of 1 January without a task is on no list, however long it waits.

/** A stage of a process that deals can be in; deals of a plain process are in none. */
interface Place {
  processId: number
  stageId: number | null
  stage: string | null
  limitDays: number | null
}

interface Waiting {
  id: number
  title: string
  clientId: number
  client: string
  owner: string | null
  since: Day
  isKnown: 0 | 1
  stage: string | null
}

async function places(db: Db): Promise<Place[]> {
  const { rows } = await sql<Place>`
    SELECT ps.process_id AS "processId", ps.stage_id AS "stageId", s.name AS stage,
      ps.limit_days AS "limitDays"
    FROM process_stages ps JOIN stages s ON s.id = ps.stage_id
    UNION ALL
    SELECT id, NULL, NULL, NULL FROM processes`.execute(db)
  return rows
}

/** Open deals of a place that have no next step, and are not already on the list for another reason. */
function waitingIn(place: Place, scope: AgendaScope): RawBuilder<unknown> {
  const { processId, stageId, limitDays } = place
  const { today } = scope
  const inTime =
    limitDays === null ? sql`` : sql`AND d.stage_since >= ${addDays(today, -limitDays)}`
  return sql`FROM deals d
    WHERE d.closed_on IS NULL AND d.process_id = ${processId} AND d.stage_id IS NOT DISTINCT FROM ${stageId} ${inTime}
      AND (d.expected_close IS NULL OR d.expected_close >= ${today}) ${mine('d', scope)}
      AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.deal_id = d.id AND t.status = 'open'
        AND t.due IS NOT NULL AND t.deal_id IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.deal_id = d.id AND t.status = 'open'
        AND t.stage_id IS NOT NULL AND t.due IS NULL)`
}

async function waitingDeals(db: Db, place: Place, scope: AgendaScope): Promise<Waiting[]> {
  const { rows } = await sql<Omit<Waiting, 'stage'>>`
    SELECT d.id, d.title, d.client_id AS "clientId", c.name AS client, o.name AS owner,
      d.stage_since AS since, d.opened_known = 1 OR d.stage_since <> d.opened_on AS "isKnown"
    FROM (SELECT d.* ${waitingIn(place, scope)} ORDER BY d.stage_since LIMIT ${scope.limit}) d
    JOIN clients c ON c.id = d.client_id LEFT JOIN owners o ON o.id = d.owner_id`.execute(db)
  return rows.map((row) => ({ ...row, stage: place.stage }))
}

/** How many there are, up to the number to be counted. */
function countWaiting(db: Db, place: Place, scope: AgendaScope, most: number): Promise<number> {
  return one(db, sql`SELECT count(*) AS n FROM (SELECT 1 ${waitingIn(place, scope)} LIMIT ${most})`)
}

function dealItem({ id, title, since, isKnown, stage, ...whose }: Waiting, today: Day): Item {
  const days = daysBetween(since, today)
  const waited = isKnown && days > 0 ? ` for ${days} ${days === 1 ? 'day' : 'days'}` : ''
  return {
    cause: 'unplanned',
    key: `deal-${id}-next`,
    by: null,
    text: `no next step, ${stage === null ? 'open' : `in ${stage}`}${waited}`,
    ...whose,
    deal: title,
    dealId: id,
    task: null,
    command: `task add "NEXT STEP" --deal ${id} --due DAY`,
  }
}

interface Undated extends Pick<Item, 'text' | 'client' | 'clientId' | 'deal' | 'dealId' | 'owner'> {
  id: number
}

/** Tasks of stages that have no day. */
async function undatedTasks(db: Db, scope: AgendaScope): Promise<{ items: Item[]; all: number }> {
  const from = sql`FROM tasks t WHERE t.status = 'open' AND t.stage_id IS NOT NULL
    AND t.due IS NULL ${mine('t', scope)}`
  const { rows } = await sql<Undated>`
    SELECT t.id, t.text, t.client_id AS "clientId", c.name AS client, t.deal_id AS "dealId",
      d.title AS deal, o.name AS owner
    FROM (SELECT * ${from} ORDER BY t.added_on, t.id LIMIT ${scope.limit}) t
    LEFT JOIN clients c ON c.id = t.client_id LEFT JOIN deals d ON d.id = t.deal_id
    LEFT JOIN owners o ON o.id = t.owner_id ORDER BY t.added_on, t.id`.execute(db)
  const items = rows.map(({ id, text, ...about }): Item => {
    const command = `task postpone ${id} --to DAY`
    const said = `${text}, no day set`
    return {
      cause: 'unplanned',
      key: `task-${id}`,
      by: null,
      text: said,
      ...about,
      task: id,
      command,
    }
  })
  const isAll = items.length < scope.limit
  return { items, all: isAll ? items.length : await one(db, sql`SELECT count(*) AS n ${from}`) }
}

/**
 * Open deals without a dated next step, those longest in their stage first, and tasks of stages that
 * have no day. A deal past its expected close or over its stage's limit is already on the list for
 * that.
 */
export async function findUnplanned(db: Db, scope: AgendaScope): Promise<Found> {
  const { items: tasks, all } = await undatedTasks(db, scope)
  const found: Waiting[] = []
  const most = scope.countsAll ? Number.MAX_SAFE_INTEGER : MOST_COUNTED + 1
  let count = all
  for (const place of await places(db)) {
    const deals = await waitingDeals(db, place, scope)
    addAll(found, deals)
    if (deals.length < scope.limit) count += deals.length
    else if (count < most) count += await countWaiting(db, place, scope, most - count)
  }
  const deals = found
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.id - b.id))
    .slice(0, scope.limit)
    .map((deal) => dealItem(deal, scope.today))
  return { items: [...tasks, ...deals], counts: { unplanned: count } }
}
