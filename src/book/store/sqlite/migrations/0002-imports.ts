import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
CREATE TABLE import_profiles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('clients', 'deals', 'history', 'interactions')),
  profile TEXT NOT NULL CHECK (json_valid(profile))
) STRICT;

-- 1 for a deal that came with an outcome and without the stages on the way to it.
ALTER TABLE deals ADD COLUMN outcome_only INTEGER NOT NULL DEFAULT 0
  CHECK (outcome_only IN (0, 1));

ALTER TABLE interactions ADD COLUMN import_id INTEGER REFERENCES imports (id);
ALTER TABLE interactions ADD COLUMN import_row INTEGER;

DROP INDEX deals_closed;
CREATE INDEX deals_closed ON deals
  (closed_on, status, process_id, furthest_stage_id, amount, cost, client_id, owner_id, source_id,
   outcome_only)
  WHERE closed_on IS NOT NULL;
`

export const imports: Migration = {
  number: 2,
  name: 'imports',
  up: (database) => database.exec(statements),
}
