import { type Day, fromEpochDay, toEpochDay } from '../domain/day.ts'
import { counted } from '../domain/text.ts'
import { FEWEST_DAYS, isOldEnough } from './model/arrivals.ts'
import type { Stream } from './model/stream.ts'

/** Why there is no rate of new deals yet; null if there is one, or none is needed. */
export function tooEarly(stream: Stream, asOf: Day): string | null {
  if (isOldEnough(stream, toEpochDay(asOf))) return null
  if (stream.begin !== null) {
    const begin = fromEpochDay(stream.begin)
    return `Too early for a rate of new deals: the book’s deals begin on ${begin}, ${FEWEST_DAYS} days are needed.`
  }
  return stream.leftOut.unknown > 0
    ? 'Too early for a rate of new deals: no opening day of a deal is known.'
    : 'Too early for a rate of new deals: no deal was opened yet.'
}

/** What is known of new deals, and which deals are not counted as new. */
export function newDealsNotes(stream: Stream, asOf: Day): string[] {
  const { count, begin, leftOut } = stream
  const early = tooEarly(stream, asOf)
  const none =
    count > 0 || begin === null
      ? []
      : [`No such deal was opened after ${fromEpochDay(begin)}, so none is expected to be.`]
  const left = [
    ...(leftOut.unknown > 0 ? [`${counted(leftOut.unknown, 'deal')} without an opening day`] : []),
    // If the book begins with a single deal, that goes without saying.
    ...(leftOut.begunWith > 1
      ? [`${counted(leftOut.begunWith, 'deal')} that the book began with`]
      : []),
  ]
  return [
    ...(early === null ? none : [early]),
    ...(left.length > 0 ? [`Not counted as new deals: ${left.join(', ')}.`] : []),
  ]
}
