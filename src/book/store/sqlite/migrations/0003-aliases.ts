import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- Names and references that a client took over from others merged into it.
CREATE TABLE client_aliases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES clients (id),
  kind TEXT NOT NULL CHECK (kind IN ('ref', 'name')),
  value TEXT NOT NULL CHECK (value <> ''),
  key TEXT NOT NULL CHECK (key <> ''),
  UNIQUE (client_id, kind, key)
) STRICT;

CREATE INDEX client_aliases_key ON client_aliases (kind, key);
`

export const aliases: Migration = {
  number: 3,
  name: 'aliases',
  up: (database) => database.exec(statements),
}
