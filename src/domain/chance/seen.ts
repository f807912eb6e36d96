import type { StayCounts } from './stay-counts.ts'

/** A stage of a process, or (`stageId` null) the one state of a process without stages. */
export interface Place {
  processId: number
  stageId: number | null
  name: string
  /** The template's chance of winning from here, 0…1. */
  template: number | null
}

/** How many deals are won and how many lost. */
export interface Outcomes {
  won: number
  lost: number
}

/** What a book has seen of its deals up to the end of a day: everything that chances are learned from. */
export interface Seen {
  /** By process, then position. */
  places: readonly Place[]
  /** Stays by place: of deals whose history is known, and of those imported with only an outcome. */
  withWay: readonly StayCounts[]
  outcomeOnly: readonly StayCounts[]
  standing: Outcomes
}

/** The place after a place in its process; −1 after the last, and if there are no stages. */
export function nextPlace(places: readonly Place[], place: number): number {
  const here = places[place]
  const next = places[place + 1]
  const follows = next && here && next.processId === here.processId
  return follows && here.stageId !== null && next.stageId !== null ? place + 1 : -1
}
