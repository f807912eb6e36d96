import type { DealCounts } from '../book/stays/counts.ts'
import type { Db } from '../book/store/db.ts'
import { everWon } from '../domain/chance/ever-won.ts'
import { fitHazards } from '../domain/chance/hazards.ts'
import type { Seen } from '../domain/chance/seen.ts'
import { uncertain } from '../domain/chance/shown.ts'
import { noStays } from '../domain/chance/stay-counts.ts'
import type { Day } from '../domain/day.ts'
import { openDealsAsOf } from './deals-as-of.ts'
import { inProcessOrder, loadPlaces } from './stage-order.ts'

/** What a chance to win is learnt from: stage and age, the stage alone, or the template's assumption. */
export type ChanceBy = 'age' | 'stage' | 'template'

/** The chance that an open deal is won in the end, by its stage and how long it has been there. */
export interface Chances {
  by: ChanceBy
  /** Closed deals that it is learnt from, and those of them that were won. */
  closed: number
  won: number
  /**
   * @param age days since it entered its stage; the least it can be if nobody knows.
   * @returns 0.001…0.999; null if the template says nothing about the stage.
   */
  of: (processId: number, stageId: number | null, age: number) => number | null
}

const BY = { 'by-age': 'age', 'one-rate': 'stage', template: 'template' } as const

const key = (processId: number, stageId: number | null): string => `${processId}:${stageId ?? 0}`

/** What the book has seen of its deals by the end of a day, by the places of its processes. */
export async function seenAsOf(db: Db, asOf: Day, known?: DealCounts): Promise<Seen> {
  const counts = [...(known ?? (await (await openDealsAsOf(db, asOf)).counts()))]
  const places = inProcessOrder(await loadPlaces(db))
  const index = new Map(places.map(({ processId, stageId }, at) => [key(processId, stageId), at]))
  const placeOf = (process: number, stage: number): number => {
    const at = index.get(key(process, stage))
    if (at !== undefined) return at
    index.set(key(process, stage), places.length)
    places.push({ processId: process, stageId: stage || null, name: '', template: null })
    return places.length - 1
  }
  const standing = { won: 0, lost: 0 }
  const placed = counts.map(({ process, stage, outcomeOnly, stays, won, lost }) => {
    standing.won += won
    standing.lost += lost
    const next = new Map([...stays.next].map(([to, moves]) => [placeOf(process, to), moves]))
    return { place: placeOf(process, stage), outcomeOnly, stays: { ...stays, next } }
  })
  const seen = { places, withWay: places.map(noStays), outcomeOnly: places.map(noStays), standing }
  for (const { place, outcomeOnly, stays } of placed) {
    seen[outcomeOnly ? 'outcomeOnly' : 'withWay'][place] = stays
  }
  return seen
}

/**
 * The chances of open deals as the book had learnt them by the end of a day: by stage and age from 30
 * closed deals, by stage from 10, else as the templates say (`domain/chance/hazards`).
 * @param counts of the stays of all deals, if already known.
 */
export async function chancesAsOf(db: Db, asOf: Day, counts?: DealCounts): Promise<Chances> {
  const seen = await seenAsOf(db, asOf, counts)
  const { places, standing } = seen
  const index = new Map(places.map(({ processId, stageId }, at) => [key(processId, stageId), at]))
  const hazards = fitHazards(seen)
  const by = BY[hazards.ladder]
  const ever = everWon(hazards)
  return {
    by,
    closed: standing.won + standing.lost,
    won: standing.won,
    of(processId, stageId, age) {
      const place = index.get(key(processId, stageId))
      if (place === undefined) return null
      if (by === 'template') return places[place]?.template ?? null
      return uncertain(ever(place, age))
    },
  }
}
