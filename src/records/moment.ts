import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'

/** When something happened and when it is being entered. */
export interface Moment {
  /** The day it happened. */
  on: Day
  /** Today, in the book's zone. */
  today: Day
  /** The moment of entry, in UTC, ISO text. */
  recordedAt: string
}

/** @throws Fault `usage` if the day is still to come. */
export function requirePast({ on, today }: Moment): void {
  if (on <= today) return
  throw new Fault('usage', `${on} is still to come (today is ${today})`, 'give a day up to today')
}
