import { describe, expect, it } from 'vitest'
import { drawFan } from '../../src/render/fan.ts'
import { styleOf } from '../../src/render/style.ts'
import { desk, type Desk } from '../support/funnel.ts'
import { atTerminal } from '../support/terminal.ts'
import { writeFileSync } from 'node:fs'

interface Periods {
  periods: { from: string; to: string; mean: number; p10: number; p50: number; p90: number }[]
  total: { mean: number; p10: number; p50: number; p90: number }
  parts: { open: number; new: number }
  won_so_far: number
  method: string
  notes: string[]
}

/** A book with deals of a process without stages, from a spreadsheet of title, day, outcome. */
function bookOf(lines: string[]): Desk {
  const made = desk()
  const header = 'Client,Title,Process,Status,Amount,Created,Closed\n'
  writeFileSync(made.file('deals.csv'), header + lines.map((line) => `${line}\n`).join(''))
  made.ok('import', 'deals', 'deals.csv', '--create', 'all', '--won', 'won', '--lost', 'lost')
  return made
}

const past = (count: number, outcome: (at: number) => string): string[] =>
  Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.UTC(2026, 0, 5 + at * 7))
    const closed = new Date(day.getTime() + 20 * 86_400_000)
    const iso = (date: Date) => date.toISOString().slice(0, 10)
    return `Pier Nine,Winch ${at},plain,${outcome(at)},${1000 + at},${iso(day)},${iso(closed)}`
  })

describe('funnel forecast', () => {
  it('covers what is still to come, and shows what is won so far apart', () => {
    const made = bookOf(past(43, (at) => (at % 3 === 0 ? 'won' : 'lost')))
    made.ok('deal', 'add', 'pier', 'Crane', '--process', 'plain', '--amount', '5000')
    const got = made.json<Periods>('forecast', '--measure', 'amount')
    expect(got).toMatchObject({
      as_of: '2026-11-23',
      measure: 'amount',
      currency: 'EUR',
      method: 'by-age',
      history: { closed: 43, won: 15 },
      won_so_far: 1042,
    })
    expect(got.periods.map(({ from, to }) => [from, to])).toEqual([
      ['2026-11-24', '2026-11-30'],
      ['2026-12-01', '2026-12-31'],
      ['2027-01-01', '2027-01-31'],
      ['2027-02-01', '2027-02-23'],
    ])
    const sum = got.periods.reduce((total, period) => total + period.mean, 0)
    expect(sum).toBeCloseTo(got.total.mean, 0)
    expect(got.parts.open + got.parts.new).toBeCloseTo(got.total.mean, 0)
    expect(got.parts.open).toBeGreaterThan(500)
    expect(got.parts.open).toBeLessThan(5000)
    for (const { p10, p50, p90 } of [...got.periods, got.total]) {
      expect(p10).toBeLessThanOrEqual(p50)
      expect(p50).toBeLessThanOrEqual(p90)
    }
    expect(made.json('forecast', '--measure', 'amount')).toEqual(got)
    const open = made.json<Periods>('forecast', '--measure', 'amount', '--open-only')
    expect(open.parts.new).toBe(0)
    expect(open.total.mean).toBeCloseTo(got.parts.open, 2)
  })

  it('climbs the ladder as deals are closed', () => {
    const method = (count: number) =>
      bookOf(past(count, (at) => (at % 3 === 0 ? 'won' : 'lost'))).json<Periods>('forecast').method
    expect([9, 10, 30].map(method)).toEqual(['template', 'one-rate', 'by-age'])
  })

  it('is sane without history, with one deal, all won, all lost, one in the future, one very old', () => {
    const empty = desk()
    expect(empty.json<Periods>('forecast')).toMatchObject({
      total: { mean: 0, p90: 0 },
      backtest: null,
    })
    const books = [
      past(1, () => 'won'),
      past(20, () => 'won'),
      past(20, () => 'lost'),
      ['Pier Nine,Old,plain,open,500,2021-06-01,'],
    ].map((lines) => bookOf(lines).json<Periods>('forecast'))
    for (const { periods, total } of books) {
      for (const figure of [...periods.map(({ mean }) => mean), total.mean, total.p90]) {
        expect(Number.isFinite(figure)).toBe(true)
        expect(figure).toBeGreaterThanOrEqual(0)
      }
    }
    expect(books[2]?.notes.join(' ')).toContain('None of the closed deals was won')
    expect(books[3]?.notes.join(' ')).toContain('for over a year: 1 open deal')
  })

  it('knows nothing of deals that were opened later', () => {
    const made = bookOf(['Pier Nine,Later,plain,open,500,2026-11-20,'])
    const got = made.json<Periods>('forecast', '--as-of', '2026-11-01')
    expect(got.total.mean).toBe(0)
    expect(got.notes.join(' ')).toContain('1 deal opened after 2026-11-01')
  })

  it('explains a deal, never as certain', () => {
    const made = bookOf(past(40, () => 'won'))
    made.ok('deal', 'add', 'pier', 'Crane', '--process', 'plain', '--amount', '5000')
    const { cases, ages } = made.json<{
      cases: { chance: number }[]
      ages: { here: boolean; days_seen: number; won: number; chance: number }[]
    }>('forecast', '--explain', 'crane')
    // What its age does: where the forty won deals were, and where this one is.
    expect(ages.map(({ here }) => here)).toEqual([true, ...ages.slice(1).map(() => false)])
    expect(ages.reduce((sum, { won }) => sum + won, 0)).toBe(40)
    expect(ages[0]?.days_seen).toBeGreaterThanOrEqual(40)
    expect(ages[0]?.chance).toBeCloseTo(cases[0]?.chance as number, 2)
    for (const { chance } of cases) {
      expect(chance).toBeGreaterThan(0.5)
      expect(chance).toBeLessThan(1)
    }
    expect(made.run('forecast', '--explain', 'winch 3')).toMatchObject({ code: 1 })
  })

  it('refuses changes that are none', () => {
    const made = bookOf(past(43, (at) => (at % 3 === 0 ? 'won' : 'lost')))
    for (const wrong of ['amount', 'luck=+10%', 'amount=10']) {
      expect(made.run('forecast', '--what-if', wrong).code).toBe(2)
    }
    expect(made.run('forecast', '--what-if', 'win-rate:moon=+10%').code).toBe(3)
  })

  it('refuses horizons that are none', () => {
    const made = desk()
    for (const wrong of ['soon', '2026-11-23', '4y', '0m']) {
      expect(made.run('forecast', '--horizon', wrong).code).toBe(2)
    }
  })

  it('draws bars up to near the top, and none so low that it seems to be nothing', async () => {
    const value = (label: string, at: number) => ({ label, value: at })
    const points = [value('a', 1_400_000), value('b', 1000), value('c', 0), value('d', 680_000)]
    const chart = { kind: 'fan' as const, title: 'Won', unit: 'money' as const, points }
    const draw = async (unicode: boolean) => {
      const screen = { width: 80, height: null, unicode, terminal: false, colour: false }
      const euros = { code: 'EUR', digits: 2 }
      return drawFan(chart, euros, screen, await styleOf(screen))
        .split('\n')
        .slice(1, 11)
    }
    const rows = await draw(true)
    // Rows of 1,500 euros: 14,000 ends in the tenth, 6,800 at half of the fifth.
    expect(rows[0]).toMatch(/^15,000 ┤[▁-▇]+$/)
    expect(rows[5]).toMatch(/^ 7,500 ┤█{7} {17}▅{7}$/)
    expect(rows[9]).toMatch(/^ 1,500 ┤█{7} ▁{7} {9}█{7}$/)
    expect((await draw(false))[9]).toMatch(/^ 1,500 \|#{7} _{7} {9}#{7}$/)
  })

  it('lists past forecasts and draws its fan in 80 columns', async () => {
    const made = bookOf(past(43, (at) => (at % 3 === 0 ? 'won' : 'lost')))
    const terminal = atTerminal(made.folder, ['forecast', '--backtest', '--no-color'])
    expect(await terminal.ended).toBe(0)
    const screen = terminal.written().replaceAll('\r', '')
    expect(screen).toContain('Past forecasts of 90 days')
    expect(screen).toContain('░ P10 to P90')
    expect(screen).toMatch(/Tested on \d+ past forecasts/)
    for (const line of screen.split('\n')) expect(line.trimEnd().length).toBeLessThanOrEqual(80)
  })
})
