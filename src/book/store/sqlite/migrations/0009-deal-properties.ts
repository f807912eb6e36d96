import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

/** What deals have beside their own columns, under the names that clients' properties have. */
const statements = `
CREATE TABLE deal_properties (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deals (id),
  property_id INTEGER NOT NULL REFERENCES properties (id),
  value TEXT NOT NULL CHECK (value <> ''),
  UNIQUE (deal_id, property_id)
) STRICT;

CREATE INDEX deal_properties_property ON deal_properties (property_id, value);
`

export const dealProperties: Migration = {
  number: 9,
  name: 'deal-properties',
  up: (database) => database.exec(statements),
}
