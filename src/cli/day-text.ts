import { de, en, es, fr, ru } from 'chrono-node'
import { type Day, dayOf, partsOf, type Toward } from '../domain/day.ts'

/** Runs work as if this machine were in UTC, so that no clock change or zone moves a day. */
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
 * `1/12` is 1 December to some and 12 January to others; `2026-13-01` is not a day, though a reader
 * of words would swap its parts.
 */
const AMBIGUOUS = /^(\d{1,2}[./-]\d{1,2}([./-]\d{2,4})?|\d{4}[./-]\d{1,2}[./-]\d{1,2})$/

/** Words that point back whatever is asked for. */
const BACKWARD =
  /\b(last|past|previous|ago|letzte\w*|vorige\w*|vergangene\w*|vor|dernière?|passée?|il y a|hace|pasad[oa]|últim[oa])(?![\p{L}])|прошл|назад/iu

/** The hour that a day without one is read with. */
const NOON = 12

/** English first; another language only if English has nothing to say. */
const LANGUAGES = [[en], [de, es, fr, ru]] as const

/** What words mean: a day, and whether they give a time or a part of it too, such as its evening. */
export interface WordsRead {
  day: Day
  hasTime: boolean
}

function readIn(
  language: typeof en | typeof de,
  words: string,
  today: Day,
  toward: Toward,
): WordsRead | undefined {
  const { year, month, day } = partsOf(today)
  const forwardDate = toward === 'future' && !BACKWARD.test(words)
  const noon = new Date(year, month - 1, day, NOON)
  const [found] = language.parse(words, noon, { forwardDate })
  if (!found || found.text.length !== words.length || found.end) return undefined
  const { start } = found
  // “Nächsten Freitag” is the coming one to some, and next week's to others. A count of days is
  // certain of its weekday, too, and plain.
  const namesWeekday = start.isCertain('weekday') && !/\d/.test(words)
  if (language !== en && namesWeekday && !BACKWARD.test(words)) return undefined
  if (!(['day', 'weekday', 'month'] as const).some((part) => start.isCertain(part))) {
    return undefined
  }
  const at = (years: number): Day =>
    dayOf((start.get('year') ?? 0) - years, start.get('month') ?? 0, start.get('day') ?? 0)
  const thisYear = start.isCertain('month') && !start.isCertain('year')
  const read = at(toward === 'past' && thisYear && at(0) > today ? 1 : 0)
  return { day: read, hasTime: start.isCertain('hour') || start.get('hour') !== NOON }
}

/**
 * Reads a day in words: `in 2 weeks`, `1 Dec`, `next monday`, `3 days ago`, `in 2 Wochen`, `il y a 3
 * jours`. A day or month without a year falls on the side of `today` that is asked for. Undefined if
 * it is not a day, or two languages read two different days.
 */
export function readDayWords(text: string, today: Day, toward: Toward): WordsRead | undefined {
  const words = text.trim()
  if (AMBIGUOUS.test(words)) return undefined
  for (const languages of LANGUAGES) {
    const all = inUtc(() => languages.map((one) => readIn(one, words, today, toward)))
    const read = all.filter((one) => one !== undefined)
    const [first] = read
    if (first) return read.every(({ day }) => day === first.day) ? first : undefined
  }
  return undefined
}
