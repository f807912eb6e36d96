import { distance } from 'fastest-levenshtein'
import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { parseCondition } from '../../domain/condition.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { dealTest, sortConditions } from './deals.ts'
import { CLIENT_FIELDS as FIELDS, isAboutDeals } from './fields.ts'
import type { Aids, ClientTest } from './test.ts'

export type { ClientTest } from './test.ts'

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

/** Clients with at least one deal that passes a test. */
function havingDeal(test: ClientTest): ClientTest {
  return (client) => sql`(${sql.ref(`${client}.id`)} IN (
    SELECT having_deal.client_id FROM deals AS having_deal WHERE ${test('having_deal')}))`
}

/**
 * Turns conditions, all of which must be met, into one test that any query over clients can use:
 * `query.where(test('c'))`. Undefined if there are none. Values are bound, never written into the SQL.
 * Conditions on deals (`deal:tag=expo`) are met by a client with one deal that meets all of them.
 * @param texts as `parseCondition` reads them.
 * @param today the day that “days ago” are counted from.
 * @throws Fault `usage` if a condition cannot be read or a field is unknown; `not-found` if a name in it is
 *   unknown.
 */
export async function clientTest(
  db: Db,
  texts: readonly string[],
  today: Day,
  aids?: Aids,
): Promise<ClientTest | undefined> {
  const tests: ClientTest[] = []
  for (const text of texts) {
    if (isAboutDeals(text)) continue
    const condition = parseCondition(text)
    const compile = FIELDS[condition.field]
    if (!compile) throw await unknownField(db, condition.field)
    tests.push(await compile(db, condition, today, aids))
  }
  const { deals } = sortConditions(texts.filter(isAboutDeals))
  const ofDeals = await dealTest(db, deals, today, aids)
  if (ofDeals) tests.push(havingDeal(ofDeals))
  if (tests.length === 0) return undefined
  return (client) =>
    sql`(${sql.join(
      tests.map((test) => test(client)),
      sql` AND `,
    )})`
}
