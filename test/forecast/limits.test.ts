import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shownChance, spokenChance } from '../../src/domain/chance/shown.ts'
import { formatter } from '../../src/render/text.ts'
import { bookOf, emptyBook, type ForecastJson, type Line, weekly } from './books.ts'

/** Every figure is one, in order, and not below nothing. */
function expectSane({ periods, total, parts }: ForecastJson): void {
  for (const one of [...periods, total] as Record<string, number>[]) {
    for (const key of ['mean', 'p10', 'p50', 'p90']) {
      expect(Number.isFinite(one[key])).toBe(true)
      expect(one[key]).toBeGreaterThanOrEqual(0)
    }
    expect(one.p10).toBeLessThanOrEqual(one.p50 as number)
    expect(one.p50).toBeLessThanOrEqual(one.p90 as number)
  }
  expect(parts.open + (parts.new ?? 0)).toBeCloseTo(total.mean, 1)
}

describe('a chance of an open deal', () => {
  it('is never shown as 0 or 1, however it is rounded', () => {
    const format = formatter({ key: 'chance', type: 'share' }, [], null)
    const ends = fc.constantFrom(0, 1e-12, 0.0004, 0.0049, 0.9951, 0.9996, 1 - 1e-12, 1)
    fc.assert(
      fc.property(fc.oneof(ends, fc.double({ min: 0, max: 1, noNaN: true })), (chance) => {
        const shown = shownChance(chance)
        expect(shown).toBeGreaterThan(0)
        expect(shown).toBeLessThan(1)
        for (const text of [format(shown), spokenChance(chance)]) {
          expect(text).not.toMatch(/^(0|100)%$/)
        }
      }),
    )
  })
})

describe('a forecast at its limits', () => {
  it('of a book without history is nothing, and says so', async () => {
    const made = await emptyBook()
    const got = await made.json('forecast')
    expectSane(got)
    expect(got).toMatchObject({ total: { mean: 0, p90: 0 }, backtest: null, method: 'template' })
    const notes = got.notes.join(' ')
    expect(notes).toContain('Not tested')
    expect(notes).toContain('No deal was closed yet')
    expect(notes).toContain('Too early for a rate of new deals: no deal was opened yet.')
  })

  it('of one open deal is by the template, and between nothing and its amount', async () => {
    const made = await emptyBook()
    await made.ok('client', 'add', 'Pier Nine')
    await made.ok('deal', 'add', 'pier', 'Crane', '--amount', '5000', '--on', '2026-11-20')
    const got = await made.json('forecast')
    expectSane(got)
    expect(got.method).toBe('template')
    expect(got.parts.open).toBeGreaterThan(0)
    expect(got.parts.open).toBeLessThan(5000)
    expect(got.notes.join(' ')).toContain('an assumption')
    const explained = await made.ok('forecast', '--explain', 'crane')
    expect(explained).toContain('By the template, an assumption')
    expect(explained).toContain('It has been in Qualification for 3 days')
    expect(explained).toContain('if moved to Meeting preparation today')
  })

  it.each([
    ['won', 'All closed deals were won'],
    ['lost', 'None of the closed deals was won'],
  ] as const)(
    'of a book where all deals were %s leaves room for the other',
    async (status, note) => {
      const made = await bookOf(weekly(44, () => status))
      await made.ok('deal', 'add', 'pier', 'Crane', '--process', 'plain', '--amount', '5000')
      const got = await made.json('forecast')
      expectSane(got)
      expect(got.notes.join(' ')).toContain(note)
      expect(got.parts.open).toBeGreaterThan(0)
      expect(got.parts.open).toBeLessThan(5000)
      const { cases } = await made.json('forecast', '--explain', 'crane')
      for (const { chance, within_30, within_90 } of cases) {
        for (const one of [chance, within_30, within_90]) {
          expect(one).toBeGreaterThan(0)
          expect(one).toBeLessThan(1)
        }
      }
      const screens = [
        await made.ok('forecast', '--explain', 'crane'),
        await made.ok('report', 'open'),
      ]
      for (const screen of screens) expect(screen).not.toMatch(/(^|\s)(0|100)%/)
    },
  )

  it('of a single closed deal is sane', async () => {
    const made = await bookOf(weekly(1, () => 'won'))
    const got = await made.json('forecast')
    expectSane(got)
    expect(got.total.mean).toBeLessThan(20_000)
    expect(got.history).toEqual({ closed: 1, won: 1 })
  })

  it('leaves out a deal that is dated in the future', async () => {
    const deals = weekly(12, (at) => (at % 3 === 0 ? 'won' : 'lost'))
    const made = await bookOf(deals)
    const before = await made.json('forecast')
    await made.ok(
      'deal',
      'add',
      'pier',
      'Later',
      '--process',
      'plain',
      '--amount',
      '1000000',
      '--on',
      '2026-11-23',
    )
    const got = await made.json('forecast', '--as-of', '2026-11-22')
    expectSane(got)
    expect(got.total.mean).toBeLessThan(2 * before.total.mean + 1)
    expect(got.notes.join(' ')).toContain('Left out: 1 deal opened after 2026-11-22')
  })

  it('of a deal 2,000 days in its stage is sane, and says how old it is', async () => {
    const old = { title: 'Old', status: 'open', amount: 500, created: '2021-06-02' } as const
    const made = await bookOf([...weekly(40, (at) => (at % 3 === 0 ? 'won' : 'lost')), old])
    const got = await made.json('forecast', '--open-only', '--measure', 'amount')
    expectSane(got)
    expect(got.total.mean).toBeLessThan(500)
    expect(got.notes.join(' ')).toContain('over a year: 1 open deal, up to 2000 days')
    const explained = await made.ok('forecast', '--explain', 'old')
    expect(explained).toContain('open for 2000 days')
    expect(explained).toContain('Few deals stay this long')
  })

  it('of one deal in a stage rests on the closed ones that reached it', async () => {
    const typical = weekly(12, (at) => (at % 3 === 0 ? 'won' : 'lost')).map((line): Line => {
      return { ...line, process: 'typical' }
    })
    const made = await bookOf(typical)
    await made.ok('deal', 'add', 'pier', 'Crane')
    const explained = await made.ok('forecast', '--explain', 'crane')
    expect(explained).toContain('Of 12 closed deals that reached Qualification 4 were won;')
    expect(explained).toContain('without an amount · opened 2026-11-23')
    await made.ok('move', 'crane', 'meeting')
    // All that were lost were lost in Qualification.
    expect(await made.ok('forecast', '--explain', 'crane')).toContain(
      'Of 4 closed deals that reached Meeting preparation 4 were won;',
    )
  })

  it('counts a cost of zero as a cost, and says where there is none', async () => {
    const deals = weekly(12, (at) => (at % 3 === 0 ? 'won' : 'lost'))
    const free = await bookOf(deals.map((deal) => ({ ...deal, cost: 0 })))
    const profit = await free.json('forecast')
    expectSane(profit)
    expect(profit.total).toEqual((await free.json('forecast', '--measure', 'amount')).total)
    expect(profit.notes.join(' ')).not.toContain('no deal has a cost')
    const unknown = await (await bookOf(deals)).json('forecast')
    expect(unknown.notes.join(' ')).toContain('Profit: no deal has a cost')
  })

  it('keeps the loss that new deals bring apart from the gain of open ones', async () => {
    const loss = weekly(44, () => 'won').map((line) => ({ ...line, amount: 1000, cost: 3000 }))
    const gain = { title: 'Crane', status: 'open', amount: 5000, cost: 0 } as const
    const made = await bookOf([...loss, { ...gain, created: '2026-11-20' }])
    const [all, open] = [await made.json('forecast'), await made.json('forecast', '--open-only')]
    expect(open.total.mean).toBeGreaterThan(0)
    expect(all.parts.open).toBeCloseTo(open.total.mean, 1)
    expect(all.parts.new).toBeLessThan(0)
    expect(all.parts.open + (all.parts.new ?? NaN)).toBeCloseTo(all.total.mean, 1)
    for (const { open: part, new: rest, mean } of all.periods) {
      expect(part).toBeGreaterThan(0)
      expect(rest).toBeLessThan(0)
      expect((part as number) + (rest as number)).toBeCloseTo(mean as number, 1)
    }
  })
})
