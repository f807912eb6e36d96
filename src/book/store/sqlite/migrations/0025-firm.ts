import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const named = `
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (name <> ''),
  name_key TEXT NOT NULL UNIQUE CHECK (name_key <> ''),
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),`

const text = (column: string): string => `${column} TEXT CHECK (${column} <> '')`

const statements = `
-- Your own company; the logo is in Base64.
CREATE TABLE company (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  only_one INTEGER NOT NULL DEFAULT 1 UNIQUE CHECK (only_one = 1),
  ${[
    'name',
    'street',
    'postcode',
    'town',
    'region',
    'country',
    'vat_id',
    'tax_number',
    'register',
    'e_address',
    'email',
    'phone',
    'website',
    'logo',
  ]
    .map(text)
    .join(',\n  ')},
  logo_kind TEXT CHECK (logo_kind IN ('png', 'jpeg', 'svg')),
  CHECK ((logo IS NULL) = (logo_kind IS NULL))
) STRICT;

-- Rates are in millionths; categories are those of EN 16931.
CREATE TABLE taxes (${named}
  rate INTEGER NOT NULL CHECK (rate BETWEEN 0 AND 1000000),
  category TEXT NOT NULL CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')),
  ${text('reason')},
  valid_from TEXT CHECK (valid_from = date(valid_from)),
  CHECK ((category = 'S') = (rate > 0))
) STRICT;

CREATE TABLE terms (${named}
  days INTEGER NOT NULL CHECK (days BETWEEN 0 AND 3650),
  end_of_month INTEGER NOT NULL DEFAULT 0 CHECK (end_of_month IN (0, 1)),
  discount INTEGER CHECK (discount BETWEEN 1 AND 1000000),
  discount_days INTEGER CHECK (discount_days BETWEEN 0 AND 3650),
  CHECK ((discount IS NULL) = (discount_days IS NULL))
) STRICT;

CREATE TABLE bank_accounts (${named}
  ${text('iban')},
  ${text('bic')},
  ${text('number')},
  ${text('sort_code')},
  currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),
  CHECK (iban IS NOT NULL OR number IS NOT NULL)
) STRICT;

ALTER TABLE clients ADD COLUMN terms_id INTEGER REFERENCES terms (id);
CREATE INDEX clients_terms ON clients (terms_id) WHERE terms_id IS NOT NULL;

-- The tax that a product's rate is that of.
ALTER TABLE products ADD COLUMN tax_id INTEGER REFERENCES taxes (id);
CREATE INDEX products_tax ON products (tax_id) WHERE tax_id IS NOT NULL;
`

export const firm: Migration = {
  number: 25,
  name: 'firm',
  up: (database) => database.exec(statements),
}
