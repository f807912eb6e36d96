import { listGoals } from '../../book/goals.ts'
import { choice, defineCommand, option } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import {
  EVERY,
  type Every,
  GOAL_MEASURES,
  goalText,
  parseGoal,
  plainGoal,
} from '../../domain/goals/measures.ts'
import { type Goal, unitOf } from '../../domain/goals/spans.ts'
import { describePeriod, parsePeriod, type Period } from '../../domain/period.ts'
import { type Column, listReport } from '../../domain/table.ts'
import { wholeNumber } from '../../domain/whole-number.ts'
import { dropGoal, parseMeasure, setGoal } from '../../records/goals.ts'
import { find } from '../../records/lookup.ts'
import { requireActive } from '../../records/retired.ts'

const WHEN = 'add --every month, or --period 2026-12'

/** When a goal holds: in every month, quarter or year from a day on, or in one period. */
type When = Pick<Goal, 'every' | 'from' | 'to'>

function whenOf(
  {
    every,
    period,
    from,
  }: { every?: Every | undefined; period?: Period | undefined; from?: Period | undefined },
  today: Day,
): When {
  if (every !== undefined && period === undefined) {
    return { every, from: unitOf(every, from?.from ?? today).from, to: null }
  }
  if (every !== undefined) {
    throw new Fault('usage', 'a goal is for one period or for every one', WHEN)
  }
  if (period === undefined) throw new Fault('usage', 'a goal needs its time', WHEN)
  if (from !== undefined) {
    throw new Fault('usage', '--from says since when --every holds', 'leave out --from')
  }
  if (period.from === null || period.to === null) {
    throw new Fault('usage', 'a goal has a first and a last day', 'write --period 2026-12')
  }
  return { every: null, from: period.from, to: period.to }
}

/** `every month from 2026-01-01`, `2026-12`. */
function whenText({ every, from, to }: When): string {
  if (every === null) return describePeriod({ from, to })
  return `every ${every}${from === null ? '' : ` from ${from}`}`
}

const ownerText = (owner: string | null): string => owner ?? 'all'

export const set = defineCommand({
  description:
    `What an owner, or all together, are to reach. Measures: ${GOAL_MEASURES.join(', ')} (calls, ` +
    'meetings and messages that reached the client). A goal of one period takes the place of the ' +
    'one for every month, quarter or year; the latest --from that has begun counts, and one of 0 lifts it. A goal for the ' +
    'same owner, measure and time is changed. funnel report goals shows how far they have come.',
  arguments: [
    { syntax: '<measure>', help: 'what is counted' },
    { syntax: '<value>', help: 'what is to be reached: an amount, or a number' },
  ],
  options: {
    owner: option('--owner <owner>', 'who is to reach it; without it, all together'),
    period: periodOption('the days to reach it in: 2026-12, 2026-Q4, 2026-07-01..2026-09-30'),
    every: choice('--every <unit>', 'to be reached again in each', EVERY),
    from: option(
      '--from <period>',
      'with --every: the first period that it holds for (default: the present one)',
      async (text, context) => {
        const { settings } = await context.book()
        return parsePeriod(text, await context.today(), settings.firstWeekday)
      },
    ),
  },
  examples: [
    'goal set won-amount 30000 --every month',
    'goal set won-profit 8000 --owner Ann --period 2026-12',
    'goal set won-deals 12 --every quarter --from 2026-Q1',
  ],
  run: (context, [named = '', text = ''], { owner, ...options }) =>
    context.change({}, async (db) => {
      const { currency } = (await context.book()).settings
      const measure = parseMeasure(named)
      const value = parseGoal(text, measure, currency)
      const when = whenOf(options, await context.today())
      const who = owner === undefined ? null : await find(db, 'owner', owner)
      if (when.to === null || when.to >= (await context.today())) {
        await requireActive(db, 'owner', who?.id)
      }
      const { id, isNew } = await setGoal(db, { ownerId: who?.id ?? null, measure, ...when, value })
      const said = `${measure} of ${goalText(value, measure, currency)}, ${whenText(when)}, for ${ownerText(who?.name ?? null)}`
      return {
        summary: `${isNew ? 'set' : 'changed'} goal ${id}: ${said}`,
        result: { goal: id },
      }
    }),
})

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'owner', label: 'Owner', type: 'text', none: 'all' },
  { key: 'measure', label: 'Measure', type: 'text', whole: true },
  { key: 'when', label: 'When', type: 'text', spoken: true, worded: true },
  { key: 'every', label: 'Every', type: 'text', hidden: true },
  { key: 'from', label: 'From', type: 'day', hidden: true },
  { key: 'to', label: 'To', type: 'day', hidden: true },
  { key: 'goal', label: 'Goal', type: 'number', hidden: true },
  { key: 'value', label: 'Goal', type: 'text', spoken: true },
]

export const list = defineCommand({
  options: { owner: option('--owner <owner>', 'only those of this owner') },
  examples: ['goal list', 'goal list --owner Ann --json'],
  async run(context, _args, { owner }) {
    const { db, settings } = await context.book()
    const { currency } = settings
    const who = owner === undefined ? null : await find(db, 'owner', owner)
    const goals = (await listGoals(db)).filter((goal) => who === null || goal.ownerId === who.id)
    const rows = goals.map(({ id, owner: name, measure, every, from, to, value }) => ({
      id,
      owner: name,
      measure,
      when: whenText({ every, from, to }),
      every,
      from,
      to,
      goal: plainGoal(value, measure, currency),
      value: goalText(value, measure, currency),
    }))
    const section = { key: 'goals', columns: COLUMNS, rows }
    await context.print({
      ...listReport('goals', `Goals (${rows.length})`, section, {
        empty: 'No goals; funnel goal set won-amount AMOUNT --every month sets one.',
      }),
      head: { currency: currency.code },
    })
  },
})

export const drop = defineCommand({
  arguments: [{ syntax: '<number>', help: 'the number that goal list shows' }],
  options: {},
  examples: ['goal drop 1'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const id = wholeNumber(text, { what: 'the number of a goal', hint: 'see: funnel goal list' })
      const { measure, owner, ...when } = await dropGoal(db, id)
      return {
        summary: `dropped goal ${id}: ${measure}, ${whenText(when)}, for ${ownerText(owner)}`,
        result: { goal: id },
      }
    }),
})
