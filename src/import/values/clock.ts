/** The time of day after a date; with an offset it is a moment. */
export interface Clock {
  /** `10:05:00`, of 24 hours. */
  time: string
  /** `Z`, `+07:00`, or empty if the text names none. */
  zone: string
}

const TIME =
  /(?:(?<=\d)[Tt]|[\s,]+|(?<=[日号]))(?:at |um |à |a las |в |เวลา ?)?([上下]午|[AaPp]\.?[Mm]\.?)?\s*(\d{1,2})(?:[:h](\d{2})|:(\d{2}):(\d{2})(?:[.,]\d{1,9})?)?\s*([AaPp]\.?\s?[Mm]\.?)?\s*(?:Uhr|uhr|น\.?|ч\.?|h|hrs)?\s*(Z|z|UTC|GMT)?\s*([+-]\d{2}:?(?:\d{2})?)?(?:\s*\([^()]*\))?$/u
const COMPACT = /^(\d{8})T?(\d{2})(\d{2})(\d{2})?(?:\.\d{1,9})?(Z|[+-]\d{2}:?(?:\d{2})?)?$/
const MAY_HOLD_TIME = /\d[:h]\d\d|\d\s?[AaPp]\.?[Mm]|^\d{8}T?\d{4}/

function zoneOf(name: string | undefined, offset: string | undefined): string {
  if (offset === undefined) return name === undefined ? '' : 'Z'
  const digits = offset.replace(':', '')
  return `${digits.slice(0, 3)}:${digits.slice(3) || '00'}`
}

function hourOf(hour: number, half: string): number | null {
  if (half === '') return hour <= 23 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (/[Pp下]/.test(half) ? 12 : 0)
}

function clockOf(hour: number, minute: string, second: string, zone: string): Clock | null {
  if (+minute > 59 || +second > 60) return null
  const validZone = zone === '' || zone === 'Z' || (+zone.slice(1, 3) <= 18 && +zone.slice(4) <= 59)
  if (!validZone) return null
  // A leap second is the last one of its minute, as far as days are concerned.
  const seconds = second === '60' ? '59' : second
  return { time: `${String(hour).padStart(2, '0')}:${minute}:${seconds}`, zone }
}

/**
 * Separates a date from the time after it: `4.3.2024 14:05`, `03/04/2024 02:18 PM`,
 * `2024-03-04T10:00:00.000Z`, `4 mars 2024 à 10h30`. Null if the time is impossible.
 */
export function partTime(text: string): { date: string; clock: Clock | null } | null {
  if (!MAY_HOLD_TIME.test(text)) return { date: text, clock: null }
  const compact = COMPACT.exec(text)
  if (compact) {
    const [, date = '', hour = '', minute = '', second = '00', zone = ''] = compact
    const known = zone === 'Z' || zone === '' ? zone : zoneOf(undefined, zone)
    const clock = +hour > 23 ? null : clockOf(+hour, minute, second, known)
    return clock && { date, clock }
  }
  const match = TIME.exec(text)
  if (!match) return { date: text, clock: null }
  const [, before = '', hour = '', short, minute = short ?? '00', second = '00', after = ''] = match
  const half = before || after
  if (short === undefined && match[4] === undefined && half === '')
    return { date: text, clock: null }
  const hours = hourOf(+hour, half)
  const clock = hours === null ? null : clockOf(hours, minute, second, zoneOf(match[7], match[8]))
  return clock && { date: text.slice(0, match.index), clock }
}
