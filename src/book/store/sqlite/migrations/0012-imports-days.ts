import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- 1 where the import marked the deals whose opening day its file did not have. Earlier ones gave them
-- the closing day or the day of the import, as if it were known.
ALTER TABLE imports ADD COLUMN days_known INTEGER NOT NULL DEFAULT 0 CHECK (days_known IN (0, 1));
`

export const importsDays: Migration = {
  number: 12,
  name: 'imports-days',
  up: (database) => database.exec(statements),
}
