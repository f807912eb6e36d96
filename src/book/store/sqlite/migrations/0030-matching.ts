import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- The booking by which a payment came or a refund went, with what a discount or a fee took off.
ALTER TABLE payments ADD COLUMN bank_line_id INTEGER REFERENCES bank_lines (id);
CREATE INDEX payments_bank_line ON payments (bank_line_id) WHERE bank_line_id IS NOT NULL;
CREATE UNIQUE INDEX payments_booked_once ON payments (bank_line_id)
  WHERE bank_line_id IS NOT NULL AND kind IN ('in', 'refund');

-- The accounts that a client has paid from: letters and digits alone, in capitals.
CREATE TABLE payer_accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES clients (id),
  key TEXT NOT NULL CHECK (key <> ''),
  UNIQUE (key, client_id)
) STRICT;
CREATE INDEX payer_accounts_client ON payer_accounts (client_id);
`

export const matching: Migration = {
  number: 30,
  name: 'matching',
  up: (database) => database.exec(statements),
}
