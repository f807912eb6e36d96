import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

/** 0 where nobody knows the day a deal was opened, and another day stands in for it. */
const known = (column: string): string =>
  `${column} INTEGER NOT NULL DEFAULT 1 CHECK (${column} IN (0, 1))`

const statements = `
ALTER TABLE events ADD COLUMN ${known('day_known')};
ALTER TABLE deals ADD COLUMN ${known('opened_known')};
`

export const knownDays: Migration = {
  number: 8,
  name: 'known-days',
  up: (database) => database.exec(statements),
}
