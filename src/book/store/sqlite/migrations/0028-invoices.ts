import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const day = (column: string): string => `${column} TEXT CHECK (${column} = date(${column}))`
const text = (column: string): string => `${column} TEXT CHECK (${column} <> '')`
const money = (column: string): string =>
  `${column} INTEGER NOT NULL CHECK (${column} BETWEEN 0 AND 1000000000000000)`
const rate = `rate TEXT CHECK (rate GLOB '[0-9]*' AND rate NOT GLOB '*[^0-9.]*' AND rate GLOB '*[1-9]*')`
const currency = `currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]')`
const category = `category TEXT NOT NULL CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O'))`

const statements = `
-- A draft has no number and no day of issue; what is issued has both, and the buyer and seller of that day (JSON).
CREATE TABLE invoices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'credit')),
  ${text('number')},
  number_key TEXT UNIQUE CHECK (number_key <> ''),
  -- The numbers that are counted together, and the place among them; NULL for one that came with its number.
  ${text('series')},
  serial INTEGER CHECK (serial > 0),
  client_id INTEGER NOT NULL REFERENCES clients (id),
  deal_id INTEGER REFERENCES deals (id),
  owner_id INTEGER REFERENCES owners (id),
  -- The invoice that a credit note corrects.
  corrects_id INTEGER REFERENCES invoices (id),
  ${currency},
  -- Units of the currency for one of the book's on the day of issue; NULL in the book's, or where none was known.
  ${rate},
  terms_id INTEGER REFERENCES terms (id),
  bank_account_id INTEGER REFERENCES bank_accounts (id),
  drafted_on TEXT NOT NULL CHECK (drafted_on = date(drafted_on)),
  ${day('issued_on')},
  ${day('due_on')},
  -- What those who pay by a day may take off, in millionths.
  discount INTEGER CHECK (discount BETWEEN 1 AND 1000000),
  ${day('discount_on')},
  ${day('service_from')},
  ${day('service_to')},
  ${day('voided_on')},
  -- The day on which nothing was open any more; of a credit note, on which it was used up. It follows from allocations.
  ${day('settled_on')},
  ${money('net')},
  ${money('tax')},
  ${money('gross')},
  -- How it is to be paid in instalments: '30% 0d, 70% 30d'.
  ${text('plan')},
  ${text('payment_ref')},
  ${text('order_ref')},
  ${text('note')},
  buyer TEXT CHECK (buyer IS NULL OR json_valid(buyer)),
  seller TEXT CHECK (seller IS NULL OR json_valid(seller)),
  ${text('ref')},
  import_id INTEGER REFERENCES imports (id),
  import_row INTEGER,
  CHECK ((number IS NULL) = (issued_on IS NULL)),
  CHECK ((number IS NULL) = (number_key IS NULL)),
  CHECK ((number IS NULL) = (due_on IS NULL)),
  CHECK ((series IS NULL) = (serial IS NULL)),
  CHECK (voided_on IS NULL OR voided_on >= issued_on),
  CHECK (gross = net + tax),
  CHECK (corrects_id IS NULL OR kind = 'credit'),
  UNIQUE (series, serial)
) STRICT;
CREATE INDEX invoices_client ON invoices (client_id, issued_on);
CREATE INDEX invoices_deal ON invoices (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX invoices_owner ON invoices (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX invoices_issued ON invoices (issued_on) WHERE issued_on IS NOT NULL;
CREATE INDEX invoices_open ON invoices (due_on) WHERE due_on IS NOT NULL AND settled_on IS NULL AND voided_on IS NULL;
CREATE INDEX invoices_settled ON invoices (settled_on) WHERE settled_on IS NOT NULL;
CREATE INDEX invoices_voided ON invoices (voided_on) WHERE voided_on IS NOT NULL;
CREATE INDEX invoices_drafts ON invoices (drafted_on) WHERE issued_on IS NULL;
CREATE INDEX invoices_corrects ON invoices (corrects_id) WHERE corrects_id IS NOT NULL;
CREATE INDEX invoices_terms ON invoices (terms_id) WHERE terms_id IS NOT NULL;
CREATE INDEX invoices_account ON invoices (bank_account_id) WHERE bank_account_id IS NOT NULL;
CREATE INDEX invoices_import ON invoices (import_id) WHERE import_id IS NOT NULL;

-- Quantities and rates are in millionths, prices in ten-thousandths, the net in minor units.
CREATE TABLE invoice_lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  position INTEGER NOT NULL CHECK (position > 0),
  product_id INTEGER REFERENCES products (id),
  text TEXT NOT NULL CHECK (text <> ''),
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000000000000),
  ${text('unit')},
  price INTEGER NOT NULL CHECK (price BETWEEN 0 AND 1000000000000000),
  discount INTEGER NOT NULL CHECK (discount BETWEEN 0 AND 1000000),
  tax INTEGER NOT NULL CHECK (tax BETWEEN 0 AND 1000000),
  ${category},
  ${text('reason')},
  ${money('net')},
  CHECK ((category = 'S') = (tax > 0)),
  UNIQUE (invoice_id, position)
) STRICT;
CREATE INDEX invoice_lines_product ON invoice_lines (product_id) WHERE product_id IS NOT NULL;

-- The tax of an invoice that was issued, by category and rate.
CREATE TABLE invoice_taxes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  ${category},
  rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 1000000),
  ${text('reason')},
  ${money('base')},
  ${money('tax')}
) STRICT;
CREATE INDEX invoice_taxes_invoice ON invoice_taxes (invoice_id);

-- What is to be paid by which day, where that is more than one day.
CREATE TABLE instalments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  due_on TEXT NOT NULL CHECK (due_on = date(due_on)),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000000)
) STRICT;
CREATE INDEX instalments_invoice ON instalments (invoice_id);

-- What happened to an invoice after it was issued.
CREATE TABLE invoice_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  kind TEXT NOT NULL CHECK (kind IN ('sent', 'voided', 'held', 'released')),
  at TEXT NOT NULL CHECK (at = date(at)),
  ${day('until')},
  ${text('note')},
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX invoice_events_invoice ON invoice_events (invoice_id);

-- Money from a client, money back to one, and what settles an invoice without money.
CREATE TABLE payments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES clients (id),
  kind TEXT NOT NULL CHECK (kind IN ('in', 'refund', 'write-off', 'discount', 'fee')),
  paid_on TEXT NOT NULL CHECK (paid_on = date(paid_on)),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000000),
  ${currency},
  ${rate},
  -- The day on which it was used up; it follows from allocations.
  ${day('settled_on')},
  bank_account_id INTEGER REFERENCES bank_accounts (id),
  ${text('method')},
  ${text('note')},
  ${text('ref')},
  import_id INTEGER REFERENCES imports (id),
  import_row INTEGER
) STRICT;
CREATE INDEX payments_client ON payments (client_id, paid_on);
CREATE INDEX payments_left ON payments (client_id) WHERE settled_on IS NULL;
CREATE INDEX payments_settled ON payments (settled_on) WHERE settled_on IS NOT NULL;
CREATE INDEX payments_day ON payments (paid_on);
CREATE INDEX payments_account ON payments (bank_account_id) WHERE bank_account_id IS NOT NULL;
CREATE INDEX payments_import ON payments (import_id) WHERE import_id IS NOT NULL;

-- The part of a payment or a credit note that settles an invoice, or that a refund gives back.
CREATE TABLE allocations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  payment_id INTEGER REFERENCES payments (id),
  credit_id INTEGER REFERENCES invoices (id),
  invoice_id INTEGER REFERENCES invoices (id),
  refund_id INTEGER REFERENCES payments (id),
  at TEXT NOT NULL CHECK (at = date(at)),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000000),
  CHECK ((payment_id IS NULL) <> (credit_id IS NULL)),
  CHECK ((invoice_id IS NULL) <> (refund_id IS NULL))
) STRICT;
CREATE INDEX allocations_payment ON allocations (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX allocations_credit ON allocations (credit_id) WHERE credit_id IS NOT NULL;
CREATE INDEX allocations_invoice ON allocations (invoice_id, at, amount) WHERE invoice_id IS NOT NULL;
CREATE INDEX allocations_refund ON allocations (refund_id) WHERE refund_id IS NOT NULL;

-- Why an operation can never be undone, if not because what it changed was erased, and what to do instead.
ALTER TABLE operations ADD COLUMN final_why TEXT CHECK (final_why <> '');
ALTER TABLE operations ADD COLUMN final_instead TEXT CHECK (final_instead <> '');
`

export const invoices: Migration = {
  number: 28,
  name: 'invoices',
  up: (database) => database.exec(statements),
}
