import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const day = (column: string): string => `${column} TEXT CHECK (${column} = date(${column}))`
const text = (column: string): string => `${column} TEXT CHECK (${column} <> '')`
const money = (column: string): string =>
  `${column} INTEGER NOT NULL CHECK (${column} BETWEEN 0 AND 1000000000000000)`
const perhaps = (column: string): string =>
  `${column} INTEGER CHECK (${column} BETWEEN 0 AND 1000000000000000)`
const currency = `currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]')`
const category = `category TEXT NOT NULL CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O'))`
const kinds = `('proposal', 'invoice', 'credit-note', 'reminder', 'letter')`

const statements = `
-- The language in which a client is written to, and what its invoices must name (EN 16931, BT-10).
ALTER TABLE clients ADD COLUMN language TEXT;
CREATE INDEX clients_language ON clients (language) WHERE language IS NOT NULL;
ALTER TABLE clients ADD COLUMN buyer_ref TEXT;
CREATE INDEX clients_buyer_ref ON clients (buyer_ref) WHERE buyer_ref IS NOT NULL;

-- Templates of the user's own; the body is Base64, as the journal takes texts.
CREATE TABLE templates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
  kind TEXT NOT NULL CHECK (kind IN ${kinds}),
  -- NULL is for any language.
  ${text('language')},
  format TEXT NOT NULL CHECK (format IN ('html', 'docx', 'odt')),
  is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
  body TEXT NOT NULL CHECK (body <> '')
) STRICT;

-- An offer made of a deal's lines on a day. What was sent never changes; a change is a new version of its number.
CREATE TABLE proposals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  number TEXT NOT NULL CHECK (number <> ''),
  number_key TEXT NOT NULL CHECK (number_key <> ''),
  series TEXT NOT NULL CHECK (series <> ''),
  serial INTEGER NOT NULL CHECK (serial > 0),
  version INTEGER NOT NULL CHECK (version > 0),
  deal_id INTEGER NOT NULL REFERENCES deals (id),
  client_id INTEGER NOT NULL REFERENCES clients (id),
  owner_id INTEGER REFERENCES owners (id),
  ${currency},
  made_on TEXT NOT NULL CHECK (made_on = date(made_on)),
  ${day('valid_until')},
  ${text('subject')},
  ${text('note')},
  language TEXT NOT NULL CHECK (language <> ''),
  -- The template that it was made with; NULL for one that comes with the program.
  template_id INTEGER REFERENCES templates (id),
  format TEXT NOT NULL CHECK (format IN ('pdf', 'html', 'docx', 'odt')),
  -- What counts: without options that were not chosen when it was made.
  ${money('net')},
  ${money('tax')},
  ${money('gross')},
  -- What the same lines come to without discounts.
  ${money('full_net')},
  buyer TEXT NOT NULL CHECK (json_valid(buyer)),
  seller TEXT NOT NULL CHECK (json_valid(seller)),
  -- Of the file as it was made.
  ${text('sha256')},
  -- What sets a run over a segment apart from others: it is made once for a client.
  ${text('batch')},
  ${day('sent_on')},
  ${day('decided_on')},
  decision TEXT CHECK (decision IN ('accepted', 'declined')),
  -- What was accepted: with the options that the client takes. What was offered stays as it is.
  ${perhaps('accepted_net')},
  ${perhaps('accepted_tax')},
  ${perhaps('accepted_gross')},
  CHECK ((decision IS NULL) = (decided_on IS NULL)),
  CHECK (gross = net + tax),
  CHECK ((accepted_gross IS NULL) = (accepted_net IS NULL) AND accepted_gross IS accepted_net + accepted_tax),
  CHECK (accepted_net IS NULL OR decision = 'accepted'),
  UNIQUE (number_key, version),
  UNIQUE (series, serial, version)
) STRICT;
CREATE INDEX proposals_deal ON proposals (deal_id);
CREATE INDEX proposals_client ON proposals (client_id);
CREATE INDEX proposals_owner ON proposals (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX proposals_template ON proposals (template_id) WHERE template_id IS NOT NULL;
CREATE INDEX proposals_sent ON proposals (sent_on) WHERE sent_on IS NOT NULL;
CREATE INDEX proposals_batch ON proposals (batch, client_id) WHERE batch IS NOT NULL;
CREATE INDEX proposals_undecided ON proposals (valid_until) WHERE decided_on IS NULL;

-- Its lines as they were when it was made.
CREATE TABLE proposal_lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  proposal_id INTEGER NOT NULL REFERENCES proposals (id),
  position INTEGER NOT NULL CHECK (position > 0),
  -- The line of the deal that it was made of; NULL once that is gone.
  deal_line_id INTEGER,
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
  optional INTEGER NOT NULL CHECK (optional IN (0, 1)),
  -- The position of the line that it is an alternative of.
  alternative_of INTEGER,
  -- 1 if it counts in the totals.
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  -- Once the proposal was accepted: 1 if the client takes it.
  taken INTEGER CHECK (taken IN (0, 1)),
  UNIQUE (proposal_id, position)
) STRICT;
CREATE INDEX proposal_lines_product ON proposal_lines (product_id) WHERE product_id IS NOT NULL;

CREATE TABLE proposal_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  proposal_id INTEGER NOT NULL REFERENCES proposals (id),
  kind TEXT NOT NULL CHECK (kind IN ('made', 'sent', 'accepted', 'declined')),
  at TEXT NOT NULL CHECK (at = date(at)),
  ${text('note')},
  recorded_at TEXT NOT NULL,
  -- The mail by which it was sent; NULL for a file.
  ${text('message_id')}
) STRICT;
CREATE INDEX proposal_events_proposal ON proposal_events (proposal_id);
CREATE INDEX proposal_events_mail ON proposal_events (message_id) WHERE message_id IS NOT NULL;

-- Every file that was sent, byte for byte (Base64).
CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES clients (id),
  kind TEXT NOT NULL CHECK (kind IN ${kinds}),
  proposal_id INTEGER REFERENCES proposals (id),
  invoice_id INTEGER REFERENCES invoices (id),
  -- Of a reminder, its level: the reminders of a letter have the day and the level in common.
  level INTEGER CHECK (level > 0),
  sent_on TEXT NOT NULL CHECK (sent_on = date(sent_on)),
  name TEXT NOT NULL CHECK (name <> ''),
  format TEXT NOT NULL CHECK (format IN ('pdf', 'html', 'docx', 'odt', 'txt', 'ubl', 'factur-x')),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  -- In bytes, so that lists need not read the body; that comes last, where rows are read without it.
  size INTEGER NOT NULL CHECK (size >= 0),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX documents_client ON documents (client_id, sent_on);
CREATE INDEX documents_proposal ON documents (proposal_id) WHERE proposal_id IS NOT NULL;
CREATE INDEX documents_invoice ON documents (invoice_id) WHERE invoice_id IS NOT NULL;

-- A deposit is billed before the work, parts while it goes on; the final invoice takes off what they billed.
ALTER TABLE invoices ADD COLUMN part TEXT CHECK (part IN ('deposit', 'part', 'final'));
ALTER TABLE invoices ADD COLUMN buyer_ref TEXT CHECK (buyer_ref <> '');
ALTER TABLE invoices ADD COLUMN proposal_id INTEGER REFERENCES proposals (id);
CREATE INDEX invoices_proposal ON invoices (proposal_id) WHERE proposal_id IS NOT NULL;

-- What a final invoice takes off: the net and the tax of an earlier invoice of the same deal, by category and rate.
CREATE TABLE invoice_deductions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  deducts_id INTEGER NOT NULL REFERENCES invoices (id),
  ${category},
  rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 1000000),
  ${money('base')},
  ${money('tax')}
) STRICT;
CREATE INDEX invoice_deductions_invoice ON invoice_deductions (invoice_id);
CREATE INDEX invoice_deductions_deducts ON invoice_deductions (deducts_id);
`

export const documents: Migration = {
  number: 33,
  name: 'documents',
  up: (database) => database.exec(statements),
}
