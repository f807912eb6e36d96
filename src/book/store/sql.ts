import { type RawBuilder, sql } from 'kysely'

// SQL that differs between databases, each piece named after what it means. All other SQL outside a store
// works in both SQLite and PostgreSQL.
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

/** The end of an ORDER BY where rows without a value come last. By default, databases differ. */
export function nullsLast(value: RawBuilder<unknown>, direction: Direction): RawBuilder<unknown> {
  return sql`(${value}) IS NULL, ${value} ${DIRECTIONS[direction]}`
}

/** The same where they come first. */
export function nullsFirst(value: RawBuilder<unknown>, direction: Direction): RawBuilder<unknown> {
  return sql`(${value}) IS NOT NULL, ${value} ${DIRECTIONS[direction]}`
}
