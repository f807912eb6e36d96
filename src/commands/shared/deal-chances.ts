import type { Db } from '../../book/store/db.ts'
import { type Day, daysBetween } from '../../domain/day.ts'
import { chancesAsOf, type ChanceBy } from '../../reports/chances.ts'

/** Where a deal stands, as far as its chance depends on it. */
interface DealInStage {
  status: string
  process_id: number
  stage_id: number | null
  /** The day it came into its stage, or the last that it can be. */
  since: Day
  amount: number | null
}

/** The chance of a deal to be won; null where it is closed, or nothing is known of its stage. */
export interface DealChance {
  chance: number | null
  /** What the chance is learnt from. */
  chance_by: ChanceBy | null
  /** Amount × chance, in minor units. */
  weighted: number | null
}

const NONE: DealChance = { chance: null, chance_by: null, weighted: null }

/** Deals with their chances as of a day, and without the keys that these are looked up by. */
export async function withChances<D extends DealInStage>(
  db: Db,
  deals: readonly D[],
  asOf: Day,
): Promise<(Omit<D, 'process_id' | 'stage_id' | 'since'> & DealChance)[]> {
  const isOpen = ({ status }: DealInStage): boolean => status === 'open'
  const chances = deals.some(isOpen) ? await chancesAsOf(db, asOf) : null
  const chanceOf = ({ process_id: process, stage_id: stage, since, amount }: DealInStage) => {
    const chance = chances?.of(process, stage, Math.max(0, daysBetween(since, asOf))) ?? null
    if (!chances || chance === null) return NONE
    const weighted = amount === null ? null : Math.round(amount * chance)
    return { chance, chance_by: chances.by, weighted }
  }
  return deals.map((deal) => {
    const { process_id: _, stage_id: __, since: ___, ...shown } = deal
    return { ...shown, ...(isOpen(deal) ? chanceOf(deal) : NONE) }
  })
}
