import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const time = `TEXT CHECK (time GLOB '[0-2][0-9]:[0-5][0-9]' AND time < '24:00')`
const minutes = 'INTEGER CHECK (minutes BETWEEN 1 AND 10080)'

const statements = `
-- The time of day, on the clock of the book's zone, and how many minutes it took or will take; NULL is unknown.
ALTER TABLE interactions ADD COLUMN time ${time};
ALTER TABLE interactions ADD COLUMN minutes ${minutes};
ALTER TABLE tasks ADD COLUMN time ${time};
ALTER TABLE tasks ADD COLUMN minutes ${minutes};
`

export const times: Migration = {
  number: 17,
  name: 'times',
  up: (database) => database.exec(statements),
}
