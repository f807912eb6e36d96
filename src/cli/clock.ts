import { type Day, isDay, withinReason } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { knownZone } from '../domain/zone.ts'
import type { Io } from './io.ts'

/**
 * Puts the process into a time zone. Node has no cheaper way to read a clock there: building an Intl formatter
 * costs 10 ms, a change of zone 1 ms. So the process stays in the zone of the book it works with.
 */
function standIn(timezone: string): void {
  if (process.env.TZ !== timezone) process.env.TZ = timezone
}

/** The day it is in a time zone. */
function dayIn(timezone: string, now: Date): Day {
  standIn(timezone)
  const year = String(now.getFullYear()).padStart(4, '0')
  const month = String(now.getMonth() + 1).padStart(2, '0')
  const day = String(now.getDate()).padStart(2, '0')
  return `${year}-${month}-${day}` as Day
}

function pretended(io: Io): Day | undefined {
  const text = io.env.FUNNEL_TODAY
  if (!text) return undefined
  if (isDay(text)) return withinReason(text, 'FUNNEL_TODAY')
  throw new Fault('usage', `FUNNEL_TODAY is “${text}”, which is not a day`, 'write 2026-11-23')
}

/** Today in a time zone, or the day that FUNNEL_TODAY pretends it is. */
export function today(io: Io, timezone: string): Day {
  return pretended(io) ?? dayIn(timezone, io.now())
}

/** The moment of entry in UTC, ISO text; noon of the day that FUNNEL_TODAY pretends it is. */
export function moment(io: Io): string {
  const day = pretended(io)
  return day ? `${day}T12:00:00.000Z` : io.now().toISOString()
}

/**
 * What the clock shows in a time zone at moments such as `2024-03-04T10:00:00+07:00`, and at local times, which
 * move where clocks jump over them: `2024-03-04T04:00`.
 */
export function localClock(timezone: string): (moment: string) => string {
  return (text) => {
    standIn(timezone)
    const then = new Date(text)
    const day = dayIn(timezone, then)
    const two = (part: number): string => String(part).padStart(2, '0')
    return `${day}T${two(then.getHours())}:${two(then.getMinutes())}`
  }
}

/** Turns moments into date and time in a time zone: `2026-11-23 13:00`. */
export function localTimes(timeZone: string): (moment: string) => string {
  // Swedish writes dates as ISO does.
  const format = new Intl.DateTimeFormat('sv', {
    timeZone: knownZone(timeZone),
    dateStyle: 'short',
    timeStyle: 'short',
  })
  return (text) => format.format(new Date(text))
}
