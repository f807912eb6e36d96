import { distance } from 'fastest-levenshtein'
import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { parseCondition } from '../../domain/condition.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { relatedFields } from './related-fields.ts'
import { clientFields } from './client-fields.ts'
import type { ClientTest, Compile } from './test.ts'

export type { ClientTest } from './test.ts'

const FIELDS: Record<string, Compile> = { ...clientFields, ...relatedFields }

/** The names of the fields that a condition can ask about. */
const fieldNames: readonly string[] = Object.keys(FIELDS).map((name) =>
  name === 'property' ? 'property:NAME' : name,
)

async function unknownField(db: Db, field: string): Promise<Fault> {
  const properties = await db.selectFrom('properties').select(['name', 'name_key']).execute()
  const own = properties.find(({ name_key }) => name_key === nameKey(field))
  const [near] = Object.keys(FIELDS).toSorted((a, b) => distance(a, field) - distance(b, field))
  const hint = own
    ? `a value of your own is asked for as "property:${own.name}"`
    : near && distance(near, field) <= Math.max(1, Math.floor(field.length / 3))
      ? `did you mean ${near}?`
      : `there are ${fieldNames.join(', ')}`
  return new Fault('usage', `clients have no field “${field}”`, hint)
}

/** Does a condition ask about deals (`deal:amount>10000`)? */
export function isAboutDeals(text: string): boolean {
  return /^\s*deal:/i.test(text)
}

function aboutDeals(text: string): Fault {
  const hint = `only deal list takes it: funnel deal list --where "${text.trim()}"`
  return new Fault('usage', `“${text}” is a condition on deals, and these are clients`, hint)
}

/** Do clients have a field of that name? */
export function isClientField(field: string): boolean {
  return Object.hasOwn(FIELDS, field)
}

/**
 * Turns conditions, all of which must be met, into one test that any query over clients can use:
 * `query.where(test('c'))`. Undefined if there are none. Values are bound, never written into the SQL.
 * @param texts as `parseCondition` reads them.
 * @param today the day that “days ago” are counted from.
 * @param note gets the values that could not be compared.
 * @throws Fault `usage` if a condition cannot be read or a field is unknown; `not-found` if a name in it is
 *   unknown.
 */
export async function clientTest(
  db: Db,
  texts: readonly string[],
  today: Day,
  note?: (text: string) => void,
): Promise<ClientTest | undefined> {
  const tests: ClientTest[] = []
  for (const text of texts) {
    if (isAboutDeals(text)) throw aboutDeals(text)
    const condition = parseCondition(text)
    const compile = FIELDS[condition.field]
    if (!compile) throw await unknownField(db, condition.field)
    tests.push(await compile(db, condition, today, note))
  }
  if (tests.length === 0) return undefined
  return (client) =>
    sql`(${sql.join(
      tests.map((test) => test(client)),
      sql` AND `,
    )})`
}
