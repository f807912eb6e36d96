import { distance } from 'fastest-levenshtein'
import { sql, type SqlBool } from 'kysely'
import { contains } from '../../book/store/sql.ts'
import type { Db } from '../../book/store/db.ts'
import { type Condition, parseCondition } from '../../domain/condition.ts'
import type { Day } from '../../domain/day.ts'
import { parseAnyDay } from '../../domain/day-words.ts'
import { parseMoney } from '../../domain/amount.ts'
import { Fault } from '../../domain/fault.ts'
import type { Currency } from '../../domain/money.ts'
import { nameKey } from '../../domain/name.ts'
import { DEAL_TEXTS, perField } from '../../domain/text-fields.ts'
import { dealChance, dealChanceBy } from './deal-chance.ts'
import { withProduct } from './deal-products.ts'
import { isAboutDeals, isClientField } from './fields.ts'
import { propertyField } from './property-field.ts'
import { amountSql } from '../../book/worth.ts'
import { parseCurrency } from '../../domain/settings.ts'
import { bookCurrency } from '../../book/locale.ts'
import { named, namedIds, oneWord } from './client-fields.ts'
import {
  type Aids,
  allow,
  among,
  anyOf,
  column,
  type Compile,
  splitNone,
  sqlOperator,
  type Truth,
} from './test.ts'

/** A condition on a deal, for a query in which `deals` has the alias given. */
export type DealTest = (deal: string) => Truth

const ORDERED = ['=', '!=', '<', '<=', '>', '>='] as const

/** A column of values that have an order, each read from its text; null is not known. */
function ordered<T extends string | number>(
  own: (deal: string) => Truth,
  read: (text: string, today: Day) => T,
): Compile {
  return (_db, condition, today) => {
    allow(condition, [...ORDERED])
    const { known: texts } = splitNone(condition)
    const values = texts.map((text) => read(text, today))
    return (deal) => {
      const value = own(deal)
      const isKnown = sql<SqlBool>`(${value} IS NOT NULL)`
      return anyOf(condition, isKnown, () => {
        const fits =
          condition.operator === '=' || condition.operator === '!='
            ? among(value, values)
            : sql`${value} ${sqlOperator(condition.operator)} ${values[0]}`
        return sql`(${isKnown} AND ${fits})`
      })
    }
  }
}

const own =
  (name: string) =>
  (deal: string): Truth =>
    sql`${column(deal, name)}`

function day(value: (deal: string) => Truth): Compile {
  return ordered(value, (text, today) => parseAnyDay(text, today))
}

/** An amount, in minor units of the book's currency; that of an open deal in another one as of today. */
function money(name: 'amount' | 'cost', currency: Currency): Compile {
  return async (db, condition, today) => {
    const amount = await amountSql(db, today)
    const compile = ordered(
      (deal) => sql`${amount(deal, name)}`,
      (text) => parseMoney(text, currency),
    )
    return compile(db, condition, today)
  }
}

/** The code of its currency, which is the book's unless the deal has another. */
function inCurrency({ code }: Currency): Compile {
  return (_db, condition) => {
    allow(condition, ['=', '!='])
    const codes = condition.values.map((text) => parseCurrency(text).code)
    return (deal) => {
      const its = sql`coalesce(${column(deal, 'currency')}, ${code})`
      return anyOf(condition, sql<SqlBool>`true`, () => among(its, codes))
    }
  }
}

type Text = 'ref' | keyof typeof DEAL_TEXTS

/** Title, need, reference: text, compared without regard to spelling. */
function textField(name: 'title' | Text): Compile {
  return async (db, condition) => {
    allow(condition, ['=', '!=', '~'])
    // The book folds no case but ASCII's; keys of titles are folded already.
    const folded = name === 'title' ? undefined : await foldedTexts(db, name, condition)
    return (deal) => {
      const value = column(deal, name)
      const isKnown = sql<SqlBool>`(${value} IS NOT NULL)`
      return anyOf(condition, isKnown, (values) => {
        if (folded) return sql`(${isKnown} AND ${among(column(deal, 'id'), folded)})`
        const title = column(deal, 'title_key')
        const keys = values.map(nameKey)
        if (condition.operator !== '~') return among(title, keys)
        const parts = keys.map((key) => contains(title, key))
        return sql`(${sql.join(parts, sql` OR `)})`
      })
    }
  }
}

/** The numbers of the deals whose text matches, folded here. */
async function foldedTexts(db: Db, name: Text, condition: Condition): Promise<number[]> {
  const keys = splitNone(condition).known.map(nameKey)
  const rows = await db
    .selectFrom('deals')
    .select(['id', `${name} as value`])
    .where(name, 'is not', null)
    .execute()
  const fits = (value: string): boolean =>
    condition.operator === '~'
      ? keys.some((key) => value.includes(key))
      : keys.some((key) => value === key)
  return rows.filter(({ value }) => fits(nameKey(value ?? ''))).map(({ id }) => id)
}

/** Open, won, lost; closed is won or lost. */
const status: Compile = (db, condition, today) => {
  const values = condition.values.flatMap((value) =>
    value.toLowerCase() === 'closed' ? ['won', 'lost'] : [value],
  )
  return oneWord('status', ['open', 'won', 'lost'])(db, { ...condition, values }, today)
}

/** A stand-in for an opening day that nobody knows is not a day to compare with. */
const openedOn = (deal: string): Truth =>
  sql`CASE WHEN ${column(deal, 'opened_known')} = 1 THEN ${column(deal, 'opened_on')} END`

/** Tags, by their names. */
const tag: Compile = async (db, condition) => {
  allow(condition, ['=', '!=', '~'])
  const ids = await namedIds(db, 'category', condition)
  const having = (deal: string, which: Truth): Truth =>
    sql`(${column(deal, 'id')} IN (SELECT deal_id FROM deal_tags WHERE ${which}))`
  return (deal) =>
    anyOf(condition, having(deal, sql`true`), () =>
      having(deal, among(sql.ref('category_id'), ids)),
    )
}

/** The person at the client, by name. */
const contact: Compile = (_db, condition) => {
  allow(condition, ['=', '!=', '~'])
  return (deal) => {
    const person = column(deal, 'contact_id')
    return anyOf(condition, sql`(${person} IS NOT NULL)`, (values) => {
      const keys = values.map(nameKey)
      const fits =
        condition.operator === '~'
          ? sql`(${sql.join(
              keys.map((key) => contains(sql.ref('name_key'), key)),
              sql` OR `,
            )})`
          : among(sql.ref('name_key'), keys)
      return sql`(${person} IS NOT NULL AND ${person} IN (SELECT id FROM contacts WHERE ${fits}))`
    })
  }
}

function dealFields(currency: Currency): Record<string, Compile> {
  return {
    title: textField('title'),
    status,
    stage: named('stage'),
    process: named('process'),
    owner: named('owner'),
    source: named('source'),
    reason: named('reason'),
    product: withProduct,
    amount: money('amount', currency),
    cost: money('cost', currency),
    currency: inCurrency(currency),
    opened: day(openedOn),
    closed: day(own('closed_on')),
    'expected-close': day(own('expected_close')),
    chance: dealChance,
    'chance-by': dealChanceBy,
    'stage-since': day(own('stage_since')),
    ...perField(DEAL_TEXTS, textField),
    tag,
    contact,
    property: propertyField('deal'),
    ref: textField('ref'),
  }
}

/** Fields by the names that their columns have elsewhere. */
const OTHER_NAMES: Partial<Record<string, string>> = {
  tags: 'tag',
  label: 'tag',
  category: 'tag',
  'opened-on': 'opened',
  'closed-on': 'closed',
  expected: 'expected-close',
}

/** In a list of deals, the client is asked for by its name. */
const CLIENT = /^\s*client(?=\s*[=!<>~])/i

/** An amount or a chance with commas in it, which would separate values elsewhere. */
const AMOUNT = /^(\s*(?:amount|cost|chance)\s*(?:!=|<=|>=|=|<|>)\s*)([\d.,' ]*,[\d.,' ]*%?)$/i

/** The conditions of a list of deals, by what they are about. */
export interface DealConditions {
  deals: Condition[]
  /** As they were written, for `clientTest`. */
  clients: string[]
}

/**
 * Sorts the conditions of a list of deals: `deal:owner=Ann` is about the deal, `owner=Ann` about its
 * client. Where clients have no such field the prefix can be left out: `amount>10000`.
 * @throws Fault `usage` if one cannot be read.
 */
export function sortConditions(texts: readonly string[]): DealConditions {
  const fields = dealFields({ code: 'EUR', digits: 2 })
  const sorted: DealConditions = { deals: [], clients: [] }
  for (const written of texts) {
    const isPrefixed = isAboutDeals(written)
    const bare = written.replace(/^\s*deal:/i, '')
    if (CLIENT.test(bare)) {
      sorted.clients.push(bare.replace(CLIENT, 'name'))
      continue
    }
    const read = parseCondition(bare.replace(AMOUNT, '$1"$2"'))
    const isOwn = isPrefixed || !isClientField(read.field)
    const field = (isOwn ? OTHER_NAMES[read.field] : undefined) ?? read.field
    const condition = { ...read, field }
    if (isPrefixed && !Object.hasOwn(fields, field)) throw unknownField(field, Object.keys(fields))
    const isDeals = isPrefixed || (!isClientField(field) && Object.hasOwn(fields, field))
    if (isDeals) sorted.deals.push(condition)
    else sorted.clients.push(written)
  }
  return sorted
}

function unknownField(field: string, names: string[]): Fault {
  const [near = ''] = names.toSorted((a, b) => distance(a, field) - distance(b, field))
  const isNear = distance(near, field) <= Math.max(1, Math.floor(field.length / 3))
  const hint = isNear
    ? `did you mean deal:${near}?`
    : `there are ${names.map((one) => (one === 'property' ? 'property:NAME' : one)).join(', ')}`
  return new Fault('usage', `deals have no field “${field}”`, hint)
}

/**
 * Turns conditions on deals, all of which must be met, into one test that a query over deals can use.
 * Undefined if there are none.
 * @throws Fault `usage` if a field cannot be compared like that; `not-found` if a name is unknown.
 */
export async function dealTest(
  db: Db,
  conditions: readonly Condition[],
  today: Day,
  aids?: Aids,
): Promise<DealTest | undefined> {
  if (conditions.length === 0) return undefined
  const fields = dealFields(await bookCurrency(db))
  const tests: DealTest[] = []
  for (const condition of conditions) {
    const compile = fields[condition.field]
    if (compile) tests.push(await compile(db, condition, today, aids))
  }
  return (deal) =>
    sql`(${sql.join(
      tests.map((test) => test(deal)),
      sql` AND `,
    )})`
}
