import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const text = (column: string): string => `
ALTER TABLE clients ADD COLUMN ${column} TEXT;
CREATE INDEX clients_${column} ON clients (${column}) WHERE ${column} IS NOT NULL;
`

export const clientDays: Migration = {
  number: 21,
  name: 'client-days',
  up: (database) => database.exec(text('birthday') + text('since')),
}
