import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- What an owner, or all (NULL), are to reach of a measure: in one period, or in every month, quarter or year
-- from a day on (NULL: always).
CREATE TABLE goals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id INTEGER REFERENCES owners (id),
  measure TEXT NOT NULL CHECK (measure IN ('won-amount', 'won-profit', 'won-deals', 'contacts-made')),
  every TEXT CHECK (every IN ('month', 'quarter', 'year')),
  from_day TEXT CHECK (from_day = date(from_day)),
  to_day TEXT CHECK (to_day = date(to_day)),
  value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 1000000000000000),
  import_id INTEGER REFERENCES imports (id),
  import_row INTEGER,
  CHECK (every IS NOT NULL AND to_day IS NULL
    OR every IS NULL AND from_day IS NOT NULL AND to_day >= from_day)
) STRICT;
CREATE UNIQUE INDEX goals_once ON goals (
  coalesce(owner_id, 0), measure, coalesce(every, ''), coalesce(from_day, ''), coalesce(to_day, ''));

-- Days on which nobody works.
CREATE TABLE holidays (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL UNIQUE CHECK (day = date(day)),
  name TEXT CHECK (name <> '')
) STRICT;

-- The targets of a month were settings.
INSERT INTO goals (measure, every, value)
  SELECT CASE key WHEN 'target_deals' THEN 'won-deals' WHEN 'target_profit' THEN 'won-profit'
    ELSE 'won-amount' END, 'month', CAST(value AS INTEGER)
  FROM settings WHERE key IN ('target_amount', 'target_profit', 'target_deals')
    AND value <> '' AND length(value) <= 15 AND value NOT GLOB '*[^0-9]*' ORDER BY id;
DELETE FROM settings WHERE key IN ('target_amount', 'target_profit', 'target_deals');
`

export const goals: Migration = {
  number: 19,
  name: 'goals',
  up: (database) => database.exec(statements),
}
