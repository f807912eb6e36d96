import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** Whole days from one day to another. */
function daysFrom(from: RawBuilder<string>, to: RawBuilder<string>): RawBuilder<number> {
  return sql<number>`CAST(julianday(${to}) - julianday(${from}) AS INTEGER)`
}

/** A day as `toEpochDay` has it. */
export function epochDay(day: RawBuilder<string>): RawBuilder<number> {
  return daysFrom(sql`'1970-01-01'`, day)
}

/** The day a number of days after another; null if either is. */
export function dayAfter(
  day: RawBuilder<string>,
  days: RawBuilder<number | null>,
): RawBuilder<string | null> {
  return sql`date(${day}, '+' || ${days} || ' days')`
}

/** Does a text contain another, exactly? */
export function contains(text: RawBuilder<unknown>, part: string): RawBuilder<SqlBool> {
  return sql`instr(${text}, ${part}) > 0`
}

/** The same for a statement that is written as text. */
export function containsText(text: string, part: string): string {
  return `instr(${text}, ${part}) > 0`
}

/** Any number of values, bound as one, for `IN`. */
export function valuesOf<T extends number | string>(values: readonly T[]): RawBuilder<T> {
  return sql<T>`(SELECT value FROM json_each(${JSON.stringify(values)}))`
}

/** The same for a statement that is written as text; `listed` makes what is bound to the place. */
export function valuesAt(place: string): string {
  return `(SELECT value FROM json_each(${place}))`
}

/** Values as they are bound to the place of `valuesAt`. */
export function listed(values: readonly (number | string)[]): string {
  return JSON.stringify(values)
}

/** Any number of records, bound as one, as the rows of a table of that name. */
export function recordsOf(records: readonly object[], as: string): RawBuilder<unknown> {
  return sql`json_each(${JSON.stringify(records)}) AS ${sql.table(as)}`
}

/** A field of such a record. */
export function fieldOf<T>(as: string, name: string): RawBuilder<T> {
  return sql<T>`${sql.table(as)}.value ->> ${sql.lit(name)}`
}

/** A cell of such a record that is a list, counted from 0. */
export function cellOf<T>(as: string, index: number): RawBuilder<T> {
  return sql<T>`${sql.table(as)}.value ->> ${sql.lit(index)}`
}

/** The texts of the column `value` of a query in one, in its order; null if there is none. */
export function joinedTexts(query: RawBuilder<unknown>, separator: string): RawBuilder<unknown> {
  return sql`(SELECT group_concat(value, ${sql.lit(separator)}) FROM (${query}))`
}

/** The same as a list in JSON. */
export function listedTexts(query: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(SELECT nullif(json_group_array(value), '[]') FROM (${query}))`
}

/** A text by which others are compared that differ only in the case of Latin letters. */
export function ignoringCase(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${text} COLLATE NOCASE`
}

/** A column that is not to be looked up in an index, for a statement written as text. */
export function unindexed(column: string): string {
  return `+${column}`
}

/** Joins as JOIN does, but goes through the tables in the order in which they stand. */
export const THEN_JOIN: RawBuilder<unknown> = sql`CROSS JOIN`
