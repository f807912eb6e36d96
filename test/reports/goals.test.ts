import { expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'

/** Goals of 30,000 for all and 5 deals for Ann in November 2026; she won 24,000 on the 12th, less than all open. */
function november() {
  const made = desk()
  made.ok('owner', 'add', 'Ann')
  made.ok('client', 'add', 'Pier Nine')
  const more = ['--process', 'plain', '--owner', 'Ann', '--on', '2026-11-02']
  made.ok('deal', 'add', 'pier', 'Winch', '--amount', '24000', ...more)
  made.ok('win', '1', '--on', '2026-11-12')
  made.ok('goal', 'set', 'won-amount', '30000', '--every', 'month')
  made.ok('goal', 'set', 'won-deals', '5', '--owner', 'Ann', '--period', '2026-11')
  return made
}

it('goals have a pace by working days, and say what each day to come must bring', () => {
  const { json, ok } = november()
  const report = json<{ rows: Record<string, unknown>[] }>(
    'report',
    'goals',
    '--as-of',
    '2026-11-28',
  )
  // On Saturday the 28th 20 of 21 working days are gone: 30,000 × 20 / 21 = 28,571.43; 24,000 of that is
  // 84 %. Only Monday the 30th is left: it needs 6,000. Of 5 deals 5 × 20 / 21 = 4.76 should be won; 4 are missing.
  expect(report.rows).toEqual([
    expect.objectContaining({
      owner: null,
      measure: 'won-amount',
      from: '2026-11-01',
      to: '2026-11-30',
      goal: 30_000,
      actual: 24_000,
      of_goal: 0.8,
      pace: 28_571.43,
      of_pace: expect.closeTo(0.84, 6) as unknown,
      needed_per_day: 6000,
      working_days: 21,
      working_days_gone: 20,
    }),
    expect.objectContaining({ owner: 'Ann', goal: 5, actual: 1, pace: 4.76, needed_per_day: 4 }),
  ])
  // With the 27th and the 30th as holidays, 19 of 19 are gone: the pace is the goal, and no day is left.
  ok('holiday', 'add', '2026-11-27')
  ok('holiday', 'add', '2026-11-30')
  const [all] = json<typeof report>('report', 'goals', '--as-of', '2026-11-28').rows
  expect(all).toMatchObject({ working_days: 19, pace: 30_000, needed_per_day: null })
})

it('a goal of one period takes the place of that of every month', () => {
  const { json, ok } = november()
  ok('goal', 'set', 'won-amount', '20000', '--period', '2026-12')
  const { rows } = json<{ rows: Record<string, unknown>[] }>(
    'report',
    'goals',
    '--period',
    '2026-Q4',
  )
  // The monthly goal begins in November.
  expect(rows.map(({ owner, from, goal }) => [owner, from, goal])).toEqual([
    [null, '2026-11-01', 30_000],
    [null, '2026-12-01', 20_000],
    ['Ann', '2026-11-01', 5],
  ])
})

it('the chance is 1 for what is reached, 0 for what was missed, and else between them', () => {
  const { json, ok } = november()
  const chance = (day: string) =>
    json<{ rows: { chance: number }[] }>('report', 'goals', '--as-of', day).rows[0]?.chance
  expect(chance('2026-11-30')).toBe(0)
  ok('goal', 'set', 'won-amount', '24000', '--every', 'month')
  expect(chance('2026-11-30')).toBe(1)
  expect(chance('2026-11-23')).toBe(1)
  ok('goal', 'set', 'won-amount', '25000', '--every', 'month')
  const more = ['--process', 'plain', '--on', '2026-11-02']
  for (const title of ['A', 'B', 'C']) ok('deal', 'add', 'pier', title, '--amount', '1000', ...more)
  const between = chance('2026-11-23')
  expect(between).toBeGreaterThan(0)
  expect(between).toBeLessThan(1)
  ok('goal', 'set', 'won-amount', '990000', '--every', 'month')
  expect(chance('2026-11-23')).toBe(0)
})

it('today names the goals that are behind pace, and the snapshot the chance to reach one', () => {
  const { ok } = november()
  // On the 23rd 16 of 21 working days are gone: 24,000 is beyond 22,857, and 1 deal is less than 3.81.
  const behind =
    'Behind pace: won-deals of Ann, 2026-11-01 … 2026-11-30: 1 of 5. See: funnel report goals'
  expect(ok('today')).toContain(behind)
  expect(ok('today', '--owner', 'Ann')).toContain(behind)
  ok('settings', 'set', 'target-amount', '24000')
  expect(ok('snapshot', '--measure', 'amount')).toMatch(
    /Goal of the month: 24,000 EUR of amount; 100% won so far, \d+% expected; chance to reach it 100%/,
  )
  ok('goal', 'set', 'won-deals', '1', '--owner', 'Ann', '--period', '2026-11')
  expect(ok('today')).not.toContain('Behind pace')
})

it('a forecast lists the goals that end within it, with the chance that report goals has', () => {
  const { json, ok } = november()
  ok('deal', 'add', 'pier', 'Mast', '--amount', '9000', '--process', 'typical', '--owner', 'Ann')
  ok('goal', 'set', 'won-amount', '100', '--every', 'quarter')
  ok('goal', 'set', 'won-profit', '100', '--every', 'month')
  interface Ahead {
    goals: { from: string; to: string; goal: number; actual: number; chance: number | null }[]
  }
  const ahead = json<Ahead>('forecast', '--measure', 'amount', '--horizon', '2026-12-31').goals
  expect(ahead).toMatchObject([
    { from: '2026-10-01', to: '2026-12-31', goal: 100, actual: 24_000, chance: 1 },
    { from: '2026-11-01', to: '2026-11-30', goal: 30_000, actual: 24_000 },
    { from: '2026-12-01', to: '2026-12-31', goal: 30_000, actual: 0 },
  ])
  const { rows } = json<{ rows: { measure: string; from: string; chance: number }[] }>(
    'report',
    'goals',
    '--period',
    '2026-12',
  )
  const december = rows.find((row) => row.measure === 'won-amount' && row.from === '2026-12-01')
  expect(ahead[2]?.chance).toBe(december?.chance)
  expect(ok('forecast', '--measure', 'amount')).toMatch(
    /Goals for amount[^]*2026-11-01 … 2026-11-30 +30,000 +24,000/,
  )
  // Ann's own goals are for Ann's forecast; those of all say nothing of a process.
  const own = json<Ahead>('forecast', '--measure', 'deals', '--owner', 'Ann').goals
  expect(own).toMatchObject([{ to: '2026-11-30', goal: 5, actual: 1 }])
  expect(json<Ahead>('forecast', '--process', 'plain', '--measure', 'amount').goals).toEqual([])
  expect(json<Ahead>('forecast', '--horizon', '2026-11-29', '--measure', 'amount').goals).toEqual(
    [],
  )
})
