import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const text = (column: string): string => `
ALTER TABLE clients ADD COLUMN ${column} TEXT;
CREATE INDEX clients_${column} ON clients (${column}) WHERE ${column} IS NOT NULL;
`

// The postal address; where to deliver only where that is another place.
const statements = `
${['street', 'postcode', 'town', 'country'].map(text).join('')}
ALTER TABLE clients ADD COLUMN delivery TEXT;
`

export const addresses: Migration = {
  number: 20,
  name: 'addresses',
  up: (database) => database.exec(statements),
}
