import type { StayCounts } from './stay-counts.ts'

/** A stage of a process, or (`stageId` null) the one state of a process without stages. */
export interface Place {
  processId: number
  stageId: number | null
  name: string
  /** The template's chance to win from here, 0…1. */
  template: number | null
}

/** How many deals stand as won and as lost. */
export interface Outcomes {
  won: number
  lost: number
}

/** What a book has seen of its deals up to the end of a day: all that chances are learnt from. */
export interface Seen {
  /** In the order of process, then position. */
  places: readonly Place[]
  /** Stays by place: of deals whose way is known, and of those that came with an outcome only. */
  withWay: readonly StayCounts[]
  outcomeOnly: readonly StayCounts[]
  standing: Outcomes
}

/** The place after a place in its process; −1 after the last, and where there are no stages. */
export function nextPlace(places: readonly Place[], place: number): number {
  const here = places[place]
  const next = places[place + 1]
  const follows = next && here && next.processId === here.processId
  return follows && here.stageId !== null && next.stageId !== null ? place + 1 : -1
}
