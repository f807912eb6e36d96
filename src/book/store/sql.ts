import { type RawBuilder, sql } from 'kysely'

// SQL that databases write in different ways, each piece under a name for what it means. All other SQL
// outside a store is of the kind that SQLite and PostgreSQL share.
export {
  cellOf,
  contains,
  containsText,
  dayAfter,
  epochDay,
  fieldOf,
  ignoringCase,
  joinedTexts,
  listed,
  listedTexts,
  recordsOf,
  THEN_JOIN,
  unindexed,
  valuesAt,
  valuesOf,
} from './kind.ts'

type Direction = 'asc' | 'desc'

const DIRECTIONS = { asc: sql`ASC`, desc: sql`DESC` }

/** The end of an ORDER BY where rows without a value come last. Left to themselves, databases differ. */
export function nullsLast(value: RawBuilder<unknown>, direction: Direction): RawBuilder<unknown> {
  return sql`(${value}) IS NULL, ${value} ${DIRECTIONS[direction]}`
}

/** The same where they come first. */
export function nullsFirst(value: RawBuilder<unknown>, direction: Direction): RawBuilder<unknown> {
  return sql`(${value}) IS NOT NULL, ${value} ${DIRECTIONS[direction]}`
}
