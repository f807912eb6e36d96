import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import { type AgendaScope, comingBy, countsOf, type Found, type Item, mine, one } from './item.ts'

interface TaskRow {
  id: number
  text: string
  due: Day
  time: TimeOfDay | null
  minutes: number | null
  client: string | null
  clientId: number | null
  deal: string | null
  dealId: number | null
  owner: string | null
  kind: 'guided' | 'free' | 'plain' | null
  stageId: number | null
  isLast: 0 | 1
}

function taskCommand({ id, dealId, stageId, kind, isLast }: TaskRow): string {
  if (stageId === null || kind !== 'guided') return `task done ${id}`
  return isLast ? `win ${dealId}` : `advance ${dealId}`
}

/** Open tasks: overdue, due today, due later. */
export async function findTasks(db: Db, scope: AgendaScope): Promise<Found> {
  const { today, until, limit } = scope
  const own = mine('t', scope)
  const { rows } = await sql<TaskRow>`
    SELECT t.id, t.text, t.due, t.time, t.minutes, t.client_id AS "clientId", t.deal_id AS "dealId", t.stage_id AS "stageId",
      c.name AS client, d.title AS deal, o.name AS owner, p.kind,
      NOT EXISTS (
        SELECT 1 FROM process_stages later
        JOIN process_stages here ON here.process_id = later.process_id
        WHERE here.process_id = d.process_id AND here.stage_id = t.stage_id
          AND later.position > here.position AND later.retired = 0) AS "isLast"
    FROM (SELECT * FROM tasks t WHERE t.status = 'open' AND t.due <= ${until} ${own}
      ORDER BY t.due LIMIT ${limit}) t
    LEFT JOIN clients c ON c.id = t.client_id
    LEFT JOIN deals d ON d.id = t.deal_id
    LEFT JOIN processes p ON p.id = d.process_id
    LEFT JOIN owners o ON o.id = t.owner_id
    ORDER BY t.due, t.id`.execute(db)
  const items = rows.map((row): Item => ({
    cause: row.due < today ? 'overdue' : row.due === today ? 'due' : 'coming',
    key: `task-${row.id}`,
    by: row.due,
    time: row.time,
    minutes: row.minutes,
    text: row.text,
    client: row.client,
    clientId: row.clientId,
    deal: row.deal,
    dealId: row.dealId,
    task: row.id,
    owner: row.owner,
    command: taskCommand(row),
  }))
  const count = (before: Day): Promise<number> =>
    one(
      db,
      sql`SELECT count(*) AS n FROM tasks t WHERE t.status = 'open' AND t.due < ${before} ${own}`,
    )
  const late = [
    ['overdue', today],
    ['due', addDays(today, 1)],
  ] as const
  return { items, counts: await countsOf(items, [...late, ...comingBy(scope)], scope, count) }
}
