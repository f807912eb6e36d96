import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- Who ran the command; null where it was run before this was kept.
ALTER TABLE operations ADD COLUMN author TEXT CHECK (author <> '');
-- By which name the owner runs commands: whose --mine is.
ALTER TABLE owners ADD COLUMN user TEXT CHECK (user <> '');
CREATE UNIQUE INDEX owners_user ON owners (user) WHERE user IS NOT NULL;
`

export const authors: Migration = {
  number: 16,
  name: 'authors',
  up: (database) => database.exec(statements),
}
