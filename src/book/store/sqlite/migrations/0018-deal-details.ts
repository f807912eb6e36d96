import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
ALTER TABLE deals ADD COLUMN note TEXT CHECK (note <> '');
ALTER TABLE deals ADD COLUMN contact_id INTEGER REFERENCES contacts (id);
CREATE INDEX deals_contact ON deals (contact_id) WHERE contact_id IS NOT NULL;

-- The tags of deals, named like the categories of clients.
CREATE TABLE deal_tags (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deals (id),
  category_id INTEGER NOT NULL REFERENCES categories (id),
  UNIQUE (deal_id, category_id)
) STRICT;
CREATE INDEX deal_tags_category ON deal_tags (category_id);

-- The chance to win that was set by hand; an opened or amended event states it with the other terms.
ALTER TABLE deals ADD COLUMN chance REAL CHECK (chance BETWEEN 0 AND 1);
ALTER TABLE events ADD COLUMN chance REAL CHECK (chance BETWEEN 0 AND 1);

-- What the values of a property are; NULL if nobody has said. Choices are a JSON list of texts.
ALTER TABLE properties ADD COLUMN kind TEXT CHECK (kind IN ('text', 'number', 'day', 'choice'));
ALTER TABLE properties ADD COLUMN choices TEXT;

-- Lists of deals had their remarks with the opening.
UPDATE deals SET note = (SELECT e.note FROM events AS e
  WHERE e.deal_id = deals.id AND e.kind = 'opened' AND e.note <> '' ORDER BY e.id LIMIT 1)
WHERE import_id IN (SELECT id FROM imports WHERE what = 'deals');
UPDATE events SET note = NULL WHERE kind = 'opened' AND note IS NOT NULL AND deal_id IN (
  SELECT id FROM deals WHERE note IS NOT NULL);
`

export const dealDetails: Migration = {
  number: 18,
  name: 'deal-details',
  up: (database) => database.exec(statements),
}
