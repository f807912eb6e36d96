import { defineCommand, option } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { typedDay } from '../cli/typed-day.ts'
import { addDays, type Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { lengthInDays, parsePeriod } from '../domain/period.ts'
import { type Column, listReport } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import { addHolidays, dropHoliday, listHolidays } from '../records/holidays.ts'

const MOST = 366

/** One day, or all of `2026-12-24..2027-01-03`. */
async function readDays(context: Context, text: string): Promise<Day[]> {
  const { settings } = await context.book()
  const today = await context.today()
  if (!text.includes('..')) return [await typedDay(text, today, 'future', settings.locale)]
  const { from, to } = parsePeriod(text, today, settings.firstWeekday)
  if (from === null || to === null || lengthInDays(from, to) > MOST) {
    const hint = 'write a day, or 2026-12-24..2027-01-03'
    throw new Fault('usage', `“${text}” is too long for holidays`, hint)
  }
  return Array.from({ length: lengthInDays(from, to) }, (_, at) => addDays(from, at))
}

const COLUMNS: Column[] = [
  { key: 'day', label: 'Day', type: 'day' },
  { key: 'name', label: 'Name', type: 'text' },
]

export const add = defineCommand({
  description:
    'The pace of goals leaves them out. Weekends are left out by the setting working-days.',
  arguments: [
    { syntax: '<day>', help: 'a day, or several: 2026-12-24..2027-01-03' },
    { syntax: '[name...]', help: 'what it is called' },
  ],
  options: {},
  examples: ['holiday add 2026-12-25 Christmas', 'holiday add 2026-12-28..2026-12-31 "Closed"'],
  run: (context, [text = '', ...name]) =>
    context.change({}, async (db) => {
      const days = await readDays(context, text)
      const kept = await addHolidays(db, days, name.join(' '))
      const named = kept.map((holiday) => `${holiday.day} ${holiday.name}`).join(', ')
      const still = kept.length === 0 ? '' : ` (still called: ${named})`
      const what = days.length === 1 ? `${days[0]} is a holiday` : counted(days.length, 'holiday')
      return {
        summary: `${what}${still}`,
        result: { days },
      }
    }),
})

export const list = defineCommand({
  options: { year: option('--year <year>', 'only those of this year') },
  examples: ['holiday list', 'holiday list --year 2026 --json'],
  async run(context, _args, { year }) {
    const { db } = await context.book()
    const holidays = await listHolidays(db)
    const rows = holidays
      .filter(({ day }) => year === undefined || day.startsWith(`${year}-`))
      .map((row) => ({ ...row }))
    await context.print(
      listReport(
        'holidays',
        `Holidays (${rows.length})`,
        { key: 'holidays', columns: COLUMNS, rows },
        { empty: 'No holidays; funnel holiday add DAY adds one.' },
      ),
    )
  },
})

export const drop = defineCommand({
  arguments: [{ syntax: '<day>', help: 'a day, or several: 2026-12-24..2027-01-03' }],
  options: {},
  examples: ['holiday drop 2026-12-25'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const asked = await readDays(context, text)
      const known = new Set((await listHolidays(db)).map(({ day }) => day))
      const some = asked.filter((day) => known.has(day))
      const days = some.length === 0 ? asked : some
      for (const day of days) await dropHoliday(db, day)
      return {
        summary:
          days.length === 1
            ? `${days[0]} is not a holiday any more`
            : `${days.length} days are not holidays any more`,
        result: { days },
      }
    }),
})
