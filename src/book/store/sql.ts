// SQL that databases write in different ways, each piece under a name for what it means. All other SQL
// outside a store is of the kind that SQLite and PostgreSQL share.
export {
  contains,
  containsText,
  dayAfter,
  daysFrom,
  epochDay,
  epochDayText,
  fieldOf,
  ignoringCase,
  IN_ORDER,
  joinedTexts,
  listed,
  listedTexts,
  recordsOf,
  tally,
  THEN_JOIN,
  unindexed,
  valuesAt,
  valuesOf,
  visits,
} from './sqlite/sql.ts'
