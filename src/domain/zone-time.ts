import { type Day, partsOf } from './day.ts'
import { Fault } from './fault.ts'
import { minuteOf, type TimeOfDay } from './time-of-day.ts'
import { knownZone } from './zone.ts'

const MS_PER_MINUTE = 60_000
const MS_PER_DAY = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Building one takes 10 ms, so each zone has one. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: knownZone(zone),
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(zone, made)
  return made
}

/** A day and a time of that day, on the wall clock. */
export interface WallTime {
  day: Day
  time: TimeOfDay
}

/** What clocks of a zone show at a moment, which is in milliseconds since 1970. */
function wallTime(moment: number, zone: string): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes, digits = 2): string =>
    (parts.get(name) ?? '').padStart(digits, '0')
  return {
    day: `${part('year', 4)}-${part('month')}-${part('day')}` as Day,
    time: `${part('hour')}:${part('minute')}` as TimeOfDay,
  }
}

/** The wall time as if it were in UTC, in milliseconds since 1970. */
function asUtc({ day, time }: WallTime): number {
  const { year, month, day: date } = partsOf(day)
  return Date.UTC(year, month - 1, date) + minuteOf(time) * MS_PER_MINUTE
}

/** How far clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  return asUtc(wallTime(moment, zone)) - Math.floor(moment / MS_PER_MINUTE) * MS_PER_MINUTE
}

/** The moments at which clocks of a zone show a time: none where they jump over it, two where they go back. */
function momentsOf(wall: WallTime, zone: string): { moments: number[]; before: number } {
  const local = asUtc(wall)
  const before = offsetAt(local - MS_PER_DAY, zone)
  const after = offsetAt(local + MS_PER_DAY, zone)
  const moments = [...new Set([before, after])]
    .filter((offset) => offsetAt(local - offset, zone) === offset)
    .map((offset) => local - offset)
  return { moments: moments.toSorted((a, b) => a - b), before: local - before }
}

/**
 * The moment at which clocks of a zone show a time, in milliseconds since 1970: the first of two where
 * they go back; where they go forward over it, as much later as they go.
 * @example momentOf({ day: '2026-03-29', time: '02:30' }, 'Europe/Berlin') // 03:30 there, 01:30 in UTC
 */
export function momentOf(wall: WallTime, zone: string): number {
  const { moments, before } = momentsOf(wall, zone)
  return moments[0] ?? before
}

/**
 * Checks that clocks of a zone show a time on that day. Returns what to tell a person who gave one that they
 * show twice; null usually.
 * @throws Fault `usage` if they jump over it, with the time to write instead.
 */
export function requireShown(wall: WallTime, zone: string): string | null {
  const { moments, before } = momentsOf(wall, zone)
  const { day, time } = wall
  if (moments.length === 0) {
    const message = `there is no ${time} on ${day} in ${zone}, as clocks go forward over it`
    throw new Fault('usage', message, `write ${wallTime(before, zone).time}`)
  }
  if (moments.length === 1) return null
  return `clocks show ${time} twice on ${day} in ${zone}; the first time is meant`
}
