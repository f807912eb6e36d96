import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const day = (column: string): string => `${column} TEXT CHECK (${column} = date(${column}))`
const neededDay = (column: string): string =>
  `${column} TEXT NOT NULL CHECK (${column} = date(${column}))`
const amount = (column: string, least: number): string =>
  `${column} INTEGER NOT NULL CHECK (${column} BETWEEN ${least} AND 1000000000000000)`

const statements = `
-- The mail by which an invoice was sent, in the outbox next to the book; NULL for a file.
ALTER TABLE invoice_events ADD COLUMN message_id TEXT CHECK (message_id <> '');
CREATE INDEX invoice_events_message ON invoice_events (message_id) WHERE message_id IS NOT NULL;

-- A reminder of what was late of an invoice: once for each level and due day, which of instalments is that of the
-- first one that was not paid. What was open and the interest asked for are in minor units.
CREATE TABLE reminders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  ${neededDay('due_on')},
  level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 9),
  ${neededDay('at')},
  ${amount('open', 1)},
  ${amount('interest', 0)},
  message_id TEXT CHECK (message_id <> ''),
  UNIQUE (invoice_id, due_on, level)
) STRICT;
CREATE INDEX reminders_message ON reminders (message_id) WHERE message_id IS NOT NULL;

-- What a client promised to pay by a day, and what would be open of the invoice then.
CREATE TABLE promises (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  ${neededDay('made_on')},
  ${neededDay('for_day')},
  ${amount('amount', 1)},
  ${amount('leaves', 0)},
  note TEXT CHECK (note <> ''),
  CHECK (for_day >= made_on)
) STRICT;
CREATE INDEX promises_invoice ON promises (invoice_id);

-- An invoice that is made again: every '1m' from its first day on. What was made is counted in made.
CREATE TABLE invoice_repeats (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  invoice_id INTEGER NOT NULL REFERENCES invoices (id),
  every TEXT NOT NULL CHECK (every GLOB '[1-9]*[dwmy]' AND every NOT GLOB '*[^0-9]*[dwmy]' AND length(every) <= 5),
  ${neededDay('first_on')},
  ${day('until')},
  times INTEGER CHECK (times > 0),
  made INTEGER NOT NULL DEFAULT 0 CHECK (made >= 0),
  ${day('stopped_on')}
) STRICT;
CREATE INDEX invoice_repeats_invoice ON invoice_repeats (invoice_id);
`

export const reminders: Migration = {
  number: 31,
  name: 'reminders',
  up: (database) => database.exec(statements),
}
