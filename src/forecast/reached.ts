import { type Ledger, NEVER, WON } from './model/ledger.ts'
import type { Record as StageRecord } from './model/plan.ts'
import { selected, type Selection } from './model/standings.ts'

/** A stage with what became of the closed deals that reached it. */
export interface ReachedStage {
  place: number
  name: string
  record: StageRecord
}

/** Of the closed deals selected, those of one process: how many reached each place, and were won. */
export function stageRecords(ledger: Ledger, selection: Selection): ReachedStage[] {
  const places = ledger.places.flatMap((place, at) =>
    place.processId === selection.processId ? [at] : [],
  )
  const furthest = new Map<number, number>()
  const outcome = new Map<number, boolean>()
  for (let v = 0; v < ledger.visitDeal.length; v += 1) {
    const deal = ledger.visitDeal[v] as number
    const term = (ledger.termStart[deal + 1] as number) - 1
    if (!selected(ledger, selection, deal, term)) continue
    furthest.set(deal, Math.max(furthest.get(deal) ?? -1, ledger.visitPlace[v] as number))
    const last = ledger.visitDeal[v + 1] !== deal
    if (last && ledger.visitTo[v] !== NEVER) outcome.set(deal, ledger.visitExit[v] === WON)
  }
  const closed = [...outcome].map(([deal, won]) => ({ won, furthest: furthest.get(deal) ?? 0 }))
  return places.map((place) => {
    const reached = closed.filter((deal) => deal.won || deal.furthest >= place)
    return {
      place,
      name: ledger.places[place]?.name || '(no stages)',
      record: { reached: reached.length, won: reached.filter((deal) => deal.won).length },
    }
  })
}
