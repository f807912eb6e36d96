import type { Day } from '../domain/day.ts'
import type { Scope } from '../reports/scope.ts'

/** What a snapshot is made for. Its scope's day is the end of the period, or today inside it. */
export interface SnapshotRequest {
  scope: Scope
  period: { from: Day; to: Day }
  /** The day on which it is read: what was due before is overdue. */
  readOn: Day
  /** Today, whatever day the snapshot looks back to. */
  today: Day
  /** What the forecast is of. */
  measure: 'profit' | 'amount'
}

/** At most this many lines of a list are on the page; a note counts the rest. */
export const LINES = 10

/** Lines of a list, and how many there are in all. */
export interface Listed<T> {
  lines: T[]
  all: number
}

/** The first lines of a list. */
export function firstLines<T>(list: readonly T[]): Listed<T> {
  return { lines: list.slice(0, LINES), all: list.length }
}
