import { en } from 'chrono-node'
import { type Day, dayOf, partsOf, type Toward } from '../domain/day.ts'

/** Runs work as if this machine stood in UTC, so that no clock change or zone moves a day. */
function inUtc<T>(work: () => T): T {
  const before = process.env.TZ
  process.env.TZ = 'UTC'
  try {
    return work()
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
}

/**
 * `1/12` is 1 December to some and 12 January to others; `2026-13-01` is nothing, though a reader
 * of words would swap its parts.
 */
const AMBIGUOUS = /^(\d{1,2}[./-]\d{1,2}([./-]\d{2,4})?|\d{4}[./-]\d{1,2}[./-]\d{1,2})$/

/** Words that point back whatever is asked for. */
const BACKWARD = /\b(last|past|previous|ago)\b/i

/**
 * Reads a day in words: `in 2 weeks`, `1 Dec`, `next monday`, `3 days ago`. A day or month without
 * a year lies on the side of `today` that is asked for. Undefined where it is no day.
 */
export function readDayWords(text: string, today: Day, toward: Toward): Day | undefined {
  const words = text.trim()
  if (AMBIGUOUS.test(words)) return undefined
  const { year, month, day } = partsOf(today)
  const forwardDate = toward === 'future' && !BACKWARD.test(words)
  const [found] = inUtc(() => en.parse(words, new Date(year, month - 1, day, 12), { forwardDate }))
  if (!found || found.text.length !== words.length || found.end) return undefined
  const { start } = found
  if (!(['day', 'weekday', 'month'] as const).some((part) => start.isCertain(part))) {
    return undefined
  }
  const at = (years: number): Day =>
    dayOf((start.get('year') ?? 0) - years, start.get('month') ?? 0, start.get('day') ?? 0)
  const thisYear = start.isCertain('month') && !start.isCertain('year')
  return at(toward === 'past' && thisYear && at(0) > today ? 1 : 0)
}
