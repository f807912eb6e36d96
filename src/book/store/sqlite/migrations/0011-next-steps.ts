import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- The next dated step of a deal; whether it has one is read from the index alone.
CREATE INDEX tasks_next ON tasks (deal_id, due)
  WHERE status = 'open' AND due IS NOT NULL AND deal_id IS NOT NULL;
-- The tasks of stages that no day was set for, oldest first.
CREATE INDEX tasks_undated ON tasks (added_on, owner_id)
  WHERE status = 'open' AND stage_id IS NOT NULL AND due IS NULL;
`

export const nextSteps: Migration = {
  number: 11,
  name: 'next-steps',
  up: (database) => database.exec(statements),
}
