import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

/**
 * A column of kinds of imports that knows tasks as well. A table that others refer to cannot be made
 * anew inside a transaction, so the column is: beside the old one, under whose name it then goes on.
 * The journal's triggers name the old one, and are made anew after each migration.
 */
const kinds = (table: string, column: string): string => `
DROP TRIGGER IF EXISTS journal_${table}_update;
DROP TRIGGER IF EXISTS journal_${table}_delete;
ALTER TABLE ${table} ADD COLUMN kinds TEXT NOT NULL DEFAULT 'clients'
  CHECK (kinds IN ('clients', 'deals', 'history', 'interactions', 'tasks'));
UPDATE ${table} SET kinds = ${column};
ALTER TABLE ${table} DROP COLUMN ${column};
ALTER TABLE ${table} RENAME COLUMN kinds TO ${column};
`

const origin = `
ALTER TABLE tasks ADD COLUMN import_id INTEGER REFERENCES imports (id);
ALTER TABLE tasks ADD COLUMN import_row INTEGER;
`

export const tasks: Migration = {
  number: 7,
  name: 'tasks',
  up: (database) =>
    database.exec(kinds('imports', 'what') + kinds('import_profiles', 'kind') + origin),
}
