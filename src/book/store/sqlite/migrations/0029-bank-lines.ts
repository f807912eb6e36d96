import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const day = (column: string): string => `CHECK (${column} = date(${column}))`
const text = (column: string): string => `${column} TEXT CHECK (${column} <> '')`

const statements = `
-- Bookings of an account as the bank gave them. What is the same in two of them is in dedup_key; nth counts those
-- that are alike.
CREATE TABLE bank_lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  bank_account_id INTEGER NOT NULL REFERENCES bank_accounts (id),
  booked_on TEXT NOT NULL ${day('booked_on')},
  value_on TEXT ${day('value_on')},
  amount INTEGER NOT NULL CHECK (amount BETWEEN -1000000000000000 AND 1000000000000000),
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  ${['party', 'party_account', 'text', 'bank_ref', 'e2e_ref', 'structured_ref'].map(text).join(',\n  ')},
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'matched', 'ignored')),
  ${text('reason')},
  dedup_key TEXT NOT NULL CHECK (dedup_key <> ''),
  nth INTEGER NOT NULL CHECK (nth >= 1),
  import_id INTEGER REFERENCES imports (id),
  import_row INTEGER,
  CHECK ((state = 'ignored') = (reason IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX bank_lines_once ON bank_lines (bank_account_id, dedup_key, nth);
CREATE INDEX bank_lines_booked ON bank_lines (booked_on, amount);
CREATE INDEX bank_lines_open ON bank_lines (amount) WHERE state = 'open';
CREATE INDEX bank_lines_state ON bank_lines (state, booked_on);
`

export const bankLines: Migration = {
  number: 29,
  name: 'bank-lines',
  up: (database) => database.exec(statements),
}
