import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- Few deals have a chance that was set by hand; reports of past days find them by their events.
CREATE INDEX events_chance ON events (deal_id, chance) WHERE chance IS NOT NULL;
`

export const setChances: Migration = {
  number: 24,
  name: 'set-chances',
  up: (database) => database.exec(statements),
}
