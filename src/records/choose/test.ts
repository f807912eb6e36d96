import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { valuesOf } from '../../book/store/sql.ts'
import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import { type Condition, NONE, type Operator } from '../../domain/condition.ts'
import { Fault } from '../../domain/fault.ts'

/** A piece of SQL that is true or false. */
export type Truth = RawBuilder<SqlBool>

/** A condition on a client, for a query in which `clients` has the alias given. */
export type ClientTest = (client: string) => Truth

/** The chances of open deals that the book has learnt, by stage and days in it. */
export interface LearntChances {
  /** `age`, `stage` or `template`. */
  by: string
  of: (processId: number, stageId: number | null, days: number) => number | null
}

/** What conditions ask of their caller. */
export interface Aids {
  /** Gets what could not be compared. */
  note?: (text: string) => void
  /** Looked up only where a condition is about chances; without it, only those set by hand are known. */
  learnt?: () => Promise<LearntChances>
}

/** Turns a condition on one field into a test; names in it are looked up in the book. */
export type Compile = (
  db: Db,
  condition: Condition,
  today: Day,
  aids?: Aids,
) => ClientTest | Promise<ClientTest>

/** A column of the client that is being tested. */
export function column(client: string, name: string): RawBuilder<unknown> {
  return sql.ref(`${client}.${name}`)
}

/** True if a column holds one of some values, which are bound as one list. */
export function among(what: RawBuilder<unknown>, values: readonly (string | number)[]): Truth {
  return sql`${what} IN ${valuesOf(values)}`
}

/** An operator as SQL; only for operators that SQL has. */
export function sqlOperator(operator: Operator): RawBuilder<unknown> {
  return sql.raw(operator === '!=' ? '<>' : operator)
}

/** @throws Fault `usage` if the field cannot be compared in this way. */
export function allow({ field, operator }: Condition, operators: Operator[]): void {
  if (operators.includes(operator)) return
  throw new Fault(
    'usage',
    `${field} cannot be compared with ${operator}`,
    `use ${operators.join(' ')}`,
  )
}

/** The values that are asked for, and whether “not known” is one of them. */
export function splitNone({ operator, values }: Condition): { none: boolean; known: string[] } {
  if (operator !== '=' && operator !== '!=') return { none: false, known: values }
  const known = values.filter((value) => value.toLowerCase() !== NONE)
  return { none: known.length < values.length, known }
}

/**
 * A test from its positive form: `=` asks for any of the values, `!=` for none of them. What is not
 * known is different from every value.
 */
export function anyOf(
  condition: Condition,
  known: Truth,
  isOneOf: (values: string[]) => Truth,
): Truth {
  const { none, known: wanted } = splitNone(condition)
  const parts = [
    ...(none ? [sql<SqlBool>`NOT ${known}`] : []),
    ...(wanted.length > 0 ? [isOneOf(wanted)] : []),
  ]
  const positive = sql<SqlBool>`(${sql.join(parts, sql` OR `)})`
  return condition.operator === '!=' ? sql<SqlBool>`NOT ${positive}` : positive
}
