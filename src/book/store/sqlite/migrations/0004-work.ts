import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

/** The last day on which a client heard from us: notes, mailings and calls without answer are none. */
const lastContact = (client: string): string => `(
    SELECT max(at) FROM interactions
    WHERE client_id = ${client} AND kind NOT IN ('note', 'mailing')
      AND coalesce(result, '') <> 'no-answer')`

const counts = (row: string): string =>
  `${row}.kind NOT IN ('note', 'mailing') AND coalesce(${row}.result, '') <> 'no-answer'`

const keepClient = `
  INSERT INTO last_contacts (id, rating, owner_id, added_on, last_on)
  SELECT NEW.id, NEW.rating, NEW.owner_id, NEW.added_on, ${lastContact('NEW.id')}
  WHERE NEW.rating IS NOT NULL;`

const refresh = (client: string): string =>
  `UPDATE last_contacts SET last_on = ${lastContact(client)} WHERE id = ${client};`

const statements = `
-- Who does a stage's task is an owner; the text column doer is left empty.
ALTER TABLE process_stages ADD COLUMN doer_id INTEGER REFERENCES owners (id);

ALTER TABLE tasks ADD COLUMN repeat_from TEXT CHECK (repeat_from = date(repeat_from));
ALTER TABLE tasks ADD COLUMN follow_up INTEGER NOT NULL DEFAULT 0 CHECK (follow_up IN (0, 1));

-- A deal's open stage task, with its day.
CREATE INDEX tasks_stage ON tasks (deal_id, stage_id, due)
  WHERE status = 'open' AND stage_id IS NOT NULL;
CREATE INDEX deals_expected ON deals (expected_close, owner_id)
  WHERE closed_on IS NULL AND expected_close IS NOT NULL;

INSERT INTO settings (key, value) VALUES ('uid', lower(hex(randomblob(8))));

CREATE TABLE standards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rating TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (rating <> ''),
  days INTEGER NOT NULL CHECK (days > 0)
) STRICT;

-- When each client that has a rating was last contacted: follows from clients and interactions,
-- is kept by the triggers below, and never journaled.
CREATE TABLE last_contacts (
  id INTEGER PRIMARY KEY,
  rating TEXT NOT NULL COLLATE NOCASE,
  owner_id INTEGER,
  added_on TEXT NOT NULL,
  last_on TEXT,
  since TEXT NOT NULL GENERATED ALWAYS AS (coalesce(last_on, added_on)) STORED
) STRICT;

INSERT INTO last_contacts (id, rating, owner_id, added_on, last_on)
  SELECT id, rating, owner_id, added_on, ${lastContact('clients.id')}
  FROM clients WHERE rating IS NOT NULL;

CREATE INDEX last_contacts_since ON last_contacts (rating, since, owner_id);

CREATE TRIGGER last_contacts_client_insert AFTER INSERT ON clients WHEN NEW.rating IS NOT NULL
BEGIN ${keepClient} END;

CREATE TRIGGER last_contacts_client_update AFTER UPDATE OF rating, owner_id, added_on ON clients
BEGIN
  DELETE FROM last_contacts WHERE id = OLD.id;
  ${keepClient}
END;

CREATE TRIGGER last_contacts_client_delete AFTER DELETE ON clients
BEGIN DELETE FROM last_contacts WHERE id = OLD.id; END;

CREATE TRIGGER last_contacts_interaction_insert AFTER INSERT ON interactions
WHEN ${counts('NEW')}
BEGIN
  UPDATE last_contacts SET last_on = NEW.at
  WHERE id = NEW.client_id AND (last_on IS NULL OR last_on < NEW.at);
END;

CREATE TRIGGER last_contacts_interaction_update
AFTER UPDATE OF client_id, at, kind, result ON interactions
BEGIN ${refresh('OLD.client_id')} ${refresh('NEW.client_id')} END;

CREATE TRIGGER last_contacts_interaction_delete AFTER DELETE ON interactions
WHEN ${counts('OLD')}
BEGIN ${refresh('OLD.client_id')} END;
`

export const work: Migration = {
  number: 4,
  name: 'work',
  up: (database) => database.exec(statements),
}
