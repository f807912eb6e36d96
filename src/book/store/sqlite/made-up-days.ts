import type { Database } from 'better-sqlite3'

// If a file had no opening day, earlier releases wrote the deal's closing day, else the day of its import. A
// day from a history was entered at another moment; one that somebody has changed since is in the journal.
// The day of an import is that of the book's time zone: one more or less in UTC.
const LOOKS_MADE_UP = `
  SELECT e.id AS event, d.id AS deal
  FROM imports m JOIN deals d ON d.import_id = m.id
  JOIN events e ON e.deal_id = d.id AND e.kind = 'opened' AND e.recorded_at = m.at
  LEFT JOIN events o ON o.deal_id = d.id AND o.kind IN ('won', 'lost') AND o.recorded_at = m.at
  WHERE m.days_known = 0 AND e.day_known = 1
    AND CASE WHEN o.id IS NULL THEN abs(julianday(e.at) - julianday(substr(m.at, 1, 10))) <= 1
      ELSE e.at = o.at END
    AND NOT EXISTS (
      SELECT 1 FROM journal j WHERE j.table_name = 'events' AND j.row_id = e.id)`

/**
 * Deals that came in a file of an earlier release and whose opening day looks made up: it is the day
 * they were closed, or that of the import. Their numbers, in order.
 */
export function madeUpDays(raw: Database): number[] {
  const deals = raw.prepare(`SELECT DISTINCT deal FROM (${LOOKS_MADE_UP}) ORDER BY deal`)
  return deals.pluck().all() as number[]
}

/** Marks those days as not known. Data derived from the deals is not updated here. */
export function markMadeUpDays(raw: Database): void {
  raw.exec(`UPDATE events SET day_known = 0 WHERE id IN (SELECT event FROM (${LOOKS_MADE_UP}))`)
}
