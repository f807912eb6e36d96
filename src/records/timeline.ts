import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import type { TimeOfDay } from '../domain/time-of-day.ts'
import type { Money } from '../domain/money.ts'
import { SHOWN_EVENT_STAGE } from './shown.ts'

/** One thing in the story of a client. */
export interface Episode {
  /** Null for a deal's opening on an unknown day: it is listed where it must have been at the latest. */
  at: Day | null
  /** An interaction's time of day, and how many minutes it took. */
  time: TimeOfDay | null
  minutes: number | null
  source: 'interaction' | 'event' | 'task' | 'client'
  id: number
  /** An interaction’s or an event’s kind; `done` or `dropped`; `added`. */
  kind: string
  direction: 'in' | 'out' | null
  result: string | null
  text: string | null
  /** The person at the client. */
  contact: string | null
  deal: string | null
  stage: string | null
  reason: string | null
  /** Of an event, in its currency. */
  amount: Money | null
  /** Null is the book's. */
  currency: string | null
  owner: string | null
  /** The file that it came from, and its row there. */
  file: string | null
  row: number | null
}

/** Sorts after every time of day. */
const NO_TIME = sql.lit('99:99')

/**
 * The story of a client, newest first: interactions, the events of its deals, tasks that were closed,
 * and how it came into the book. Within a day, entries without a time of day come before those that have one,
 * and the later entry first. Skips `offset` of them.
 */
export async function timeline(
  db: Db,
  clientId: number,
  { limit, offset }: { limit: number; offset: number },
): Promise<Episode[]> {
  const { rows } = await sql<Episode & { clock: string; recorded: string; known: 0 | 1 }>`
    SELECT i.at, 'interaction' AS source, i.id, i.kind, i.direction, i.result, i.text,
      k.name AS contact, d.title AS deal, NULL AS stage, NULL AS reason, NULL AS amount, NULL AS currency,
      o.name AS owner, NULL AS file, NULL AS "row", i.time, i.minutes,
      coalesce(i.time, ${NO_TIME}) AS clock, i.recorded_at AS recorded,
      2 AS rank, 1 AS known
    FROM interactions i
    LEFT JOIN contacts k ON k.id = i.contact_id
    LEFT JOIN deals d ON d.id = i.deal_id
    LEFT JOIN owners o ON o.id = i.owner_id
    WHERE i.client_id = ${clientId}
    UNION ALL
    SELECT e.at, 'event', e.id, e.kind, NULL, NULL, e.note, NULL, d.title, ${SHOWN_EVENT_STAGE}, r.name,
      e.amount, e.currency, o.name, CASE WHEN e.kind = 'opened' THEN m.file END,
      CASE WHEN e.kind = 'opened' THEN d.import_row END, NULL, NULL, ${NO_TIME}, e.recorded_at, 3, e.day_known
    FROM deals d
    JOIN events e ON e.deal_id = d.id
    LEFT JOIN stages s ON s.id = e.stage_id
    LEFT JOIN reasons r ON r.id = e.reason_id
    LEFT JOIN owners o ON o.id = coalesce(e.owner_id, d.owner_id)
    LEFT JOIN imports m ON m.id = d.import_id
    WHERE d.client_id = ${clientId}
    UNION ALL
    SELECT t.closed_on, 'task', t.id, t.status, NULL, t.result, t.text, NULL, d.title, NULL, NULL,
      NULL, NULL, o.name, NULL, NULL, NULL, NULL, ${NO_TIME}, '', 1, 1
    FROM tasks t
    LEFT JOIN deals d ON d.id = t.deal_id
    LEFT JOIN owners o ON o.id = t.owner_id
    WHERE t.client_id = ${clientId} AND t.closed_on IS NOT NULL
    UNION ALL
    SELECT c.added_on, 'client', c.id, 'added', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, m.file, c.import_row, NULL, NULL, ${NO_TIME}, '', 0, 1
    FROM clients c LEFT JOIN imports m ON m.id = c.import_id
    WHERE c.id = ${clientId}
    ORDER BY 1 DESC, clock DESC, recorded DESC, rank DESC, 3 DESC
    LIMIT ${limit} OFFSET ${offset}`.execute(db)
  return rows.map(({ clock: _clock, recorded: _, known, ...row }) =>
    known === 1 ? row : { ...row, at: null },
  )
}
