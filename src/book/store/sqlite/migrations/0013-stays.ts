import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- The course of deals as reports read it, many deals a row: follows from deals and events, and is never
-- journaled. It is filled by the program when a book has come to this schema.
CREATE TABLE stays (
  block INTEGER PRIMARY KEY,
  deals BLOB NOT NULL
) STRICT;
`

export const stays: Migration = {
  number: 13,
  name: 'stays',
  up: (database) => database.exec(statements),
  emptiesStays: true,
}
