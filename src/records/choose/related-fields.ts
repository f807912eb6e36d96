import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { contains } from '../../book/store/sql.ts'
import { contactMade } from '../../book/contact-made.ts'
import { type Condition, inOrder, NONE, type Operator } from '../../domain/condition.ts'
import { type ContactPointKind, parseContactPoint } from '../../domain/contact-point.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { namedIds } from './client-fields.ts'
import { propertyField } from './property-field.ts'
import {
  allow,
  among,
  anyOf,
  type ClientTest,
  column,
  type Compile,
  splitNone,
  sqlOperator,
  type Truth,
} from './test.ts'
import { wholeNumber } from '../../domain/whole-number.ts'

/** Clients that have a row in `source`, a subquery that selects `client_id`. */
function having(client: string, source: RawBuilder<unknown>): Truth {
  return sql`(${column(client, 'id')} IN (${source}))`
}

/** A test of the details of a client: `all` finds every such row, `fitting` those that match. */
function relatedRows(
  condition: Condition,
  all: RawBuilder<unknown>,
  fitting: (values: string[]) => RawBuilder<unknown>,
): ClientTest {
  return (client) =>
    anyOf(condition, having(client, all), (values) => having(client, fitting(values)))
}

const category: Compile = async (db, condition) => {
  allow(condition, ['=', '!=', '~'])
  const ids = await namedIds(db, 'category', condition)
  const all = sql`SELECT client_id FROM client_categories`
  return relatedRows(condition, all, () => sql`${all} WHERE ${among(sql.ref('category_id'), ids)}`)
}

/** True if a text column holds one of the texts. */
function containsAny(name: string, texts: string[]): Truth {
  return sql`(${sql.join(
    texts.map((text) => contains(sql.ref(name), text)),
    sql` OR `,
  )})`
}

function keyParts(kind: ContactPointKind, text: string): string {
  return kind === 'phone' ? text.replaceAll(/[^\d+]/g, '') : nameKey(text)
}

/** E-mail, phone, website. */
function reach(kind: ContactPointKind): Compile {
  return (_db, condition) => {
    allow(condition, ['=', '!=', '~'])
    const all = sql`SELECT client_id FROM contact_points WHERE kind = ${kind}`
    const { known } = splitNone(condition)
    const isPart = condition.operator === '~'
    const keys = known.map((text) =>
      isPart ? keyParts(kind, text) : parseContactPoint(kind, text).key,
    )
    const fits = isPart ? containsAny('key', keys) : among(sql.ref('key'), keys)
    return relatedRows(condition, all, () => sql`${all} AND ${fits}`)
  }
}

const contact: Compile = (_db, condition) => {
  allow(condition, ['=', '!=', '~'])
  const all = sql`SELECT client_id FROM contacts`
  return relatedRows(condition, all, (values) => {
    const keys = values.map(nameKey)
    const fits =
      condition.operator === '~' ? containsAny('name_key', keys) : among(sql.ref('name_key'), keys)
    return sql`${all} WHERE ${fits}`
  })
}

/** How many rows of a table a client has: those that have none are not in the table. */
function count(rows: RawBuilder<unknown>): Compile {
  return (_db, condition) => {
    const { operator } = condition
    allow(condition, ['=', '!=', '<', '<=', '>', '>='])
    const values = condition.values.map((value) => (value === NONE ? '0' : value))
    const number = wholeNumber(values.join(','), {
      what: 'a count',
      hint: 'write a whole number',
      least: 0,
    })
    const zero = inOrder(0 - number, operator)
    const fits = sql`count(*) ${sqlOperator(operator)} ${number}`
    const some = sql`${rows} GROUP BY client_id HAVING ${zero ? sql`NOT ${fits}` : fits}`
    return (client) => (zero ? sql`NOT ${having(client, some)}` : having(client, some))
  }
}

/** Reads how long ago: `30d`, `4w`, or a number of days. */
function daysIn(text: string): number {
  const [, number, unit] = /^(\d{1,5})\s*(d|w|days?|weeks?)?$/i.exec(text) ?? []
  if (number) return Number(number) * (unit?.toLowerCase().startsWith('w') ? 7 : 1)
  throw new Fault(
    'usage',
    `“${text}” is not a number of days`,
    'write it as last-contact>30d or >4w',
  )
}

const contacted = (client: string, when: Truth): Truth =>
  sql`EXISTS (SELECT 1 FROM interactions AS i WHERE i.client_id = ${column(client, 'id')}
    AND ${sql.raw(contactMade('i'))} AND ${when})`

const ALWAYS = sql<SqlBool>`true`

const lastContact: Compile = (_db, condition, today) => {
  const { operator, values } = condition
  allow(condition, ['=', '!=', '<', '<=', '>', '>='])
  const [text = ''] = values
  if (splitNone(condition).none) {
    return (client) => {
      const ever = contacted(client, ALWAYS)
      return operator === '=' ? sql`NOT ${ever}` : ever
    }
  }
  if (values.length > 1) throw new Fault('usage', 'last-contact takes one number of days')
  const then = addDays(today, -daysIn(text))
  return (client) => since(client, operator, then)
}

/** The last contact compared with a day; a client never contacted counts as longer ago than any. */
function since(client: string, operator: Operator, then: Day): Truth {
  const after = contacted(client, sql`i.at > ${then}`)
  const from = contacted(client, sql`i.at >= ${then}`)
  switch (operator) {
    case '<':
      return after
    case '<=':
      return from
    case '>':
      return sql`NOT ${from}`
    case '>=':
      return sql`NOT ${after}`
    case '!=':
      return sql`NOT (${from} AND NOT ${after})`
    default:
      return sql`(${from} AND NOT ${after})`
  }
}

/** The fields that are rows of other tables. */
export const relatedFields: Record<string, Compile> = {
  category,
  property: propertyField('client'),
  contact,
  email: reach('email'),
  phone: reach('phone'),
  website: reach('website'),
  'last-contact': lastContact,
  deals: count(sql`SELECT client_id FROM deals`),
  'open-deals': count(sql`SELECT client_id FROM deals WHERE closed_on IS NULL`),
  'won-deals': count(sql`SELECT client_id FROM deals WHERE status = 'won'`),
  'lost-deals': count(sql`SELECT client_id FROM deals WHERE status = 'lost'`),
}
