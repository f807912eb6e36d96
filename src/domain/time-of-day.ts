import { Fault } from './fault.ts'

declare const timeBrand: unique symbol

/** A time of day on the wall clock of the book's zone, to the minute, as text `HH:MM` of 24 hours. Sorts as text. */
export type TimeOfDay = string & { readonly [timeBrand]: 'TimeOfDay' }

const MINUTES_PER_HOUR = 60
export const MINUTES_PER_DAY = 1440

/** The time that lies so many minutes after midnight: 870 is `14:30`. Hours of later days go on from `00`. */
export function timeAt(minutes: number): TimeOfDay {
  const ofDay = ((minutes % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${two(Math.floor(ofDay / MINUTES_PER_HOUR))}:${two(ofDay % MINUTES_PER_HOUR)}` as TimeOfDay
}

/** Minutes since midnight, 0…1439. */
export function minuteOf(time: TimeOfDay): number {
  return Number(time.slice(0, 2)) * MINUTES_PER_HOUR + Number(time.slice(3))
}

/** True for `14:30`, not for `9:00` or `24:00`. */
export function isTimeOfDay(text: string): text is TimeOfDay {
  return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)
}

const BEFORE = String.raw`(?:(?:at|um|à|a las|в|เวลา)\s*)?`
const HALF = String.raw`([ap])\.?\s?m\.?`
const AFTER = String.raw`\s*(?:uhr|h|hrs|น\.?|ч\.?)?`
/** `14:30`, `9:05:00`, `14.30`, `14h30`, `2:30 pm`, `14:30 Uhr`. */
const WHOLE = new RegExp(
  `^${BEFORE}(\\d{1,2})[:.h](\\d{2})(?::\\d{2}(?:[.,]\\d+)?)?(?:\\s*${HALF}|${AFTER})$`,
  'iu',
)
/** `2pm`, `2 p.m.`. */
const HOUR_OF_HALF = new RegExp(`^${BEFORE}(\\d{1,2})\\s*${HALF}$`, 'iu')
/** `14 Uhr`, `14h`. */
const HOUR = new RegExp(`^${BEFORE}(\\d{1,2})\\s*(?:uhr|h|น\\.?)$`, 'iu')

function timeOf(hour: number, minute: number, half: string | undefined): TimeOfDay | undefined {
  if (minute > 59) return undefined
  if (half === undefined) return hour > 23 ? undefined : timeAt(hour * MINUTES_PER_HOUR + minute)
  if (hour < 1 || hour > 12) return undefined
  const hours = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return timeAt(hours * MINUTES_PER_HOUR + minute)
}

/**
 * Reads a time of day that stands alone: `14:30`, `9:05`, `14.30`, `14h30`, `14 Uhr`, `2pm`, `2:30 p.m.`,
 * `noon`. Seconds are left out. Undefined for anything else, and for hours and minutes that no clock shows.
 * @example readTime('2:30pm') // '14:30'
 */
export function readTime(text: string): TimeOfDay | undefined {
  const word = text.trim()
  if (/^(?:at )?noon$/i.test(word)) return timeAt(MINUTES_PER_DAY / 2)
  const [, hour, minute, half] = WHOLE.exec(word) ?? []
  if (hour !== undefined) return timeOf(Number(hour), Number(minute), half)
  const [, of12, ofHalf] = HOUR_OF_HALF.exec(word) ?? []
  if (of12 !== undefined) return timeOf(Number(of12), 0, ofHalf)
  const [, of24] = HOUR.exec(word) ?? []
  return of24 === undefined ? undefined : timeOf(Number(of24), 0, undefined)
}

/** The refusal of a text that is not a time of day. */
export function noTime(text: string): Fault {
  const word = text.trim()
  const hour = /^(?:at )?(\d{1,2})$/.exec(word)?.[1]
  if (hour !== undefined && Number(hour) >= 1 && Number(hour) <= 11) {
    const [early, late] = [timeAt(Number(hour) * 60), timeAt((Number(hour) + 12) * 60)]
    return new Fault('usage', `“${word}” can be ${early} or ${late}`, 'write one of the two')
  }
  const isPast = /^(?:2[4-9]|[3-9]\d)[:.h]?\d{0,2}$/.test(word)
  const why = isPast ? ': a day has the hours 0 to 23' : ''
  return new Fault('usage', `“${word}” is not a time of day${why}`, 'write it as 14:30 or 2:30pm')
}

/** Like `readTime`. @throws Fault `usage` for anything else. */
export function parseTime(text: string): TimeOfDay {
  const time = readTime(text)
  if (time === undefined) throw noTime(text)
  return time
}
