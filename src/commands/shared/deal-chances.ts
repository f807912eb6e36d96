import { withWorth } from '../../book/worth.ts'
import type { Money } from '../../domain/money.ts'
import type { Db } from '../../book/store/db.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import type { Share } from '../../domain/share.ts'
import { readNames, readSorts } from '../../records/list-columns.ts'
import { chancesAsOf, type ChanceBy, type Chances } from '../../reports/chances.ts'

/** Where a deal stands, as far as its chance depends on it. */
interface DealInStage {
  status: string
  process_id: number
  stage_id: number | null
  /** The day it came into its stage, or the latest it can be. */
  since: Day
  amount: Money | null
  cost: Money | null
  /** Null is the book's. */
  currency: string | null
  /** In its own currency, if that is another one. */
  own_amount: Money | null
  own_cost: Money | null
  /** The chance that was set by hand. */
  chance_set: Share | null
}

/** The chance of a deal to be won; null if it is closed, or nothing is known of its stage. */
export interface DealChance {
  /** The one set by hand, else the one learnt. */
  chance: number | null
  /** What the chance is learnt from, or `set`. */
  chance_by: ChanceBy | 'set' | null
  /** What the book says by itself, and what that is learnt from. */
  chance_learnt: number | null
  chance_learnt_by: ChanceBy | null
  /** Amount × chance, in minor units. */
  weighted: number | null
}

const NONE: DealChance = {
  chance: null,
  chance_by: null,
  chance_learnt: null,
  chance_learnt_by: null,
  weighted: null,
}

type WithChance<D> = Omit<D, 'process_id' | 'stage_id' | 'since' | 'chance_set'> & DealChance

/**
 * Gives deals their chances as of a day, and open ones in another currency what they come to in the book's then;
 * leaves out the keys used to look these up. What chances are learnt from is read once, when a deal is open.
 */
export function chancesOf(
  db: Db,
  asOf: Day,
): <D extends DealInStage>(deals: readonly D[]) => Promise<WithChance<D>[]> {
  let learnt: Promise<Chances> | undefined
  const isOpen = ({ status }: DealInStage): boolean => status === 'open'
  return async (deals) => {
    if (deals.some(isOpen)) learnt ??= chancesAsOf(db, asOf)
    const chances = await learnt
    const chanceOf = (deal: DealInStage): DealChance => {
      const { process_id: process, stage_id: stage, since, amount, chance_set: set } = deal
      const own = chances?.of(process, stage, Math.max(0, daysBetween(since, asOf))) ?? null
      const chance = set ?? own
      if (!chances || chance === null) return NONE
      const weighted = amount === null ? null : Math.round(amount * chance)
      return {
        chance,
        chance_by: set === null ? chances.by : 'set',
        chance_learnt: own,
        chance_learnt_by: own === null ? null : chances.by,
        weighted,
      }
    }
    return (await withWorth(db, deals, asOf)).map((deal) => {
      const { process_id: _, stage_id: __, since: ___, chance_set: ____, ...shown } = deal
      return { ...shown, ...(isOpen(deal) ? chanceOf(deal) : NONE) }
    })
  }
}

/** Deals with their chances as of a day: see `chancesOf`. */
export function withChances<D extends DealInStage>(
  db: Db,
  deals: readonly D[],
  asOf: Day,
): Promise<WithChance<D>[]> {
  return chancesOf(db, asOf)(deals)
}

/** What a list of deals is sorted by. */
interface Order {
  /** First, the chance or the amount × chance, which the book does not keep. */
  chance: { key: 'chance' | 'weighted'; descending: boolean } | null
  /** Then columns of the book, as they are typed. */
  book: string
}

function chanceKey(name: string): 'chance' | 'weighted' | null {
  const plain = name.toLowerCase()
  return plain === 'chance' || plain === 'weighted' ? plain : null
}

/**
 * Reads what a list of deals is sorted by: `-weighted,client`.
 * @throws Fault `usage` if a chance is not the first.
 */
export function readOrder(text = ''): Order {
  const [first, ...rest] = readSorts(text)
  const key = first ? chanceKey(first.name) : null
  const late = rest.find(({ name }) => chanceKey(name) !== null)
  if (late) {
    const hint = `write it first, as in --sort -${late.name},client`
    throw new Fault('usage', `deals can be sorted by ${late.name} first, or not at all`, hint)
  }
  if (!first || !key) return { chance: null, book: text }
  return { chance: { key, descending: first.descending }, book: readNames(text).slice(1).join(',') }
}

/** Deals sorted by their chances, if these are asked for; those without one come last. */
export function byChance<D extends DealChance>(
  deals: D[],
  { chance }: Order,
  limit: number | undefined,
): D[] {
  if (!chance) return deals
  const { key, descending } = chance
  const sign = descending ? -1 : 1
  const value = (deal: D): number => (deal[key] === null ? Infinity : sign * deal[key])
  const sorted = deals.toSorted((a, b) => (value(a) === value(b) ? 0 : value(a) - value(b)))
  return limit === undefined ? sorted : sorted.slice(0, limit)
}
