import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const day = (column: string): string => `CHECK (${column} = date(${column}))`
const flag = (column: string): string =>
  `${column} INTEGER NOT NULL DEFAULT 0 CHECK (${column} IN (0, 1))`
const money = (column: string): string =>
  `${column} INTEGER CHECK (${column} BETWEEN 0 AND 1000000000000000)`
const named = `
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE CHECK (name_key <> '')`
const id = 'id INTEGER PRIMARY KEY AUTOINCREMENT'

const tables = `
CREATE TABLE settings (
  ${id},
  key TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE operations (
  ${id},
  at TEXT NOT NULL,
  command TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  undoes INTEGER REFERENCES operations (id),
  undone_by INTEGER REFERENCES operations (id)
) STRICT;

CREATE TABLE operation_inserts (
  operation_id INTEGER NOT NULL REFERENCES operations (id),
  table_name TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  PRIMARY KEY (operation_id, table_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
  ${id},
  operation_id INTEGER NOT NULL REFERENCES operations (id),
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before TEXT
) STRICT;

CREATE TABLE owners (${id}, ${named},
  email TEXT,
  ${flag('retired')}
) STRICT;

CREATE TABLE sources (${id}, ${named},
  ${flag('retired')}
) STRICT;

CREATE TABLE reasons (${id}, ${named},
  follow_up_days INTEGER CHECK (follow_up_days > 0),
  follow_up_text TEXT,
  ${flag('retired')}
) STRICT;

CREATE TABLE stages (${id}, ${named},
  position INTEGER NOT NULL,
  ${flag('retired')}
) STRICT;

CREATE TABLE processes (${id}, ${named},
  kind TEXT NOT NULL CHECK (kind IN ('guided', 'free', 'plain')),
  ${flag('asks_need')},
  ${flag('retired')}
) STRICT;

CREATE TABLE process_stages (
  ${id},
  process_id INTEGER NOT NULL REFERENCES processes (id),
  stage_id INTEGER NOT NULL REFERENCES stages (id),
  position INTEGER NOT NULL,
  probability REAL CHECK (probability BETWEEN 0 AND 1),
  limit_days INTEGER CHECK (limit_days > 0),
  task TEXT,
  doer TEXT,
  demands TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(demands)),
  ${flag('retired')},
  UNIQUE (process_id, stage_id)
) STRICT;

CREATE TABLE categories (${id}, ${named}) STRICT;

CREATE TABLE properties (${id}, ${named}) STRICT;

CREATE TABLE imports (
  ${id},
  what TEXT NOT NULL CHECK (what IN ('clients', 'deals', 'history', 'interactions')),
  file TEXT NOT NULL,
  sheet TEXT,
  sha256 TEXT,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE clients (
  ${id},
  ref TEXT UNIQUE,
  kind TEXT NOT NULL DEFAULT 'company' CHECK (kind IN ('company', 'person')),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  owner_id INTEGER REFERENCES owners (id),
  source_id INTEGER REFERENCES sources (id),
  rating TEXT,
  consent TEXT NOT NULL DEFAULT 'unknown' CHECK (consent IN ('yes', 'no', 'unknown')),
  region TEXT,
  size TEXT,
  note TEXT,
  added_on TEXT NOT NULL ${day('added_on')},
  import_id INTEGER REFERENCES imports (id),
  import_row INTEGER
) STRICT;

CREATE TABLE contacts (
  ${id},
  client_id INTEGER NOT NULL REFERENCES clients (id),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL CHECK (name_key <> ''),
  role TEXT,
  note TEXT
) STRICT;

CREATE TABLE contact_points (
  ${id},
  client_id INTEGER NOT NULL REFERENCES clients (id),
  contact_id INTEGER REFERENCES contacts (id),
  kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'website')),
  value TEXT NOT NULL CHECK (value <> ''),
  key TEXT NOT NULL CHECK (key <> '')
) STRICT;

CREATE TABLE client_categories (
  ${id},
  client_id INTEGER NOT NULL REFERENCES clients (id),
  category_id INTEGER NOT NULL REFERENCES categories (id),
  UNIQUE (client_id, category_id)
) STRICT;

CREATE TABLE client_properties (
  ${id},
  client_id INTEGER NOT NULL REFERENCES clients (id),
  property_id INTEGER NOT NULL REFERENCES properties (id),
  value TEXT NOT NULL CHECK (value <> ''),
  UNIQUE (client_id, property_id)
) STRICT;

CREATE TABLE deals (
  ${id},
  ref TEXT UNIQUE,
  client_id INTEGER NOT NULL REFERENCES clients (id),
  process_id INTEGER NOT NULL REFERENCES processes (id),
  title TEXT NOT NULL CHECK (title <> ''),
  title_key TEXT NOT NULL CHECK (title_key <> ''),
  need TEXT,
  source_id INTEGER REFERENCES sources (id),
  import_id INTEGER REFERENCES imports (id),
  import_row INTEGER,
  -- From here on a projection of the deal's events, written with them.
  ${money('amount')},
  ${money('cost')},
  owner_id INTEGER REFERENCES owners (id),
  expected_close TEXT ${day('expected_close')},
  status TEXT NOT NULL CHECK (status IN ('open', 'won', 'lost')),
  stage_id INTEGER REFERENCES stages (id),
  furthest_stage_id INTEGER REFERENCES stages (id),
  stage_since TEXT NOT NULL ${day('stage_since')},
  opened_on TEXT NOT NULL ${day('opened_on')},
  closed_on TEXT ${day('closed_on')},
  reason_id INTEGER REFERENCES reasons (id),
  CHECK ((status = 'open') = (closed_on IS NULL)),
  CHECK ((stage_id IS NULL) = (furthest_stage_id IS NULL)),
  CHECK (reason_id IS NULL OR status = 'lost')
) STRICT;

CREATE TABLE events (
  ${id},
  deal_id INTEGER NOT NULL REFERENCES deals (id),
  kind TEXT NOT NULL CHECK (kind IN ('opened', 'moved', 'won', 'lost', 'reopened', 'amended')),
  at TEXT NOT NULL ${day('at')},
  recorded_at TEXT NOT NULL,
  stage_id INTEGER REFERENCES stages (id),
  reason_id INTEGER REFERENCES reasons (id),
  ${money('amount')},
  ${money('cost')},
  owner_id INTEGER REFERENCES owners (id),
  expected_close TEXT ${day('expected_close')},
  note TEXT,
  CHECK (stage_id IS NULL OR kind IN ('opened', 'moved')),
  CHECK (stage_id IS NOT NULL OR kind <> 'moved'),
  CHECK (reason_id IS NULL OR kind = 'lost'),
  CHECK (kind IN ('opened', 'amended')
    OR (amount IS NULL AND cost IS NULL AND owner_id IS NULL AND expected_close IS NULL))
) STRICT;

CREATE TABLE interactions (
  ${id},
  client_id INTEGER NOT NULL REFERENCES clients (id),
  contact_id INTEGER REFERENCES contacts (id),
  deal_id INTEGER REFERENCES deals (id),
  owner_id INTEGER REFERENCES owners (id),
  kind TEXT NOT NULL
    CHECK (kind IN ('call', 'email', 'meeting', 'sms', 'message', 'mailing', 'note')),
  direction TEXT CHECK (direction IN ('in', 'out')),
  result TEXT
    CHECK (result IN ('reached', 'no-answer', 'interested', 'refused', 'call-back')),
  at TEXT NOT NULL ${day('at')},
  recorded_at TEXT NOT NULL,
  text TEXT
) STRICT;

CREATE TABLE tasks (
  ${id},
  client_id INTEGER REFERENCES clients (id),
  deal_id INTEGER REFERENCES deals (id),
  stage_id INTEGER REFERENCES stages (id),
  owner_id INTEGER REFERENCES owners (id),
  text TEXT NOT NULL CHECK (text <> ''),
  due TEXT ${day('due')},
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'dropped')),
  closed_on TEXT ${day('closed_on')},
  result TEXT,
  repeat TEXT,
  added_on TEXT NOT NULL ${day('added_on')},
  CHECK ((status = 'open') = (closed_on IS NULL)),
  CHECK (stage_id IS NULL OR deal_id IS NOT NULL)
) STRICT;
`

const indexes = `
CREATE INDEX journal_operation ON journal (operation_id);
CREATE INDEX journal_row ON journal (table_name, row_id);
CREATE INDEX clients_name ON clients (name_key);
CREATE INDEX clients_owner ON clients (owner_id);
CREATE INDEX contacts_client ON contacts (client_id);
CREATE INDEX contact_points_key ON contact_points (kind, key);
CREATE INDEX contact_points_client ON contact_points (client_id);
CREATE INDEX contact_points_contact ON contact_points (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX client_categories_category ON client_categories (category_id);
CREATE INDEX client_properties_property ON client_properties (property_id, value);
CREATE INDEX process_stages_stage ON process_stages (stage_id);
CREATE INDEX deals_client ON deals (client_id);
CREATE INDEX deals_title ON deals (title_key);
-- The reports' ways in. Each holds every column that its report reads.
CREATE INDEX deals_open ON deals
  (process_id, stage_id, stage_since, amount, cost, client_id, owner_id, source_id)
  WHERE closed_on IS NULL;
CREATE INDEX deals_closed ON deals
  (closed_on, status, process_id, furthest_stage_id, amount, cost, client_id, owner_id, source_id)
  WHERE closed_on IS NOT NULL;
CREATE INDEX deals_opened ON deals (opened_on, process_id, status, furthest_stage_id);
CREATE INDEX events_deal ON events (deal_id, at, id);
CREATE INDEX events_at ON events (at, kind, deal_id);
CREATE INDEX interactions_client ON interactions (client_id, at);
CREATE INDEX interactions_at ON interactions (at, kind, owner_id);
CREATE INDEX interactions_contact ON interactions (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX interactions_deal ON interactions (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX tasks_due ON tasks (due, owner_id) WHERE status = 'open';
CREATE INDEX tasks_client ON tasks (client_id);
CREATE INDEX tasks_deal ON tasks (deal_id) WHERE deal_id IS NOT NULL;
`

export const first: Migration = {
  number: 1,
  name: 'first',
  up: (database) => database.exec(tables + indexes),
}
