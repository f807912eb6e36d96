import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const code = (column: string): string =>
  `${column} TEXT NOT NULL CHECK (${column} GLOB '[A-Z][A-Z][A-Z]')`

const statements = `
-- Units of a currency for one of another (per) on a day: exact, as decimal text.
CREATE TABLE rates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ${code('currency')},
  ${code('per')},
  day TEXT NOT NULL CHECK (day = date(day)),
  rate TEXT NOT NULL CHECK (rate GLOB '[0-9]*' AND rate NOT GLOB '*[^0-9.]*' AND rate GLOB '*[1-9]*'),
  source TEXT CHECK (source <> ''),
  UNIQUE (currency, per, day),
  CHECK (currency <> per)
) STRICT;
`

export const rates: Migration = {
  number: 22,
  name: 'rates',
  up: (database) => database.exec(statements),
}
