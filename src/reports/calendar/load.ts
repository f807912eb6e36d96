import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { addDays, type Day } from '../../domain/day.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import { type AgendaScope, mine } from '../agenda/item.ts'
import { LONGEST_MINUTES } from '../../domain/duration.ts'
import { MINUTES_PER_DAY } from '../../domain/time-of-day.ts'
import { type Entry, isAppointment, lastDay } from './plan.ts'

/** Which days, and whose. */
export interface CalendarScope extends Pick<AgendaScope, 'ownerId' | 'clients'> {
  from: Day
  to: Day
}

/** What rows of tasks, interactions and deals have in common. */
interface Row {
  id: number
  day: Day
  text: string | null
  client: string | null
  clientId: number | null
  deal: string | null
  dealId: number | null
  owner: string | null
  ownerId: number | null
}

interface Timed extends Row {
  time: TimeOfDay | null
  minutes: number | null
}

/** The first day of an appointment that may still go on on the first day asked for. */
function earliest({ from }: CalendarScope): Day {
  return addDays(from, -Math.ceil(LONGEST_MINUTES / MINUTES_PER_DAY))
}

function about({ day, client, clientId, deal, dealId, owner, ownerId }: Row) {
  return { day, client, clientId, deal, dealId, owner, ownerId }
}

async function tasks(
  db: Db,
  scope: CalendarScope,
): Promise<(Entry & { stageId: number | null })[]> {
  const { rows } = await sql<Timed & { stageId: number | null }>`
    SELECT t.id, t.due AS day, t.time, t.minutes, t.text, t.stage_id AS "stageId",
      t.client_id AS "clientId", c.name AS client, t.deal_id AS "dealId", d.title AS deal,
      t.owner_id AS "ownerId", o.name AS owner
    FROM tasks t LEFT JOIN clients c ON c.id = t.client_id LEFT JOIN deals d ON d.id = t.deal_id
    LEFT JOIN owners o ON o.id = t.owner_id
    WHERE t.status = 'open' AND t.due >= ${earliest(scope)} AND t.due <= ${scope.to} ${mine('t', scope)}
    ORDER BY t.due, t.id`.execute(db)
  return rows.map(({ id, time, minutes, text, stageId, ...row }) => ({
    ...about({ id, text, ...row }),
    key: `task-${id}`,
    kind: 'task',
    id,
    time,
    minutes,
    text: text ?? '',
    stageId,
  }))
}

/** Calls and meetings at a time of day; what else was said on a day takes no place in it. */
async function meetings(db: Db, scope: CalendarScope): Promise<Entry[]> {
  const { rows } = await sql<Timed & { kind: 'call' | 'meeting' }>`
    SELECT i.id, i.at AS day, i.time, i.minutes, i.kind, i.text, i.client_id AS "clientId",
      c.name AS client, i.deal_id AS "dealId", d.title AS deal, i.owner_id AS "ownerId", o.name AS owner
    FROM interactions i JOIN clients c ON c.id = i.client_id LEFT JOIN deals d ON d.id = i.deal_id
    LEFT JOIN owners o ON o.id = i.owner_id
    WHERE i.at >= ${earliest(scope)} AND i.at <= ${scope.to} AND i.kind IN ('call', 'meeting')
      AND i.time IS NOT NULL ${mine('i', scope)}
    ORDER BY i.at, i.id`.execute(db)
  return rows.map(({ id, kind, time, minutes, text, ...row }) => ({
    ...about({ id, text, ...row }),
    key: `interaction-${id}`,
    kind,
    id,
    time,
    minutes,
    text: text ?? '',
  }))
}

const DEAL = sql`d.id, d.title AS deal, d.id AS "dealId", d.client_id AS "clientId",
  c.name AS client, d.owner_id AS "ownerId", o.name AS owner`
const WHOSE = sql`JOIN clients c ON c.id = d.client_id LEFT JOIN owners o ON o.id = d.owner_id`

async function closes(db: Db, scope: CalendarScope): Promise<Entry[]> {
  const { rows } = await sql<Row>`
    SELECT ${DEAL}, d.expected_close AS day, NULL AS text FROM deals d ${WHOSE}
    WHERE d.closed_on IS NULL AND d.expected_close >= ${scope.from} AND d.expected_close <= ${scope.to}
      ${mine('d', scope)}
    ORDER BY d.expected_close, d.id`.execute(db)
  return rows.map((row) => ({ ...ofDeal(row, 'close'), text: 'expected close' }))
}

function ofDeal(row: Row, kind: 'close' | 'deadline') {
  const key = `deal-${row.id}-${kind === 'close' ? 'close' : 'stage'}`
  return { ...about(row), key, kind, id: row.id, time: null, minutes: null }
}

/** The last days on which deals may be in their stages. */
async function deadlines(db: Db, scope: CalendarScope): Promise<(Entry & { stageId: number })[]> {
  const { rows: limits } = await sql<{
    process: number
    stage: number
    name: string
    days: number
  }>`
    SELECT ps.process_id AS process, ps.stage_id AS stage, s.name, ps.limit_days AS days
    FROM process_stages ps JOIN stages s ON s.id = ps.stage_id
    WHERE ps.limit_days IS NOT NULL`.execute(db)
  const found: (Entry & { stageId: number })[] = []
  for (const { process, stage, name, days } of limits) {
    const { rows } = await sql<Row>`
      SELECT ${DEAL}, d.stage_since AS day, NULL AS text FROM deals d ${WHOSE}
      WHERE d.process_id = ${process} AND d.stage_id = ${stage} AND d.closed_on IS NULL
        AND d.stage_since >= ${addDays(scope.from, -days)}
        AND d.stage_since <= ${addDays(scope.to, -days)} ${mine('d', scope)}
      ORDER BY d.stage_since, d.id`.execute(db)
    for (const row of rows) {
      const entry = ofDeal({ ...row, day: addDays(row.day, days) }, 'deadline')
      found.push({ ...entry, text: `${name} ends: limit ${days} days`, stageId: stage })
    }
  }
  return found
}

/** Everything that has a place in those days, in no order. */
export async function loadEntries(db: Db, scope: CalendarScope): Promise<Entry[]> {
  const open = await tasks(db, scope)
  // The task of a stage is due on the stage's last day, and says more.
  const isTask = ({ day, dealId, stageId }: Entry & { stageId: number | null }): boolean =>
    open.some((task) => task.dealId === dealId && task.stageId === stageId && task.day === day)
  const ends = (await deadlines(db, scope)).filter((entry) => !isTask(entry))
  const all = [...open, ...(await meetings(db, scope)), ...ends, ...(await closes(db, scope))]
  return all.filter(
    (entry) => entry.day >= scope.from || (isAppointment(entry) && lastDay(entry) >= scope.from),
  )
}
