import type { Place } from '../../src/domain/chance/seen.ts'
import { LOST, MOVED, WON } from '../../src/domain/chance/stay-counts.ts'
import type { EventKind } from '../../src/domain/deal-state.ts'
import { type Ledger, ledgerBuilder, type LedgerDeal } from '../../src/forecast/model/ledger.ts'

/** An event of a made-up deal; `value` and `owner` count where terms are stated. */
export interface LedgerEvent {
  kind: EventKind
  day: number
  stageId: number | null
  value: number
  ownerId: number | null
  /** False for an outcome whose day nobody knows; else true. */
  dayKnown?: boolean
}

/** Makes a ledger of deals and their events, given deal by deal in the order they happened. */
export function ledgerOfEvents(places: readonly Place[]) {
  const builder = ledgerBuilder(places)
  let stage: number | null = null
  return {
    deal: (deal: LedgerDeal): void => builder.deal(deal),
    event({ kind, day, stageId, value, ownerId, dayKnown = true }: LedgerEvent): void {
      if (kind === 'opened' || kind === 'amended') builder.agree(day, value, ownerId)
      if (kind === 'amended') return
      if (kind === 'moved') builder.leave(MOVED, day)
      if (kind === 'opened' || kind === 'moved') stage = stageId
      if (kind === 'won' || kind === 'lost') {
        builder.leave(kind === 'won' ? WON : LOST, day, dayKnown)
      } else builder.enter(stage, day)
    },
    finish: (begunOn?: number | null): Ledger => builder.finish(begunOn),
  }
}
