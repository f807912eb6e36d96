import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- What went out to another program as one file, so that each document goes there once.
CREATE TABLE export_batches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_on TEXT NOT NULL CHECK (made_on = date(made_on))
) STRICT;

-- Its entries: new ones, those that take an earlier one back, and those that came again as they had changed.
CREATE TABLE export_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  batch_id INTEGER NOT NULL REFERENCES export_batches (id),
  uid TEXT NOT NULL CHECK (uid <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('new', 'back', 'again')),
  day TEXT NOT NULL CHECK (day = date(day)),
  client_id INTEGER NOT NULL REFERENCES clients (id),
  document TEXT CHECK (document <> ''),
  due_on TEXT CHECK (due_on = date(due_on)),
  text TEXT CHECK (text <> ''),
  -- JSON: role, of, tax, amount, and the account as it was written.
  postings TEXT NOT NULL CHECK (json_valid(postings))
) STRICT;
CREATE INDEX export_entries_batch ON export_entries (batch_id);
CREATE INDEX export_entries_uid ON export_entries (uid);
CREATE INDEX export_entries_client ON export_entries (client_id);
`

export const exportBatches: Migration = {
  number: 32,
  name: 'export-batches',
  up: (database) => database.exec(statements),
}
