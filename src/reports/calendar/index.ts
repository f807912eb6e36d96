import { addDays, type Day, daysBetween, weekday, weekdayName } from '../../domain/day.ts'
import { durationText } from '../../domain/duration.ts'
import type { Column, Report, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { MINUTES_PER_DAY, timeAt } from '../../domain/time-of-day.ts'
import type { WorkingHours } from '../../domain/working-hours.ts'
import { describeItem } from '../today.ts'
import {
  type Appointment,
  type Entry,
  freeTimes,
  inOrder,
  isAppointment,
  lastDay,
  overlaps,
  partOn,
  spanOf,
  USUAL_MINUTES,
} from './plan.ts'

const ENTRIES: Column[] = [
  { key: 'day', label: 'Day', type: 'day' },
  { key: 'time', label: 'From', type: 'text' },
  { key: 'end', label: 'To', type: 'text' },
  { key: 'end_day', label: 'Last day', type: 'day' },
  { key: 'minutes', label: 'Minutes', type: 'count' },
  { key: 'kind', label: 'What', type: 'text' },
  { key: 'text', label: 'Text', type: 'text' },
  { key: 'client', label: 'Client', type: 'text' },
  { key: 'client_id', label: 'Client no.', type: 'count' },
  { key: 'deal', label: 'Deal', type: 'text' },
  { key: 'deal_id', label: 'Deal no.', type: 'count' },
  { key: 'task', label: 'Task no.', type: 'count' },
  { key: 'interaction', label: 'Interaction no.', type: 'count' },
  { key: 'owner', label: 'Owner', type: 'text' },
  { key: 'overlaps', label: 'Overlaps', type: 'flag' },
]

const FREE: Column[] = [
  { key: 'day', label: 'Day', type: 'day' },
  { key: 'time', label: 'From', type: 'text' },
  { key: 'end', label: 'To', type: 'text' },
  { key: 'minutes', label: 'Minutes', type: 'count' },
]

/** What is asked of a calendar. */
export interface CalendarWish {
  from: Day
  to: Day
  hours: WorkingHours
  owner: string | null
  texts: readonly string[]
}

/** A line of the screen. */
interface Line {
  day: Day
  when: string
  what: string
  owner: string | null
}

/** `Harbour Foods: Show the plans (Cold store)`, with what it is unless it is a task. */
export function describeEntry({ kind, client, deal, text, id }: Entry): string {
  const isDone = kind === 'call' || kind === 'meeting'
  const said = isDone ? [kind, text].filter(Boolean).join(', ') : text
  const task = kind === 'task' || isDone ? id : null
  return describeItem({ client, deal, text: said, task })
}

/** The end of a day is 24:00, and not the 00:00 that it starts with. */
function timesText({ start, end }: { start: number; end: number }): string {
  return `${timeAt(start)}–${end === MINUTES_PER_DAY ? '24:00' : timeAt(end)}`
}

/** When an entry is on a day: `10:00–11:00`; one since the day before from midnight on. */
function whenOf(entry: Entry, day: Day): string {
  if (!isAppointment(entry)) return 'all day'
  const part = entry.minutes === null ? null : partOn(day, entry)
  return part === null ? entry.time : timesText(part)
}

function isWorkday(day: Day): boolean {
  return weekday(day) <= 5
}

interface DayPlan {
  day: Day
  entries: Entry[]
  free: { start: number; end: number }[]
}

/** Is an entry on a day, or since an earlier one until then? */
function isOn(day: Day, entry: Entry): boolean {
  return entry.day === day || (isAppointment(entry) && partOn(day, entry) !== null)
}

function planOf(day: Day, all: readonly Entry[], hours: WorkingHours): DayPlan {
  const entries = inOrder(all.filter((entry) => isOn(day, entry)))
  const taken = entries.filter(isAppointment).flatMap((entry) => partOn(day, entry) ?? [])
  return { day, entries, free: isWorkday(day) ? freeTimes(taken, hours) : [] }
}

function linesOf({ day, entries, free }: DayPlan): Line[] {
  const line = (entry: Entry) => ({
    at: isAppointment(entry) ? (partOn(day, entry)?.start ?? 0) : Number.MAX_SAFE_INTEGER,
    line: { day, when: whenOf(entry, day), what: describeEntry(entry), owner: entry.owner },
  })
  const gaps = free.map(({ start, end }) => ({
    at: start,
    line: {
      day,
      when: timesText({ start, end }),
      what: `free, ${durationText(end - start)}`,
      owner: null,
    },
  }))
  const lines = [...entries.map(line), ...gaps].toSorted((a, b) => a.at - b.at)
  if (lines.length === 0) return [{ day, when: '', what: 'nothing', owner: null }]
  return lines.map(({ line: shown }) => shown)
}

/** How many overlaps a screen names. */
const NAMED = 10

function notesOf(
  plans: readonly DayPlan[],
  clashes: readonly [Appointment, Appointment][],
  isWeek: boolean,
): string[] {
  const named = clashes.slice(0, NAMED).map(([one, other]) => {
    const on = isWeek || one.day !== other.day ? `${one.day}: ` : ''
    const then = one.day === other.day ? other.time : `${other.day} ${other.time}`
    return `${on}${one.time} ${describeEntry(one)} overlaps with ${then} ${describeEntry(other)}`
  })
  const more = clashes.length - named.length
  const isGuess = plans.some(({ entries }) =>
    entries.some((entry) => isAppointment(entry) && entry.minutes === null),
  )
  return [
    ...named,
    ...(more > 0 ? [counted(more, 'more overlap')] : []),
    ...(isGuess ? [`what has no length is taken to last ${USUAL_MINUTES} minutes`] : []),
  ]
}

function entryRow(entry: Entry, clashing: ReadonlySet<Entry>): Row {
  const { kind, id, client, clientId, deal, dealId, owner, text, day, time, minutes } = entry
  const ends = isAppointment(entry) && minutes !== null
  return {
    day,
    time,
    end: ends ? timeAt(spanOf(entry).end) : null,
    end_day: ends ? lastDay(entry) : null,
    minutes,
    kind,
    text,
    client,
    client_id: clientId,
    deal,
    deal_id: dealId,
    task: kind === 'task' ? id : null,
    interaction: kind === 'call' || kind === 'meeting' ? id : null,
    owner,
    overlaps: clashing.has(entry),
  }
}

/** A day or several, by the hour: what is in them, what overlaps, and what is free on working days. */
export function calendarReport(all: readonly Entry[], wish: CalendarWish): Report {
  const { from, to, hours, owner, texts } = wish
  const isWeek = to > from
  const plans = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) =>
    planOf(addDays(from, index), all, hours),
  )
  const shownDays = plans.map(({ day }) => day)
  const clashes = overlaps(all.filter(isAppointment)).filter((pair) =>
    shownDays.some((day) => pair.every((entry) => partOn(day, entry) !== null)),
  )
  const clashing = new Set<Entry>(clashes.flat())
  const entries = [...new Set(plans.flatMap((plan) => plan.entries))]
  const lines = plans.flatMap(linesOf)
  const free = plans.flatMap(({ day, free: gaps }) =>
    gaps.map(({ start, end }) => ({
      day,
      time: timeAt(start),
      end: timeAt(end),
      minutes: end - start,
    })),
  )
  const shown: Column[] = [
    ...(isWeek
      ? ([
          { key: 'weekday', label: 'Day', type: 'text' },
          { key: 'day', label: 'Date', type: 'day' },
        ] satisfies Column[])
      : []),
    { key: 'when', label: 'When', type: 'text' },
    { key: 'what', label: 'What', type: 'text', wrap: true },
    ...(owner === null && lines.some((line) => line.owner !== null)
      ? ([{ key: 'owner', label: 'Owner', type: 'text', none: '' }] satisfies Column[])
      : []),
  ]
  return {
    name: 'calendar',
    title: isWeek ? `Calendar, ${from} to ${to}` : `Calendar, ${weekdayName(from)}, ${from}`,
    subtitle: [
      ...(owner === null ? [] : [`owner: ${owner}`]),
      ...(texts.length === 0 ? [] : [`where: ${texts.join(', ')}`]),
    ],
    currency: null,
    head: { from, to, owner, working_hours: { from: hours.from, to: hours.to } },
    sections: [
      {
        key: 'entries',
        columns: ENTRIES,
        rows: entries.map((entry) => entryRow(entry, clashing)),
        hidden: true,
      },
      { key: 'free', columns: FREE, rows: free, hidden: true },
      {
        key: 'days',
        columns: shown,
        rows: lines.map((line) => ({ ...line, weekday: weekdayName(line.day).slice(0, 3) })),
        spoken: true,
      },
    ],
    totals: null,
    totalColumns: [],
    notes: notesOf(plans, clashes, isWeek),
    charts: [],
    empty: '',
  }
}
