import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const known = (column: string): string =>
  `${column} INTEGER NOT NULL DEFAULT 1 CHECK (${column} IN (0, 1))`

// day_known and opened_known are 0 where nobody knows the day a deal was opened, and another day
// stands in for it; since_known is 0 where that day is also the one it came into its stage on;
// stage_known is 0 for a deal that came as won, and is in the first stage for want of a named one.
const columns = `
ALTER TABLE events ADD COLUMN ${known('day_known')};
ALTER TABLE deals ADD COLUMN ${known('opened_known')};
ALTER TABLE deals ADD COLUMN ${known('since_known')};
ALTER TABLE deals ADD COLUMN ${known('stage_known')};
`

// Until now an import wrote the closing day, else its own day, where the file had no opening day. Where
// that holds for every deal of a file, with outcomes on several days, the file had no opening days at
// all. The day of an import is that of the book's time zone, which may be the day before or after.
const marks = `
CREATE TEMP TABLE brought AS
  SELECT e.id AS event, d.id AS deal, d.import_id AS import, e.at AS opened, o.at AS ended,
    CASE WHEN o.at IS NULL THEN abs(julianday(e.at) - julianday(substr(m.at, 1, 10))) <= 1
      ELSE e.at = o.at END AS stands_in
  FROM imports m JOIN deals d ON d.import_id = m.id
  JOIN events e ON e.deal_id = d.id AND e.kind = 'opened' AND e.recorded_at = m.at
  LEFT JOIN events o ON o.deal_id = d.id AND o.kind IN ('won', 'lost') AND o.recorded_at = m.at;
CREATE TEMP TABLE unknown AS
  SELECT event, deal FROM brought WHERE import IN (
    SELECT import FROM brought GROUP BY import
    HAVING min(stands_in) = 1 AND count(DISTINCT ended) >= 2
      AND count(DISTINCT CASE WHEN ended IS NULL THEN opened END) <= 1);
UPDATE events SET day_known = 0 WHERE id IN (SELECT event FROM unknown);
UPDATE deals SET opened_known = 0, since_known = EXISTS (
    SELECT 1 FROM events e WHERE e.deal_id = deals.id AND e.kind IN ('moved', 'reopened'))
  WHERE id IN (SELECT deal FROM unknown);
UPDATE deals SET stage_known = 0 WHERE status = 'won' AND outcome_only = 1 AND stage_id = (
  SELECT f.stage_id FROM process_stages f WHERE f.process_id = deals.process_id AND f.retired = 0
  ORDER BY f.position LIMIT 1);
DROP TABLE unknown;
DROP TABLE brought;
`

const indexes = `
DROP INDEX deals_open;
CREATE INDEX deals_open ON deals
  (process_id, stage_id, stage_since, since_known, amount, cost, client_id, owner_id, source_id,
   opened_on, outcome_only, closed_on, opened_known)
  WHERE closed_on IS NULL;

DROP INDEX deals_closed;
CREATE INDEX deals_closed ON deals
  (closed_on, status, process_id, furthest_stage_id, amount, cost, client_id, owner_id, source_id,
   outcome_only, reason_id, opened_on, opened_known)
  WHERE closed_on IS NOT NULL;

DROP INDEX deals_opened;
CREATE INDEX deals_opened ON deals
  (opened_known, opened_on, status, process_id, furthest_stage_id, amount, cost, client_id, owner_id,
   source_id, closed_on, outcome_only);
`

export const knownDays: Migration = {
  number: 8,
  name: 'known-days',
  up: (database) => database.exec(columns + marks + indexes),
}
