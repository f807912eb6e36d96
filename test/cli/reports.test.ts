import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newcombeInterval } from '../../src/domain/statistics/proportions.ts'
import { run } from '../../src/main.ts'
import { Readable } from 'node:stream'
import { newFolder, TODAY } from '../support/funnel.ts'
import { onTerminal } from '../support/screen.ts'
import { type Inside, inside } from '../support/inside.ts'
import { yearBook } from '../support/year.ts'

const FOLDER = newFolder()
let book: Inside

beforeAll(async () => {
  book = await yearBook(FOLDER)
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

/** Runs a command, whatever becomes of it. */
async function attempt(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await run(args, {
    stdin: Readable.from([]),
    stdout: { write: (text) => (out += String(text)) },
    stderr: { write: (text) => (err += String(text)) },
    env: { HOME: book.folder, FUNNEL_TODAY: TODAY },
    cwd: book.folder,
    now: () => new Date(`${TODAY}T12:00:00Z`),
  })
  return { code, out, err }
}

async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  return JSON.parse(await book.ok(...args, '--json')) as T
}

interface Funnel {
  stages: Record<string, number>[]
  totals: Record<string, number | boolean>
}

describe('a comparison', () => {
  it('sets the same report of the earlier period beside it, with what chance allows', async () => {
    const [now, before] = [
      await json<Funnel>('report', 'closed', '--period', '2026-Q3'),
      await json<Funnel>('report', 'closed', '--period', '2026-Q2'),
    ]
    const compared = ['closed', '--period', '2026-Q3', '--compare', 'previous']
    const both = await json<Funnel & { compare: unknown }>('report', ...compared)
    expect(both.compare).toEqual({ from: '2026-04-01', to: '2026-06-30' })
    both.stages.forEach((row, index) => {
      const [own, earlier] = [now.stages[index] ?? {}, before.stages[index] ?? {}]
      expect(row).toMatchObject(own)
      expect(row.reached_before).toBe(earlier.reached)
      expect(row.step_before).toBe(earlier.step)
      const interval = newcombeInterval(
        { successes: Number(own.passed), trials: Number(own.reached) },
        { successes: Number(earlier.passed), trials: Number(earlier.reached) },
      )
      expect(row).toMatchObject({ step_low: interval?.low, step_high: interval?.high })
      expect(row.step_change).toBeCloseTo(Number(interval?.difference), 12)
    })
    expect(both.totals).toMatchObject({ ...now.totals, win_rate_before: before.totals.win_rate })
  })

  it('calls a change only what chance does not explain', async () => {
    const { stages } = await json<Funnel>('report', 'closed', '--compare', 'year-ago')
    expect(stages.length).toBeGreaterThan(0)
    for (const row of stages) {
      const { step_low: low, step_high: high, step_changed: changed } = row
      if (low === null || low === undefined || high === undefined) continue
      const few = Math.min(Number(row.reached), Number(row.reached_before)) < 10
      expect(changed).toBe(few ? null : low > 0 || high < 0)
    }
  })

  it('has what stands in the report, with the differences, on a screen of any width', async () => {
    const compared = ['report', 'closed', '--period', '2026-Q3', '--compare', 'previous']
    for (const columns of [60, 80, 200]) {
      const text = await onTerminal(book, [...compared, '--no-color', '--no-chart'], columns)
      for (const name of ['Reached', 'Passed', 'Lost', 'Step', 'Overall', 'Amount reached']) {
        expect(text).toMatch(new RegExp(`^.* {2}${name}( {2}|$)`, 'm'))
      }
    }
    const { stages } = await json<Funnel>(...compared)
    for (const row of stages) {
      for (const key of ['reached', 'passed', 'lost', 'step', 'overall', 'amount_reached']) {
        const [now, before, change] = [row[key], row[`${key}_before`], row[`${key}_change`]]
        expect(change).toBeCloseTo(Number(now) - Number(before), 12)
      }
      const first = stages[0] ?? {}
      const interval = newcombeInterval(
        { successes: Number(row.reached), trials: Number(first.reached) },
        { successes: Number(row.reached_before), trials: Number(first.reached_before) },
      )
      expect(row).toMatchObject({ overall_low: interval?.low, overall_high: interval?.high })
    }
  })

  it('of cohorts tests a conversion only where no deal is open any more', async () => {
    const of = async (period: string) => {
      const args = ['report', 'cohort', '--period', period, '--compare', 'previous']
      return { ...(await json<Funnel>(...args)), text: await book.ok(...args) }
    }
    const done = await of('2026-Q1')
    expect(done.totals).toMatchObject({ open: 0, open_before: 0 })
    const [first = {}] = done.stages
    const interval = newcombeInterval(
      { successes: Number(first.passed), trials: Number(first.reached) },
      { successes: Number(first.passed_before), trials: Number(first.reached_before) },
    )
    expect(first).toMatchObject({ at_least_low: interval?.low, at_most_before: expect.anything() })
    const young = await of('2026-Q4')
    expect(Number(young.totals.open)).toBeGreaterThan(0)
    expect(young.totals).toMatchObject({ at_least_low: null, at_least_changed: null })
    expect(young.totals.at_least_change).toBeCloseTo(
      Number(young.totals.at_least) - Number(young.totals.at_least_before),
      12,
    )
    expect(young.text).toContain('still open')
  })

  it('of a few deals is too few, however far apart they are', async () => {
    const made = await inside(FOLDER, 'few')
    await made.ok('client', 'add', 'Harbour Foods')
    for (let number = 1; number <= 5; number += 1) {
      await made.ok('deal', 'add', '1', `Oven ${number}`, '--on', '2026-10-01')
      await made.ok('win', `${number}`, '--on', '2026-10-20')
    }
    await made.ok('deal', 'add', '1', 'Hood', '--on', '2026-11-01')
    await made.ok('lose', '6', '--on', '2026-11-02')
    const args = ['report', 'closed', '--period', 'this-month', '--compare', 'previous']
    const { stages, totals } = JSON.parse(await made.ok(...args, '--json')) as Funnel
    expect(stages[0]).toMatchObject({ step_change: -1, step_changed: null })
    expect(totals).toMatchObject({ win_rate_change: -1, win_rate_changed: null })
    const text = await made.ok(...args)
    expect(text).toMatch(/^Qualification .* too few/m)
    expect(text).toMatch(/Win rate 0% \(before 100%, change -100.0, sure\? too few/)
    expect(text).not.toMatch(/yes/)
  })

  it('of all time is refused, as is a period with an open end for a day', async () => {
    const { code, err } = await attempt(
      'report',
      'closed',
      '--period',
      'all',
      '--compare',
      'previous',
    )
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('has none before it'),
    })
    expect(await attempt('report', 'open', '--compare', 'all')).toMatchObject({ code: 2 })
  })

  it('of a day is with a month before, a year before or the end of a period', async () => {
    const read = async (text: string) =>
      (await json<{ compare: unknown }>('report', 'open', '--compare', text)).compare
    expect(await read('previous')).toEqual({ as_of: '2026-10-23' })
    expect(await read('year-ago')).toEqual({ as_of: '2025-11-23' })
    expect(await read('2026-Q2')).toEqual({ as_of: '2026-06-30' })
  })
})

describe('clients', () => {
  it('are chosen by conditions and segments', async () => {
    const of = async (...args: string[]) =>
      (await json<Funnel>('report', 'closed', ...args)).totals.deals as number
    const [all, north, rest] = [
      await of(),
      await of('--where', 'region=North'),
      await of('--where', 'region!=North'),
    ]
    expect(north).toBeGreaterThan(0)
    expect(north + rest).toBe(all)
    await book.ok('segment', 'add', 'Northerners', '--where', 'region=North')
    expect(await of('--segment', 'northerners')).toBe(north)
    expect((await attempt('report', 'closed', '--where', 'regon=North')).err).toContain('region?')
  })
})

describe('the open deals', () => {
  it('are listed with what is stuck, in any order', async () => {
    const { deals, totals } = await json<{
      deals: { amount: number; days: number; limit: number | null; stuck: boolean }[]
      totals: { deals: number; overdue: number; amount: number }
    }>('report', 'open', '--list', '--sort', 'amount')
    expect(deals).toHaveLength(totals.deals)
    expect(deals.filter(({ stuck }) => stuck)).toHaveLength(totals.overdue)
    expect(deals.reduce((sum, { amount }) => sum + amount, 0)).toBe(totals.amount)
    const amounts = deals.map(({ amount }) => amount)
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a))
    for (const { days, limit, stuck } of deals) expect(stuck).toBe(limit !== null && days > limit)
    expect(await attempt('report', 'open', '--list', '--limit', '0')).toMatchObject({ code: 2 })
    expect(await attempt('report', 'open', '--reverse')).toMatchObject({ code: 2 })
  })
})

describe('kept reports', () => {
  it('are made again by their name, with other options on top, until they are deleted', async () => {
    const words = ['closed', '--period', 'last-month', '--by', 'owner']
    await book.ok('report', 'save', 'Month', '--', ...words)
    expect(await book.ok('report', 'list')).toContain('closed --period last-month --by owner')
    expect(await book.ok('report', 'run', 'month')).toBe(await book.ok('report', ...words))
    expect(await book.ok('report', 'run', 'month', '--json', '--as-of', '2026-09-15')).toBe(
      await book.ok('report', ...words, '--json', '--as-of', '2026-09-15'),
    )
    expect(await book.ok('report', 'run', 'month', '--period', '2026', '--md')).toBe(
      await book.ok('report', ...words, '--period', '2026', '--md'),
    )
    expect(await attempt('report', 'save', 'month', '--', 'open')).toMatchObject({ code: 2 })
    await book.ok('report', 'delete', 'month')
    expect(await attempt('report', 'run', 'month')).toMatchObject({ code: 3 })
    await book.ok('undo')
    expect(await book.ok('report', 'run', 'month')).toContain('by owner')
  })

  it('take every common option in the place of the kept one', async () => {
    const words = ['closed', '--period', '2026', '--by', 'owner', '--where', 'region=North']
    await book.ok('report', 'save', 'Year', '--', ...words)
    for (const [given, same] of [
      [
        ['--by', 'source', '--compare', 'previous'],
        ['--by', 'source', '--compare', 'previous', '--where', 'region=North'],
      ],
      [
        ['--where', 'region=South', '--measure', 'amount'],
        ['--by', 'owner', '--where', 'region=South', '--measure', 'amount'],
      ],
      [
        ['--owner', 'Ann', '--explain'],
        ['--by', 'owner', '--where', 'region=North', '--owner', 'Ann', '--explain'],
      ],
    ] as const) {
      const made = await book.ok('report', 'run', 'year', ...given, '--md')
      expect(made).toBe(await book.ok('report', 'closed', '--period', '2026', ...same, '--md'))
    }
    await book.ok(
      'report',
      'save',
      'Deals',
      '--',
      'open',
      '--list',
      '--sort',
      'amount',
      '--reverse',
    )
    expect(await book.ok('report', 'run', 'deals', '--sort', 'deal')).toBe(
      await book.ok('report', 'open', '--list', '--sort', 'deal'),
    )
    const refused = await attempt('report', 'run', 'deals', '--period', '2026')
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('--period')
  })

  it('are tried before they are kept', async () => {
    const before = await json<{ reports: unknown[] }>('report', 'list')
    for (const words of [['shut'], ['closed', '--by', 'moon'], ['open', '--owner', 'nobody']]) {
      const { code, err } = await attempt('report', 'save', 'Bad', '--', ...words)
      expect({ code, said: err !== '' }).toEqual({ code: 2, said: true })
    }
    expect(await json('report', 'list')).toEqual(before)
  })

  it('end as the report ends that they run', async () => {
    const { operation } = await json<{ operation: number }>('owner', 'add', 'Gone')
    await book.ok('report', 'save', 'Of Gone', '--', 'open', '--owner', 'Gone')
    await book.ok('undo', String(operation))
    const { code, err } = await attempt('report', 'run', 'of gone')
    expect(code).toBe(3)
    expect(err.match(/there is no owner/g)).toHaveLength(1)
  })
})

describe('formats', () => {
  it('cannot be used together', async () => {
    expect(await attempt('report', 'open', '--json', '--md')).toMatchObject({ code: 2 })
    expect(await attempt('report', 'open', '--csv', '--html', 'x.html')).toMatchObject({ code: 2 })
  })

  it('of a page go to a file', async () => {
    const { code, out, err } = await attempt('report', 'open', '--html', 'page.html')
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'wrote page.html\n' })
    expect(await attempt('report', 'open', '--html', 'nowhere/page.html')).toMatchObject({
      code: 2,
    })
  })
})
