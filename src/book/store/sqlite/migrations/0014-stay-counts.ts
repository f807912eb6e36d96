import type { Database } from 'better-sqlite3'
import type { Migration } from './migration.ts'

// Frozen once released: a later change of the schema is a later migration.

const statements = `
-- What the stays of deals came to, by place: what chances to win are learnt from. Follows from stays, and
-- is never journaled. stage_id is 0 in a process without stages. Stays and counts are filled by the
-- program when a book has come to this schema.
CREATE TABLE stay_counts (
  process_id INTEGER NOT NULL,
  stage_id INTEGER NOT NULL,
  outcome_only INTEGER NOT NULL CHECK (outcome_only IN (0, 1)),
  counts TEXT NOT NULL,
  PRIMARY KEY (process_id, stage_id, outcome_only)
) STRICT;
DELETE FROM stays;
-- The day of an import in the book's time zone: what stands in for closing days that its file lacked.
ALTER TABLE imports ADD COLUMN day TEXT CHECK (day IS NULL OR day GLOB '????-??-??');
`

function dayImports(database: Database): void {
  const zone = database
    .prepare("SELECT value FROM settings WHERE key = 'timezone'")
    .pluck()
    .get() as string | undefined
  // Swedish writes days as ISO does.
  const format = (timeZone: string): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' })
  let local = format('UTC')
  try {
    local = format(zone ?? 'UTC')
  } catch {
    // A zone that this machine does not know: days are those of UTC.
  }
  const imports = database.prepare('SELECT id, at FROM imports').all() as {
    id: number
    at: string
  }[]
  const update = database.prepare('UPDATE imports SET day = ? WHERE id = ?')
  for (const { id, at } of imports) {
    const moment = Date.parse(at)
    if (!Number.isNaN(moment)) update.run(local.format(moment), id)
  }
}

export const stayCounts: Migration = {
  number: 14,
  name: 'stay-counts',
  up: (database) => {
    database.exec(statements)
    dayImports(database)
  },
  emptiesStays: true,
}
