import { WON } from '../domain/chance/stay-counts.ts'
import { type Ledger, NEVER } from './model/ledger.ts'
import { FEWEST_CLOSED, type Record as StageRecord } from './model/plan.ts'
import { selected, type Selection } from './model/deals-on-day.ts'

/** A stage, and what became of the closed deals that reached it. */
export interface ReachedStage {
  place: number
  name: string
  record: StageRecord
}

/** A closed deal: the furthest place that it reached. */
interface ClosedDeal {
  furthest: number
  won: boolean
}

/** The selected deals that stand as closed. */
export function closedDeals(ledger: Ledger, selection: Selection): ClosedDeal[] {
  const furthest = new Map<number, number>()
  const closed: ClosedDeal[] = []
  for (let v = 0; v < ledger.visitDeal.length; v += 1) {
    const deal = ledger.visitDeal[v] as number
    const term = (ledger.termStart[deal + 1] as number) - 1
    if (!selected(ledger, selection, deal, term)) continue
    const reached = Math.max(furthest.get(deal) ?? -1, ledger.visitPlace[v] as number)
    furthest.set(deal, reached)
    const last = ledger.visitDeal[v + 1] !== deal
    if (last && ledger.visitTo[v] !== NEVER) {
      closed.push({ furthest: reached, won: ledger.visitExit[v] === WON })
    }
  }
  return closed
}

/** How many of one process's closed deals reached a place, and how many were won. */
export function recordOf(closed: readonly ClosedDeal[], place: number): StageRecord {
  const reached = closed.filter((deal) => deal.won || deal.furthest >= place)
  return { reached: reached.length, won: reached.filter((deal) => deal.won).length }
}

/**
 * Of the closed deals selected, those of one process: how many reached each place, and how many were won. Under
 * ten of them the template's chances are shown too; a stage without one has that of the stage before.
 */
export function stageRecords(ledger: Ledger, selection: Selection): ReachedStage[] {
  const closed = closedDeals(ledger, selection)
  const few = closed.length < FEWEST_CLOSED
  let chance: number | null = null
  return ledger.places.flatMap(({ processId, name, template }, place) => {
    if (processId !== selection.processId) return []
    chance = template ?? chance
    const record = { ...recordOf(closed, place), template: few ? chance : null }
    return [{ place, name: name || '(no stages)', record }]
  })
}
