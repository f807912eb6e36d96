import { addDays, type Day } from '../domain/day.ts'
import { compact, escaped, folded, utc } from './content-lines.ts'

/** A day's entry in a calendar. */
export interface CalendarEvent {
  /** Unique in the world and the same whenever it is written, so that a calendar replaces it. */
  uid: string
  on: Day
  /** When it starts and ends, in milliseconds since 1970, if it has a time of day. */
  span?: { start: number; end: number }
  summary: string
  description: string
}

/**
 * An iCalendar file (RFC 5545) of events, since most calendars show events and leave out tasks: those with a time
 * are moments in UTC (3.3.5, form 2) and take it up, others are whole days and leave them free.
 * @param stamp the moment of writing, in UTC, ISO text.
 */
export function calendarOfEvents(entries: readonly CalendarEvent[], stamp: string): string {
  const moment = `${stamp.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//funnel//today//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...entries.flatMap(({ uid, on, span, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTAMP:${moment}`,
      ...(span
        ? [`DTSTART:${utc(span.start)}`, `DTEND:${utc(span.end)}`]
        : [`DTSTART;VALUE=DATE:${compact(on)}`, `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`]),
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      span ? 'TRANSP:OPAQUE' : 'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map(folded).join('')
}
