import { addDays, type Day } from '../domain/day.ts'
import { compact, escaped, folded } from './content-lines.ts'

/** A day's entry in a calendar. */
export interface CalendarEvent {
  /** Unique in the world and the same whenever it is written, so that a calendar replaces it. */
  uid: string
  on: Day
  summary: string
  description: string
}

/**
 * An iCalendar file (RFC 5545) of all-day events that leave the day free, since most calendars show
 * events and leave out tasks.
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
    ...entries.flatMap(({ uid, on, summary, description }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTAMP:${moment}`,
      `DTSTART;VALUE=DATE:${compact(on)}`,
      `DTEND;VALUE=DATE:${compact(addDays(on, 1))}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map(folded).join('')
}
