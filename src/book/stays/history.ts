import { ByteWriter } from './bytes.ts'

/** How a stay ended; null while it has not. */
export type StayEnd = 'moved' | 'won' | 'lost' | null

/** Each ending is written as its index here; outcomes appear again for an unknown day. */
export const ENDS: readonly StayEnd[] = [null, 'moved', 'won', 'lost', 'won', 'lost']

/** Endings from here on have an unknown day. */
export const FIRST_UNDATED = 4

/** One visit of a stage. Days are counted from 1 January 1970, as `toEpochDay` has them. */
export interface Stay {
  /** 0 in a process without stages. */
  stage: number
  came: number
  /** Null while it has not ended. */
  gone: number | null
  end: StayEnd
  /** False if nobody knows the day of the outcome, and that of an import stands in. */
  endKnown?: boolean
}

/** The terms of a deal from a day on; amounts in minor units, null is unknown. */
export interface TermsFrom {
  day: number
  owner: number | null
  amount: number | null
  cost: number | null
}

/** Everything that figures about a deal's history need. */
export interface DealHistory {
  id: number
  client: number
  process: number
  source: number | null
  /** The latest stage of its process that it reached, from the deal's current row. */
  furthest: number | null
  outcomeOnly: boolean
  /** The day it was opened, and whether that is known or stands in for a day that nobody knows. */
  opened: number
  openedKnown: boolean
  /** The day of its last event. */
  last: number
  /** In order of day; the first are those it was opened with. */
  terms: TermsFrom[]
  /** In order; each begins on the day the one before it ended, or later if the deal was reopened. */
  stays: Stay[]
}

const scratch = new ByteWriter()

/** Days before 1970 are odd numbers. */
function signed(day: number): number {
  return day >= 0 ? day * 2 : -day * 2 - 1
}

/** The day that `signed` turned into a number. */
export function unsigned(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

/**
 * A history in bytes, without its id. Days are stored as differences, so that most take one byte: a deal with
 * five stays takes about 30 bytes.
 */
export function encodeHistory(history: DealHistory): Uint8Array {
  const { opened, terms, stays } = history
  scratch.number((history.outcomeOnly ? 1 : 0) + (history.openedKnown ? 2 : 0))
  scratch.number(history.client)
  scratch.number(history.process)
  scratch.optional(history.source)
  scratch.optional(history.furthest)
  scratch.number(signed(opened))
  scratch.number(history.last - opened)
  scratch.number(terms.length)
  let before = opened
  for (const { day, owner, amount, cost } of terms) {
    scratch.number(day - before)
    scratch.optional(owner)
    scratch.optional(amount)
    scratch.optional(cost)
    before = day
  }
  scratch.number(stays.length)
  before = opened
  for (const { stage, came, gone, end, endKnown = true } of stays) {
    const gap = came - before
    scratch.number(stage * 2 + (gap > 0 ? 1 : 0))
    if (gap > 0) scratch.number(gap)
    scratch.number(
      ((gone ?? came) - came) * ENDS.length + ENDS.indexOf(end, endKnown ? 0 : FIRST_UNDATED),
    )
    before = gone ?? came
  }
  return scratch.take()
}
