import type { Day } from './day.ts'
import { Fault } from './fault.ts'
import type { Money } from './money.ts'
import type { Share } from './share.ts'
import type { Rate } from './rate.ts'

/** Where a deal stands. */
export type DealStatus = 'open' | 'won' | 'lost'

export type EventKind = 'opened' | 'moved' | 'won' | 'lost' | 'reopened' | 'amended'

/** What is agreed about a deal, as far as known: amounts in minor units of its currency, null is unknown. */
export interface Terms {
  amount: Money | null
  cost: Money | null
  ownerId: number | null
  expectedClose: Day | null
  /** The chance to win that was set by hand, 0…1; null if the book's own is to be used. */
  chance: Share | null
  /** ISO 4217 code of another currency than the book's; null is the book's. */
  currency: string | null
}

/** The rate of a currency, as an event states it; null where none was known. */
interface Rated {
  currency?: string | null
  rate?: Rate | null
}

/**
 * One thing that happened to a deal. `opened` and `amended` state all terms as they are from then
 * on; `opened` and `moved` name the stage (null in a process without stages); `lost` may name a
 * reason. Events are ordered by day, then by id.
 */
export type DealEvent = { id: number; at: Day } & (
  | { kind: 'opened'; stageId: number | null; terms: Terms; dayKnown?: boolean }
  | { kind: 'moved'; stageId: number }
  | ({ kind: 'won' } & Rated)
  | ({ kind: 'lost'; reasonId: number | null } & Rated)
  | { kind: 'reopened' }
  | { kind: 'amended'; terms: Terms; rate?: Rate | null }
)

/** Everything about a deal's history that follows from its events. */
export interface DealState extends Terms {
  status: DealStatus
  /** The stage it is in, or was in when it closed; null in a process without stages. */
  stageId: number | null
  /** The latest stage of its process that it ever reached. */
  furthestStageId: number | null
  /** The day it entered its stage, or was reopened in it. */
  stageSince: Day
  openedOn: Day
  /** False if nobody knows the opening day, and `openedOn` stands in for it. */
  openedKnown: boolean
  /** False if it is still in its first stage and nobody knows when it was opened. */
  sinceKnown: boolean
  /** The day of its current outcome; null while it is open. */
  closedOn: Day | null
  reasonId: number | null
  /** The rate of its currency that it was closed with; null while it is open, and where none was known. */
  rate: Rate | null
}

/** The numbers of moves to the stage that the deal was in already; events in their order. */
export function repeatedMoves(events: readonly DealEvent[]): number[] {
  let stage: number | null = null
  const repeated: number[] = []
  for (const event of events) {
    if (event.kind !== 'opened' && event.kind !== 'moved') continue
    if (event.kind === 'moved' && event.stageId === stage) repeated.push(event.id)
    stage = event.stageId
  }
  return repeated
}

/** The order of a process's stages: a stage's rank, earliest lowest. */
export type StageRanks = ReadonlyMap<number, number>

function later(a: number | null, b: number, ranks: StageRanks): number {
  if (a === null) return b
  return (ranks.get(b) ?? -1) > (ranks.get(a) ?? -1) ? b : a
}

function start(event: DealEvent): DealState {
  if (event.kind !== 'opened') {
    throw new Fault('failed', `a deal cannot be ${event.kind} on ${event.at}, before it was opened`)
  }
  const { amount, cost, ownerId, expectedClose, chance, currency } = event.terms
  return {
    amount,
    cost,
    ownerId,
    expectedClose,
    chance,
    currency,
    status: 'open',
    stageId: event.stageId,
    furthestStageId: event.stageId,
    stageSince: event.at,
    openedOn: event.at,
    openedKnown: event.dayKnown !== false,
    sinceKnown: event.dayKnown !== false,
    closedOn: null,
    reasonId: null,
    rate: null,
  }
}

/** The rate of an event, if it is for the currency that the deal has. */
function rateFor({ currency }: DealState, event: Rated): Rate | null {
  return currency !== null && event.currency === currency ? (event.rate ?? null) : null
}

const NOT_OPEN_HINT = 'reopen it first: funnel reopen DEAL'

function requireOpen(state: DealState, event: DealEvent): void {
  if (state.status === 'open') return
  throw new Fault(
    'failed',
    `the deal is not open on ${event.at}: it was ${state.status} on ${state.closedOn}`,
    NOT_OPEN_HINT,
  )
}

function apply(state: DealState, event: DealEvent, ranks: StageRanks): DealState {
  switch (event.kind) {
    case 'opened':
      throw new Fault('failed', `the deal is already open since ${state.openedOn}`)
    case 'moved':
      requireOpen(state, event)
      return {
        ...state,
        stageId: event.stageId,
        furthestStageId: later(state.furthestStageId, event.stageId, ranks),
        stageSince: event.at,
        sinceKnown: true,
      }
    case 'won':
      requireOpen(state, event)
      return { ...state, status: 'won', closedOn: event.at, rate: rateFor(state, event) }
    case 'lost':
      requireOpen(state, event)
      return {
        ...state,
        status: 'lost',
        closedOn: event.at,
        reasonId: event.reasonId,
        rate: rateFor(state, event),
      }
    case 'reopened':
      if (state.status === 'open') {
        throw new Fault('failed', `the deal is open on ${event.at}; there is nothing to reopen`)
      }
      return {
        ...state,
        status: 'open',
        stageSince: event.at,
        sinceKnown: true,
        closedOn: null,
        reasonId: null,
        rate: null,
      }
    case 'amended':
      return {
        ...state,
        ...event.terms,
        rate: state.status === 'open' ? null : (event.rate ?? null),
      }
  }
}

/**
 * Where a deal stands after its events.
 * @param events in order of day, then id; the first must be `opened`.
 * @param ranks the order of the process's stages, for the furthest stage.
 * @throws Fault `failed` if an event cannot follow those before it, such as a loss of a won deal.
 */
export function stateOf(events: readonly DealEvent[], ranks: StageRanks): DealState {
  const [first, ...rest] = events
  if (!first) throw new Fault('failed', 'a deal without events has no state')
  return rest.reduce((state, event) => apply(state, event, ranks), start(first))
}

/** Events in the order in which they happened: by day, and within a day as they were recorded. */
export function inOrder<T extends { at: Day; id: number }>(events: readonly T[]): T[] {
  return events.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id - b.id))
}
