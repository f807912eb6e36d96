import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

/**
 * A column of kinds of imports that takes any word: which kinds there are is for the program to know. A table
 * that others refer to cannot be rebuilt inside a transaction, so the column is: next to the old one, under
 * whose name it then goes on. The journal's triggers name the old one, and are rebuilt after each migration.
 */
const kinds = (table: string, column: string): string => `
DROP TRIGGER IF EXISTS journal_${table}_update;
DROP TRIGGER IF EXISTS journal_${table}_delete;
ALTER TABLE ${table} ADD COLUMN kinds TEXT NOT NULL DEFAULT 'clients' CHECK (kinds <> '');
UPDATE ${table} SET kinds = ${column};
ALTER TABLE ${table} DROP COLUMN ${column};
ALTER TABLE ${table} RENAME COLUMN kinds TO ${column};
`

const flag = (column: string): string =>
  `${column} INTEGER NOT NULL DEFAULT 0 CHECK (${column} IN (0, 1))`
const large = (column: string): string => `CHECK (${column} BETWEEN 0 AND 1000000000000000)`

const tables = `
-- Prices and costs of one unit are in ten-thousandths of the currency's unit, quantities, discounts and tax
-- rates in millionths.
CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  code TEXT CHECK (code <> ''),
  code_key TEXT UNIQUE CHECK ((code_key IS NULL) = (code IS NULL)),
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
  text TEXT,
  unit TEXT,
  price INTEGER ${large('price')},
  cost INTEGER ${large('cost')},
  tax INTEGER CHECK (tax BETWEEN 0 AND 1000000),
  ${flag('retired')},
  import_id INTEGER REFERENCES imports (id),
  import_row INTEGER
) STRICT;

CREATE TABLE price_lists (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
  ${flag('retired')}
) STRICT;

-- Without a list, a price is for every client.
CREATE TABLE prices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  product_id INTEGER NOT NULL REFERENCES products (id),
  list_id INTEGER REFERENCES price_lists (id),
  from_quantity INTEGER NOT NULL ${large('from_quantity')},
  price INTEGER NOT NULL ${large('price')},
  valid_from TEXT CHECK (valid_from = date(valid_from)),
  valid_to TEXT CHECK (valid_to = date(valid_to)),
  CHECK (valid_from <= valid_to)
) STRICT;

ALTER TABLE clients ADD COLUMN price_list_id INTEGER REFERENCES price_lists (id);

-- net, cost_total and counts follow from the rest: in minor units what the line comes to and what it costs,
-- and whether it is part of the deal's amount.
CREATE TABLE deal_lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  deal_id INTEGER NOT NULL REFERENCES deals (id),
  position INTEGER NOT NULL CHECK (position > 0),
  product_id INTEGER REFERENCES products (id),
  text TEXT CHECK (text <> ''),
  quantity INTEGER NOT NULL CHECK (quantity > 0) ${large('quantity')},
  unit TEXT,
  price INTEGER NOT NULL ${large('price')},
  cost INTEGER ${large('cost')},
  discount INTEGER NOT NULL DEFAULT 0 CHECK (discount BETWEEN 0 AND 1000000),
  tax INTEGER CHECK (tax BETWEEN 0 AND 1000000),
  ${flag('optional')},
  alternative_of INTEGER REFERENCES deal_lines (id),
  ${flag('chosen')},
  net INTEGER NOT NULL ${large('net')},
  cost_total INTEGER ${large('cost_total')},
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  UNIQUE (deal_id, position),
  CHECK (product_id IS NOT NULL OR text IS NOT NULL),
  CHECK (alternative_of IS NULL OR optional = 0),
  CHECK (chosen = 0 OR optional = 1 OR alternative_of IS NOT NULL)
) STRICT;

CREATE INDEX prices_product ON prices (product_id);
CREATE INDEX deal_lines_product ON deal_lines (product_id, deal_id) WHERE product_id IS NOT NULL;
CREATE INDEX deal_lines_alternative ON deal_lines (alternative_of) WHERE alternative_of IS NOT NULL;
`

export const products: Migration = {
  number: 15,
  name: 'products',
  up: (database) =>
    database.exec(kinds('imports', 'what') + kinds('import_profiles', 'kind') + tables),
}
