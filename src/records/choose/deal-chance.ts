import { sql, type SqlBool } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { parseChance } from '../../domain/chance/typed.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import {
  type Aids,
  allow,
  among,
  anyOf,
  column,
  type Compile,
  type LearntChances,
  splitNone,
  type Truth,
} from './test.ts'

/** Where an open deal is, as far as the chance depends on it that the book has learnt. */
const place = (deal: string): Truth =>
  sql`${column(deal, 'process_id')} || ':' || coalesce(${column(deal, 'stage_id')}, 0) || ':' ||
    ${column(deal, 'stage_since')}`

const isOpen = (deal: string): Truth => sql`${column(deal, 'closed_on')} IS NULL`

const isSet = (deal: string): Truth => sql`${column(deal, 'chance')} IS NOT NULL`

/** The places of open deals, with the chances that the book has learnt there. */
async function learntPlaces(
  db: Db,
  today: Day,
  { of }: LearntChances,
): Promise<{ place: string; chance: number }[]> {
  const cells = await db
    .selectFrom('deals as d')
    .select(['d.process_id as process', 'd.stage_id as stage', 'd.stage_since as since'])
    .where('d.closed_on', 'is', null)
    .groupBy(['d.process_id', 'd.stage_id', 'd.stage_since'])
    .execute()
  return cells.flatMap(({ process, stage, since }) => {
    const chance = of(process, stage, Math.max(0, daysBetween(since, today)))
    return chance === null ? [] : [{ place: `${process}:${stage ?? 0}:${since}`, chance }]
  })
}

/** Open deals whose chance passes a test: the one set by hand, else the one learnt. */
function passing(set: (value: Truth) => Truth, places: readonly string[]) {
  return (deal: string): Truth =>
    sql`(${isOpen(deal)} AND CASE WHEN ${isSet(deal)} THEN ${set(column(deal, 'chance') as Truth)}
      ELSE ${among(place(deal), places)} END)`
}

type Ordering = '=' | '<' | '<=' | '>' | '>='

const COMPARE: Record<Ordering, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

async function chances(db: Db, today: Day, { learnt }: Aids) {
  return learnt === undefined ? [] : learntPlaces(db, today, await learnt())
}

/** The chance to win of an open deal: `chance>50%`. Closed deals have none. */
export const dealChance: Compile = async (db, condition, today, aids = {}) => {
  allow(condition, ['=', '!=', '<', '<=', '>', '>='])
  const { known } = splitNone(condition)
  const wanted = known.map(parseChance)
  const learnt = await chances(db, today, aids)
  const positive = (condition.operator === '!=' ? '=' : condition.operator) as Ordering
  const passes = (chance: number): boolean => wanted.some((one) => COMPARE[positive](chance, one))
  const fits = passing(
    (value) =>
      sql`(${sql.join(
        wanted.map((one) => sql`${value} ${sql.raw(positive)} ${one}`),
        sql` OR `,
      )})`,
    learnt.filter(({ chance }) => passes(chance)).map((one) => one.place),
  )
  const any = passing(
    () => sql<SqlBool>`true`,
    learnt.map((one) => one.place),
  )
  return (deal) => anyOf(condition, any(deal), () => fits(deal))
}

const SOURCES = ['set', 'age', 'stage', 'template']

/** What the chance of an open deal comes from: `set`, or what it is learnt from. */
export const dealChanceBy: Compile = async (db, condition, today, aids = {}) => {
  const by = aids.learnt === undefined ? null : (await aids.learnt()).by
  const places = (await chances(db, today, aids)).map((one) => one.place)
  allow(condition, ['=', '!='])
  const unknown = splitNone(condition).known.find((value) => !SOURCES.includes(value.toLowerCase()))
  if (unknown !== undefined) {
    const message = `chance-by is never “${unknown}”`
    throw new Fault('usage', message, `it is one of ${SOURCES.join(', ')}`)
  }
  const any = passing(() => sql<SqlBool>`true`, places)
  return (deal) =>
    anyOf(condition, any(deal), (values) => {
      const named = new Set(values.map((value) => value.toLowerCase()))
      const set = named.has('set') ? sql<SqlBool>`true` : sql<SqlBool>`false`
      return passing(() => set, by !== null && named.has(by) ? places : [])(deal)
    })
}
