import { Fault } from './fault.ts'

/** The longest that an appointment or a call may be, in minutes: a week. */
export const LONGEST_MINUTES = 10_080

const NUMBER = String.raw`(\d{1,5}(?:[.,]\d{1,2})?)`
const HOURS = String.raw`(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|ч\.?|час\p{L}*|ชม\.?|ชั่วโมง|小时)`
const MINUTES = String.raw`(?:m|mins?\.?|minutes?|minuten?|minutos?|мин\p{L}*\.?|นาที|分钟?)`
const IN_HOURS = new RegExp(`^${NUMBER}\\s*${HOURS}(?:\\s*(\\d{1,2})\\s*${MINUTES}?)?$`, 'iu')
const IN_MINUTES = new RegExp(`^${NUMBER}\\s*${MINUTES}$`, 'iu')
const CLOCK = /^(\d{1,3}):([0-5]\d)$/

function decimal(text: string): number {
  return Number(text.replace(',', '.'))
}

/**
 * Reads how long something takes, in minutes: `1h`, `1h30`, `1h 30m`, `1.5h`, `90m`, `90 min`, `1:30`.
 * Undefined for anything else, such as a number without a unit.
 * @example readDuration('1h30') // 90
 */
export function readDuration(text: string): number | undefined {
  const word = text.trim()
  const [, hours, rest = '0'] = IN_HOURS.exec(word) ?? CLOCK.exec(word) ?? []
  if (hours !== undefined) {
    return Number(rest) > 59 ? undefined : Math.round(decimal(hours) * 60) + Number(rest)
  }
  const [, minutes] = IN_MINUTES.exec(word) ?? []
  return minutes === undefined ? undefined : Math.round(decimal(minutes))
}

/**
 * Checks that something of that length can be kept. @param text as it was written, for the message.
 * @throws Fault `usage` for less than a minute, or more than a week.
 */
export function requireMinutes(minutes: number, text: string): number {
  if (minutes >= 1 && minutes <= LONGEST_MINUTES) return minutes
  const why = minutes < 1 ? 'under a minute' : 'over a week'
  const hint = 'write a length such as 45m or 1h30; when editing, none removes it'
  throw new Fault('usage', `“${text.trim()}” is ${why}`, hint)
}

/** Like `readDuration`. @throws Fault `usage` for anything else, for under a minute and over a week. */
export function parseDuration(text: string): number {
  const word = text.trim()
  const minutes = readDuration(word)
  if (minutes !== undefined) return requireMinutes(minutes, word)
  if (/^0+$/.test(word)) return requireMinutes(0, word)
  const bare = /^\d{1,4}$/.test(word)
  const why = bare ? `“${word}” has no unit` : `“${word}” is not a length of time`
  throw new Fault('usage', why, bare ? `write ${word}m or ${word}h` : 'write it as 1h, 1h30 or 90m')
}

/** A length as it is typed: 90 is `1h30`, 60 is `1h`, 45 is `45m`. */
export function durationText(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest}m`
  return rest === 0 ? `${hours}h` : `${hours}h${String(rest).padStart(2, '0')}`
}
