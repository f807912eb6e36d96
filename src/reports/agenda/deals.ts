import { sql } from 'kysely'
import { epochDay, THEN_JOIN } from '../../book/store/sql.ts'
import type { Db } from '../../book/store/db.ts'
import { addDays, type Day, daysBetween } from '../../domain/day.ts'
import {
  type AgendaScope,
  type Cause,
  comingBy,
  countsOf,
  endOf,
  type Found,
  type Item,
  mine,
  one,
} from './item.ts'

interface DealRow {
  id: number
  title: string
  clientId: number
  client: string
  owner: string | null
  by: Day
}

function dealItem(
  cause: Cause,
  key: string,
  row: DealRow,
  { text, command }: Pick<Item, 'text' | 'command'>,
): Item {
  const { id, title, clientId, client, owner, by } = row
  const about = { client, clientId, deal: title, dealId: id, task: null, owner }
  return { cause, key, by, text, ...about, command }
}

/** Deals whose expected close has passed, or comes by then. */
export async function findExpected(db: Db, scope: AgendaScope): Promise<Found> {
  const { today, limit } = scope
  const own = mine('d', scope)
  const from = (before: Day) => sql`FROM deals d
    WHERE d.closed_on IS NULL AND d.expected_close IS NOT NULL AND d.expected_close < ${before} ${own}`
  const count = (before: Day): Promise<number> => one(db, sql`SELECT count(*) AS n ${from(before)}`)
  const before = endOf(scope)
  const { rows } = await sql<DealRow>`
    SELECT d.id, d.title, d.client_id AS "clientId", c.name AS client, o.name AS owner,
      d.expected_close AS "by"
    FROM (SELECT * ${from(before)} ORDER BY d.expected_close LIMIT ${limit}) d
    JOIN clients c ON c.id = d.client_id LEFT JOIN owners o ON o.id = d.owner_id
    ORDER BY d.expected_close, d.id`.execute(db)
  const items = rows.map((row) =>
    dealItem(row.by < today ? 'expected' : 'coming', `deal-${row.id}-close`, row, {
      text: row.by < today ? 'expected close passed' : 'expected close',
      command: `deal edit ${row.id} --expected-close DAY`,
    }),
  )
  const counts = await countsOf(items, [['expected', today], ...comingBy(scope)], scope, count)
  return { items, counts }
}

interface Limited {
  processId: number
  stageId: number
  stage: string
  kind: 'guided' | 'free' | 'plain'
  days: number
}

function stagesWithLimits(db: Db): Promise<Limited[]> {
  return sql<Limited>`
    SELECT ps.process_id AS "processId", ps.stage_id AS "stageId", s.name AS stage, p.kind,
      ps.limit_days AS days
    FROM process_stages ps
    JOIN stages s ON s.id = ps.stage_id JOIN processes p ON p.id = ps.process_id
    WHERE ps.limit_days IS NOT NULL`
    .execute(db)
    .then(({ rows }) => rows)
}

interface StuckRow extends Omit<DealRow, 'by'> {
  since: Day
  stage: string
  kind: Limited['kind']
  days: number
  /** How many there are. */
  all: number
}

/** Deals over their stage's limit, except those already on the list through their stage's task. */
export async function findStuck(db: Db, scope: AgendaScope): Promise<Found> {
  const { today, limit } = scope
  const limited = await stagesWithLimits(db)
  if (limited.length === 0) return { items: [], counts: {} }
  const places = sql.join(
    limited.map(
      ({ processId, stageId, stage, kind, days }) =>
        sql`(${processId}, ${stageId}, ${stage}, ${kind}, ${days}, ${addDays(today, -days)})`,
    ),
  )
  // Each stage's deals are looked up: otherwise all deals would be read to find a few.
  const from = sql`FROM (VALUES ${places}) v
    ${THEN_JOIN} deals d ON d.process_id = v.column1 AND d.stage_id = v.column2
    WHERE d.closed_on IS NULL AND d.stage_since < v.column6 ${mine('d', scope)}
      AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.deal_id = d.id AND t.stage_id = d.stage_id
        AND t.status = 'open' AND t.stage_id IS NOT NULL AND t.due <= ${today})`
  const { rows } = await sql<StuckRow>`
    SELECT d.id, d.title, d.client_id AS "clientId", c.name AS client, o.name AS owner,
      d.stage_since AS since, found.stage, found.kind, found.days, found."all"
    FROM (SELECT d.id, v.column3 AS stage, v.column4 AS kind, v.column5 AS days,
        count(*) OVER () AS "all"
      ${from} ORDER BY ${epochDay(sql`d.stage_since`)} + v.column5, d.id LIMIT ${limit}) found
    ${THEN_JOIN} deals d ON d.id = found.id
    ${THEN_JOIN} clients c ON c.id = d.client_id LEFT JOIN owners o ON o.id = d.owner_id`.execute(
    db,
  )
  const items = rows.map(({ since, stage, kind, days, all: _, ...row }) =>
    dealItem(
      'stuck',
      `deal-${row.id}-stage`,
      { ...row, by: addDays(since, days) },
      {
        text: `in ${stage} for ${daysBetween(since, today)} days, limit ${days}`,
        command: kind === 'guided' ? `advance ${row.id}` : `move ${row.id} STAGE`,
      },
    ),
  )
  return { items, counts: { stuck: rows[0]?.all ?? 0 } }
}
