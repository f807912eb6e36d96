import { type Day, isDay } from '../../../domain/day.ts'
import type { TimeOfDay } from '../../../domain/time-of-day.ts'
import { knownZone } from '../../../domain/zone.ts'
import { momentOf } from '../../../domain/zone-time.ts'
import {
  aboutTask,
  CALENDAR_FIELDS,
  calendarProperty,
  type TaskRecord,
} from '../../../domain/task-record.ts'
import { cardText } from '../cards/lines.ts'
import { intervalOf } from './repeat.ts'
import type { Property } from './todos.ts'

/** A task of a calendar as cells, by the fields of a list of tasks. */
export interface CalendarTask {
  cells: Map<string, string>
  /** What no field takes, by names for people. */
  extras: Map<string, string>
  /** Was a time in a zone that this system does not know? It is taken as written. */
  isOfUnknownZone: boolean
  /** How many rules of repetition are not plain intervals. */
  rules: number
}

const STATUS: Record<string, TaskRecord['status']> = {
  'NEEDS-ACTION': 'open',
  'IN-PROCESS': 'open',
  COMPLETED: 'done',
  CANCELLED: 'dropped',
}

/** What is about the entry, or is read together with another property. */
const TECHNICAL =
  /^(?:UID|DTSTAMP|LAST-MODIFIED|SEQUENCE|CLASS|TRANSP|SUMMARY|DUE|STATUS|COMPLETED|CREATED|RRULE|DURATION|RELATED-TO|RECURRENCE-ID|REQUEST-STATUS|X-.*)$/

/** `PERCENT-COMPLETE` as `Percent complete`. */
function plainName(name: string): string {
  if (name === 'DTSTART') return 'Start'
  const words = name.replaceAll('-', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function textOf({ type, values, raw }: Property): string {
  if (type !== 'text') return cardText(raw)
  return values.map(String).join(', ').trim()
}

function isKnownZone(zone: string): boolean {
  return knownZone(zone) !== 'UTC' || /^(?:etc\/)?(?:utc|gmt|uct|zulu)$/i.test(zone)
}

/**
 * A day, or a day with its time, as ISO text, in UTC if it names a zone that is known; anything else as it is
 * written.
 */
function dateOf(property: Property | undefined): string {
  if (!property) return ''
  const written = writtenDate(property)
  const [day = '', time = ''] = written.split('T')
  const { zone } = property
  if (zone === null || !isDay(day) || !/^\d\d:\d\d:\d\d$/.test(time) || !isKnownZone(zone)) {
    return written
  }
  const moment = momentOf({ day, time: time.slice(0, 5) as TimeOfDay }, zone)
  return new Date(moment).toISOString()
}

function writtenDate(property: Property): string {
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\dZ?)?.*)?$/.exec(String(property.values[0]))
  const [, day, time] = found ?? []
  if (day === undefined) return property.raw.trim()
  return time === undefined ? day : `${day}T${time}`
}

const WEEK = 7

/** The day on which a span of days or weeks ends; empty for other spans. */
function endOf(start: string, duration: Property | undefined): string {
  const [, count, unit] = /^P(\d{1,4})([DW])$/.exec(duration?.raw.trim() ?? '') ?? []
  const day = Date.parse(start.slice(0, 10))
  if (count === undefined || Number.isNaN(day)) return ''
  const days = Number(count) * (unit === 'W' ? WEEK : 1)
  return new Date(day + days * 86_400_000).toISOString().slice(0, 10)
}

const SPAN = /^P(?:(\d{1,4})D)?T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,6}S)?$/
const MINUTE = 60_000

/** The minutes of a span with hours in it, `PT1H30M`; 0 for others. */
function minutesOf(duration: Property | undefined): number {
  const [, days = '0', hours = '0', minutes = '0'] = SPAN.exec(duration?.raw.trim() ?? '') ?? []
  return (Number(days) * 24 + Number(hours)) * 60 + Number(minutes)
}

/** The day by which a task is to be done, or when it begins and how many minutes it takes; 0 is unknown. */
function timesOf(start: string, due: string, duration: Property | undefined) {
  const length = minutesOf(duration)
  if (due === '') {
    return length > 0 && start.includes('T')
      ? { due: start, minutes: length }
      : { due: endOf(start, duration), minutes: 0 }
  }
  if (!start.includes('T') || start.slice(0, 10) !== due.slice(0, 10)) return { due, minutes: 0 }
  if (!due.includes('T')) return { due: start, minutes: 0 }
  const minutes = Math.round((Date.parse(due) - Date.parse(start)) / MINUTE)
  return minutes > 0 ? { due: start, minutes } : { due, minutes: 0 }
}

/** Reads a task. What this program wrote is taken from its own properties. */
export function readTask(properties: readonly Property[]): CalendarTask {
  const first = (name: string): Property | undefined =>
    properties.find((property) => property.name === name)
  const text = (name: string): string => {
    const property = first(name)
    return property ? textOf(property) : ''
  }
  const start = dateOf(first('DTSTART'))
  const { due, minutes } = timesOf(start, dateOf(first('DUE')), first('DURATION'))
  const dueDay = due.slice(0, 10)
  const completed = dateOf(first('COMPLETED'))
  const isWhole = text('PERCENT-COMPLETE') === '100'
  const said = text('STATUS').toUpperCase()
  const status = STATUS[said] ?? (said || (completed !== '' || isWhole ? 'done' : 'open'))
  const cells = new Map([
    ['text', text('SUMMARY')],
    ['due', due],
    ['minutes', minutes === 0 ? '' : String(minutes)],
    ['status', status],
    ['closed', status === 'open' ? '' : completed],
    ['added', dateOf(first('CREATED'))],
  ])
  const rules = properties.filter(({ name }) => name === 'RRULE')
  const [rule] = rules
  const day: Day | null = isDay(dueDay) ? dueDay : null
  const interval = rules.length === 1 ? intervalOf(rule?.values[0], day) : null
  if (interval !== null) cells.set('repeat', interval)
  for (const field of CALENDAR_FIELDS) {
    const value = text(calendarProperty(field))
    if (value !== '') cells.set(field, value)
  }
  return {
    cells,
    extras: extrasOf(properties, cells, start, due),
    isOfUnknownZone: [first('DTSTART'), first('DUE')].some(
      (property) => property?.zone != null && !isKnownZone(property.zone),
    ),
    rules: interval === null ? rules.length : 0,
  }
}

function extrasOf(
  properties: readonly Property[],
  cells: ReadonlyMap<string, string>,
  start: string,
  due: string,
): Map<string, string> {
  const extras = new Map<string, string>()
  const cell = (field: string): string | null => cells.get(field) ?? null
  const about = aboutTask({
    client: cell('client'),
    deal: cell('deal'),
    owner: cell('owner'),
    result: cell('result'),
  })
  for (const property of properties) {
    const { name } = property
    if (TECHNICAL.test(name)) continue
    const isFile = property.type === 'binary'
    const value = isFile ? 'a file' : name === 'DTSTART' ? start : textOf(property)
    const isSaid =
      (name === 'DESCRIPTION' && value === about) ||
      (name === 'DTSTART' &&
        (start === due || (due !== '' && start.slice(0, 10) === due.slice(0, 10)))) ||
      (name === 'PRIORITY' && value === '0') ||
      (name === 'PERCENT-COMPLETE' && /^(?:0|100)$/.test(value))
    if (isSaid || value === '') continue
    const key = plainName(name)
    const earlier = extras.get(key)
    extras.set(key, earlier === undefined ? value : `${earlier}\n${value}`)
  }
  return extras
}
