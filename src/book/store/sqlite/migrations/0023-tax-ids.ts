import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const text = (column: string): string => `
ALTER TABLE clients ADD COLUMN ${column} TEXT;
CREATE INDEX clients_${column} ON clients (${column}) WHERE ${column} IS NOT NULL;
`

export const taxIds: Migration = {
  number: 23,
  name: 'tax-ids',
  up: (database) => database.exec(['vat_id', 'tax_number', 'e_address'].map(text).join('')),
}
