import { sql, type SqlBool } from 'kysely'
import { contains } from '../../book/store/sql.ts'
import type { Db } from '../../book/store/db.ts'
import { type Condition, holds } from '../../domain/condition.ts'
import { parseAnyDay } from '../../domain/day-words.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { CLIENT_TEXTS, namesOf, tidied, wordFor } from '../../domain/text-fields.ts'
import { find } from '../lookup.ts'
import { allow, among, anyOf, column, type Compile, splitNone, sqlOperator } from './test.ts'

type Text = keyof typeof CLIENT_TEXTS

/** The distinct values of a column, each found by one step along its index. */
async function valuesOf(db: Db, name: Text): Promise<string[]> {
  const of = sql.ref(name)
  const { rows } = await sql<{ value: string }>`
    WITH RECURSIVE found (value) AS (
      SELECT min(${of}) FROM clients WHERE ${of} IS NOT NULL
      UNION ALL
      SELECT (SELECT min(${of}) FROM clients WHERE ${of} > found.value)
      FROM found WHERE found.value IS NOT NULL)
    SELECT value FROM found WHERE value IS NOT NULL`.execute(db)
  return rows.map(({ value }) => value)
}

/** Region, size, rating and the like: free text, compared without regard to spelling. */
function freeText(name: Text): Compile {
  return async (db, condition) => {
    const all = await valuesOf(db, name)
    const { operator } = condition
    return (client) => {
      const own = column(client, name)
      const isSet = sql<SqlBool>`(${own} IS NOT NULL)`
      return anyOf(condition, isSet, (values) => {
        const positive = operator === '!=' ? '=' : operator
        const spelt =
          positive === '~'
            ? values
            : values.map((value) => tidied(CLIENT_TEXTS[name], value) ?? value)
        const fitting = all.filter((value) => holds(value, positive, spelt))
        return sql`(${own} IS NOT NULL AND ${among(own, fitting)})`
      })
    }
  }
}

const byName: Compile = (_db, condition) => {
  const { operator } = condition
  const keys = condition.values.map(nameKey)
  return (client) => {
    const own = column(client, 'name_key')
    if (operator === '~') {
      const parts = keys.map((key) => contains(own, key))
      return sql`(${sql.join(parts, sql` OR `)})`
    }
    if (operator === '=') return among(own, keys)
    if (operator === '!=') return sql`NOT ${among(own, keys)}`
    return sql`${own} ${sqlOperator(operator)} ${keys[0] ?? ''}`
  }
}

/** Consent, kind, status: one of a few words. */
export function oneWord(name: 'consent' | 'kind' | 'status', words: readonly string[]): Compile {
  return (_db, condition) => {
    allow(condition, ['=', '!='])
    const values = condition.values.map((value) => {
      const word = value.toLowerCase()
      // `consent` alone asks for a known answer.
      if (word === 'none' && words.includes('unknown')) return 'unknown'
      if (words.includes(word)) return word
      throw new Fault('usage', `${name} is never “${value}”`, `it is one of ${words.join(', ')}`)
    })
    return (client) => {
      const positive = among(column(client, name), values)
      return condition.operator === '=' ? positive : sql`NOT ${positive}`
    }
  }
}

/** The tables of the dictionaries whose entries a record can name. */
const DICTIONARIES = {
  owner: 'owners',
  source: 'sources',
  stage: 'stages',
  process: 'processes',
  reason: 'reasons',
  category: 'categories',
  'price-list': 'price_lists',
  terms: 'terms',
} as const

type Dictionary = keyof typeof DICTIONARIES

/** Owner, source, stage and the like: looked up in their dictionaries. */
export function named(noun: Dictionary): Compile {
  return async (db, condition) => {
    allow(condition, ['=', '!=', '~'])
    const ids = await namedIds(db, noun, condition)
    return (client) => {
      const own = column(client, `${noun.replace('-', '_')}_id`)
      const isSet = sql<SqlBool>`(${own} IS NOT NULL)`
      return anyOf(condition, isSet, () => sql`(${own} IS NOT NULL AND ${among(own, ids)})`)
    }
  }
}

/** The entries of a dictionary that a condition asks for. @throws Fault `not-found` if one is unknown. */
export async function namedIds(db: Db, noun: Dictionary, condition: Condition): Promise<number[]> {
  const { known: texts } = splitNone(condition)
  if (condition.operator === '~') return containing(db, noun, texts)
  return Promise.all(texts.map(async (text) => (await find(db, noun, text)).id))
}

async function containing(db: Db, noun: Dictionary, texts: string[]): Promise<number[]> {
  const rows = await db.selectFrom(DICTIONARIES[noun]).select(['id', 'name']).execute()
  return rows.filter(({ name }) => holds(name, '~', texts)).map(({ id }) => id)
}

const added: Compile = (_db, condition, today) => {
  allow(condition, ['=', '!=', '<', '<=', '>', '>='])
  const days = condition.values.map((value) => parseAnyDay(value, today))
  return (client) => {
    const own = column(client, 'added_on')
    if (condition.operator === '=') return among(own, days)
    if (condition.operator === '!=') return sql`NOT ${among(own, days)}`
    return sql`${own} ${sqlOperator(condition.operator)} ${days[0]}`
  }
}

/** The fields that are columns of the client itself. */
export const clientFields: Record<string, Compile> = {
  name: byName,
  kind: oneWord('kind', ['company', 'person']),
  ...Object.fromEntries(
    namesOf(CLIENT_TEXTS, 'word', 'personal').map((name) => [wordFor(name), freeText(name)]),
  ),
  consent: oneWord('consent', ['yes', 'no', 'unknown']),
  owner: named('owner'),
  source: named('source'),
  'price-list': named('price-list'),
  terms: named('terms'),
  added,
}
