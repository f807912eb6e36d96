import { defineCommand, flag, option } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { typedDay } from '../cli/typed-day.ts'
import { addDays, type Day, weekStart } from '../domain/day.ts'
import { parsePeriod } from '../domain/period.ts'
import { momentOf } from '../domain/zone-time.ts'
import { calendarReport, describeEntry } from '../reports/calendar/index.ts'
import { loadEntries } from '../reports/calendar/load.ts'
import { type Entry, isAppointment, spanOf } from '../reports/calendar/plan.ts'
import { ownerOf } from './me.ts'
import { chooseOptions, readChoice, WHERE_HELP } from './shared/choose-clients.ts'

const MINUTE = 60_000

/** A week as it is said or written, which a day of it is not meant by. */
const WEEK = /^(?:(this|next|last)[\s-]+week|\d{4}-w\d{1,2})$/i

/** The days that are meant: a day, or the week of one. */
async function daysOf(
  context: Context,
  text: string,
  asksWeek: boolean,
): Promise<{ from: Day; to: Day }> {
  const { settings } = await context.book()
  const today = await context.today()
  const [week, which] = WEEK.exec(text) ?? []
  if (week !== undefined && which === undefined) {
    const { from, to } = parsePeriod(week, today, settings.firstWeekday)
    if (from !== null && to !== null) return { from, to }
  }
  const shift = which === undefined ? 0 : { this: 0, next: 7, last: -7 }[which.toLowerCase()]
  const isWord = text === '' || week !== undefined
  const near: Day = isWord ? today : await typedDay(text, today, 'future', settings.locale)
  const day = addDays(near, shift ?? 0)
  if (!asksWeek && week === undefined) return { from: day, to: day }
  const from = weekStart(day, settings.firstWeekday)
  return { from, to: addDays(from, 6) }
}

async function writeEntries(context: Context, file: string, entries: readonly Entry[]) {
  const [{ bookUid }, { writeCalendar }] = await Promise.all([
    import('../records/book.ts'),
    import('../cli/calendar.ts'),
  ])
  const { db, settings } = await context.book()
  const book = await bookUid(db)
  const events = entries.map((entry) => {
    const event = {
      uid: `${entry.key}@${book}.funnel`,
      on: entry.day,
      summary: describeEntry(entry),
      description: entry.owner ?? '',
    }
    if (!isAppointment(entry)) return event
    const { start, end } = spanOf(entry)
    const moment = momentOf(entry, settings.timezone)
    return { ...event, span: { start: moment, end: moment + (end - start) * MINUTE } }
  })
  await writeCalendar(context, file, events)
}

export default defineCommand({
  description:
    'A day by the hour: open tasks with their times, calls and meetings that were held, the last ' +
    'days of deals in their stages, expected closes, and what is free of the working hours ' +
    '(funnel settings set working-hours 9-18) from Monday to Friday. Appointments that overlap are ' +
    `named. ${WHERE_HELP}`,
  arguments: [
    { syntax: '[day...]', help: 'which day, or a week: next week, 2026-W49; default: today' },
  ],
  options: {
    week: flag('--week', 'the whole week of that day'),
    owner: option('--owner <owner>', 'only what belongs to this owner (none: unassigned)'),
    mine: flag('--mine', 'only what is yours: you are FUNNEL_OWNER, else the owner linked to you'),
    ...chooseOptions,
    ics: option('--ics <file>', 'write everything to a calendar file instead (- is stdout)'),
  },
  examples: [
    'calendar',
    'calendar friday --owner Ann',
    'calendar next week',
    'calendar --week --ics week.ics',
  ],
  async run(context, words, options) {
    const { db, settings } = await context.book()
    const { from, to } = await daysOf(context, words.join(' ').trim(), options.week === true)
    const owner = await ownerOf(context, options)
    const { test, texts } = await readChoice(context, options)
    const clients = test && { test, texts }
    const entries = await loadEntries(db, { from, to, ownerId: owner?.id ?? null, clients })
    if (options.ics !== undefined) return writeEntries(context, options.ics, entries)
    const wish = { from, to, hours: settings.workingHours, owner: owner?.name ?? null, texts }
    await context.print(calendarReport(entries, wish))
  },
})
