import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

// SQLite reads a partial index alone only where that holds the column of its condition, too.
const indexes = `
DROP INDEX deals_open;
CREATE INDEX deals_open ON deals
  (process_id, stage_id, stage_since, amount, cost, client_id, owner_id, source_id, opened_on,
   outcome_only, closed_on)
  WHERE closed_on IS NULL;
CREATE INDEX deals_open_clients ON deals
  (client_id, stage_id, process_id, owner_id, source_id, closed_on)
  WHERE closed_on IS NULL;

DROP INDEX deals_closed;
CREATE INDEX deals_closed ON deals
  (closed_on, status, process_id, furthest_stage_id, amount, cost, client_id, owner_id, source_id,
   outcome_only, reason_id, opened_on)
  WHERE closed_on IS NOT NULL;

DROP INDEX deals_opened;
CREATE INDEX deals_opened ON deals
  (opened_on, status, process_id, furthest_stage_id, amount, cost, client_id, owner_id, source_id,
   closed_on, outcome_only);
`

// Reports kept under a name: the words of the command line after "funnel report".
const variants = `
CREATE TABLE report_variants (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
  words TEXT NOT NULL CHECK (json_valid(words))
) STRICT;
`

export const reports: Migration = {
  number: 6,
  name: 'reports',
  up: (database) => database.exec(indexes + variants),
}
