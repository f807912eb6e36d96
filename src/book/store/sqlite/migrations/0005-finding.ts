import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const segments = `
CREATE TABLE segments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
  conditions TEXT NOT NULL CHECK (json_valid(conditions))
) STRICT;

CREATE INDEX clients_region ON clients (region) WHERE region IS NOT NULL;
CREATE INDEX clients_size ON clients (size) WHERE size IS NOT NULL;
CREATE INDEX clients_rating ON clients (rating) WHERE rating IS NOT NULL;
`

// 1 for an operation that can never be taken back, because what it changed is gone.
const final = `
ALTER TABLE operations ADD COLUMN final INTEGER NOT NULL DEFAULT 0 CHECK (final IN (0, 1));
`

// What funnel find looks through: for each table how far it has been read, and the trigrams.
const fts = (table: string, columns: string, detail: string): string => `
CREATE VIRTUAL TABLE ${table} USING fts5 (${columns}, content = '', contentless_delete = 1,
  detail = ${detail}, tokenize = 'trigram case_sensitive 1');
INSERT INTO ${table} (${table}, rank) VALUES ('hashsize', 33554432);
`
const search = `
CREATE TABLE search_progress (
  table_name TEXT PRIMARY KEY,
  last_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
${fts('search_clients', 'name, note', 'column')}
${fts('search_deals', 'name, note', 'column')}
${fts('search_interactions', 'note', 'none')}
${fts('search_tasks', 'note', 'none')}
`

export const finding: Migration = {
  number: 5,
  name: 'finding',
  up: (database) => database.exec(segments + final + search),
}
