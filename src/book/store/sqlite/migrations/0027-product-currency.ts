import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- What price, cost and listed prices of a product are in, if not in the book's currency (NULL).
ALTER TABLE products ADD COLUMN currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]');
`

export const productCurrency: Migration = {
  number: 27,
  name: 'product-currency',
  up: (database) => database.exec(statements),
}
