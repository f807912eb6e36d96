import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import type { Share } from '../domain/share.ts'
import { counted } from '../domain/text.ts'
import { lastGiven } from '../book/last-given.ts'
import type { DealsAsOf } from './deals-as-of.ts'
import type { By } from './family/declare.ts'
import { grouped } from './family/group.ts'
import { type Scope, within } from './scope.ts'

/** Open deals of a cell whose chance to win was set by hand to the same value. Amounts in minor units. */
export interface SetChance {
  deals: number
  amount: number
  /** Of them, in profit. */
  profit: number
  chance: Share
}

/** Where deals stand: what the cells of a report are told apart by. */
interface Place {
  groupValue: number | string | null
  processId: number
  stageId: number | null
  stageSince: string
  sinceKnown?: 0 | 1
}

function keyOf({ groupValue, processId, stageId, stageSince, sinceKnown }: Place): string {
  return [groupValue, processId, stageId, stageSince, sinceKnown].join('\n')
}

/**
 * The open deals whose chance to win was set by hand as of the scope's day, by where they stand.
 * @param profit the SQL of their profit.
 */
export async function setChances(
  deals: DealsAsOf,
  scope: Scope,
  by: By | null,
  profit: ReturnType<typeof sql<number | null>>,
): Promise<(cell: Place) => SetChance[]> {
  const rows = await grouped(within(deals, scope), by, 'd.opened_on')
    .where(sql<boolean>`d.id IN (SELECT deal_id FROM events WHERE chance IS NOT NULL)`)
    .select([
      'd.process_id as processId',
      'd.stage_id as stageId',
      'd.stage_since as stageSince',
      'd.since_known as sinceKnown',
      lastGiven<Share>('chance', ['opened', 'amended'], scope.asOf, 'd').as('chanceThen'),
      sql<number>`count(*)`.as('deals'),
      sql<number>`coalesce(sum(d.amount), 0)`.as('amount'),
      sql<number>`coalesce(sum(${profit}), 0)`.as('profit'),
    ])
    .groupBy([
      'd.process_id',
      'd.stage_id',
      'd.stage_since',
      'd.since_known',
      sql.ref('chanceThen'),
    ])
    .execute()
  const cells = new Map<string, SetChance[]>()
  for (const row of rows) {
    const { chanceThen: chance, deals: count, amount, profit: sum } = row
    if (chance === null) continue
    const key = keyOf(row)
    const known = cells.get(key) ?? []
    known.push({ deals: count, amount, profit: sum, chance })
    cells.set(key, known)
  }
  return (cell) => cells.get(keyOf(cell)) ?? []
}

/** The chances that were set by hand as of a day, by the numbers of their deals, open or not. */
export async function chancesSetBy(db: Db, asOf: Day): Promise<Map<number, Share>> {
  const rows = await db
    .selectFrom('deals as d')
    .where(sql<boolean>`d.id IN (SELECT deal_id FROM events WHERE chance IS NOT NULL)`)
    .select(['d.id', lastGiven<Share>('chance', ['opened', 'amended'], asOf, 'd').as('chance')])
    .execute()
  return new Map(rows.flatMap(({ id, chance }) => (chance === null ? [] : [[id, chance]])))
}

/** Says that the simulation goes by what the book has learnt. @param deals open ones with a chance set by hand. */
export function notSimulated(deals: number): string[] {
  if (deals === 0) return []
  return [
    `Not used here: the ${deals === 1 ? 'chance' : 'chances'} to win set by hand for ${counted(deals, 'open deal')}; ` +
      'funnel forecast --weighted uses them.',
  ]
}
