import { sql } from 'kysely'
import { FEWEST_CLOSED } from '../domain/chance/hazards.ts'
import { uncertain } from '../domain/chance/shown.ts'
import { smoothedShare } from '../domain/share.ts'
import type { DealsAsOf } from './deals-as-of.ts'
import type { StagePlace } from './stage-order.ts'

/** The chance to win from each stage of a process, learnt from its closed deals. */
export interface OwnProbabilities {
  /** Null if the process has too few closed deals, or nobody reached the stage. */
  of: (processId: number, stageId: number | null) => number | null
  closed: number
  won: number
}

/**
 * The book's own chance to win from each stage: of the closed deals that reached it, the share that
 * was won, smoothed: (won + ½) / (reached + 1), from 0.001 to 0.999. 12 won of 20 that reached it is
 * 0.595.
 */
export async function ownProbabilities(
  deals: DealsAsOf,
  places: readonly StagePlace[],
): Promise<OwnProbabilities> {
  const cells = await deals()
    .where('d.closed_on', 'is not', null)
    .select([
      'd.process_id as processId',
      'd.furthest_stage_id as stageId',
      'd.status as status',
      sql<number>`count(*)`.as('deals'),
    ])
    .groupBy(['d.process_id', 'd.furthest_stage_id', 'd.status'])
    .execute()
  const position = new Map(
    places.map((place) => [`${place.processId}:${place.stageId}`, place.position]),
  )
  const rank = (processId: number, stageId: number | null): number =>
    position.get(`${processId}:${stageId}`) ?? 0
  const count = (chosen: typeof cells): number =>
    chosen.reduce((total, cell) => total + cell.deals, 0)
  return {
    closed: count(cells),
    won: count(cells.filter((cell) => cell.status === 'won')),
    of(processId, stageId) {
      const own = cells.filter((cell) => cell.processId === processId)
      if (count(own) < FEWEST_CLOSED) return null
      const won = count(own.filter((cell) => cell.status === 'won'))
      const here = rank(processId, stageId)
      const lost = count(
        own.filter((cell) => cell.status === 'lost' && rank(processId, cell.stageId) >= here),
      )
      if (won + lost === 0) return null
      return uncertain(smoothedShare(won, won + lost))
    },
  }
}
