import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const currency = (table: string): string =>
  `ALTER TABLE ${table} ADD COLUMN currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]');`

const rate = (table: string): string => `ALTER TABLE ${table} ADD COLUMN rate TEXT
  CHECK (rate GLOB '[0-9]*' AND rate NOT GLOB '*[^0-9.]*' AND rate GLOB '*[1-9]*');`

const statements = `
-- A deal in another currency than the book's (NULL) has own_amount and own_cost in its own; amount and cost are in
-- the book's, at the rate that it was closed with, and NULL while it is open or no rate was known.
${currency('deals')}
ALTER TABLE deals ADD COLUMN own_amount INTEGER CHECK (own_amount BETWEEN 0 AND 1000000000000000);
ALTER TABLE deals ADD COLUMN own_cost INTEGER CHECK (own_cost BETWEEN 0 AND 1000000000000000);
${rate('deals')}
CREATE INDEX deals_foreign ON deals (closed_on, currency) WHERE currency IS NOT NULL;

-- Amount and cost of an event are in its currency; the rate is that of its day, as far as it was known then.
${currency('events')}
${rate('events')}
CREATE INDEX events_foreign ON events (deal_id, currency) WHERE currency IS NOT NULL;

CREATE INDEX rates_day ON rates (day);
`

export const dealCurrency: Migration = {
  number: 26,
  name: 'deal-currency',
  up: (database) => database.exec(statements),
}
