import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- What erased clients were known by, as hashes that only this book can make again.
CREATE TABLE erased_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('ref', 'name', 'email', 'phone')),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  erased_on TEXT NOT NULL CHECK (erased_on GLOB '????-??-??'),
  UNIQUE (kind, hash)
) STRICT;

INSERT INTO settings (key, value) VALUES ('erasure_secret', lower(hex(randomblob(32))));
`

export const erasedKeys: Migration = {
  number: 10,
  name: 'erased-keys',
  up: (database) => database.exec(statements),
}
