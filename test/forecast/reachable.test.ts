import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forecast } from '../../src/forecast/model/forecast.ts'
import { ledgerOfEvents } from '../support/ledger.ts'
import { emptyBook, weekly, bookOf } from './books.ts'

const PLACES = [
  { processId: 1, stageId: 1, name: 'Talks', template: 0.3 },
  { processId: 1, stageId: 2, name: 'Offer', template: 0.7 },
]

/** A deal of some value, opened on a day, and what became of it so many days later. */
const deals = fc.array(
  fc.record({
    value: fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.constantFrom(0, 1_000_000)),
    opened: fc.integer({ min: 0, max: 500 }),
    days: fc.integer({ min: 0, max: 200 }),
    end: fc.constantFrom('won', 'lost', 'open', 'moved'),
  }),
  { minLength: 1, maxLength: 60 },
)
const DAY = 500

describe('a forecast', () => {
  it('never says more than can be reached, nor less for all months than for one of them', () => {
    fc.assert(
      fc.property(deals, fc.boolean(), fc.boolean(), (made, openOnly, hasLoss) => {
        const builder = ledgerOfEvents(PLACES)
        let [least, most] = [0, 0]
        made.forEach(({ value, opened, days, end }, id) => {
          const worth = hasLoss && id % 5 === 0 ? -value : value
          builder.deal({ id, processId: 1, sourceId: null, outcomeOnly: false })
          const event = { value: worth, ownerId: null, stageId: 1 }
          builder.event({ ...event, kind: 'opened', day: opened })
          const isOpen = end === 'open' || end === 'moved' || opened + days > DAY
          if (isOpen) [least, most] = [least + Math.min(0, worth), most + Math.max(0, worth)]
          if (end === 'moved')
            builder.event({ ...event, kind: end, day: opened + days, stageId: 2 })
          else if (end !== 'open') builder.event({ ...event, kind: end, day: opened + days })
        })
        const wish = { selection: {}, seed: 1, openOnly }
        const { periods, total } = forecast(builder.finish(), DAY, [8, 39, 70, 90], wish)
        for (const { p10, p50, p90 } of [...periods, total]) {
          expect(p10).toBeLessThanOrEqual(p50)
          expect(p50).toBeLessThanOrEqual(p90)
          if (openOnly) {
            expect(p90).toBeLessThanOrEqual(most + 1e-6)
            expect(p10).toBeGreaterThanOrEqual(least - 1e-6)
          }
        }
        if (hasLoss) return
        for (const one of periods) {
          for (const key of ['p10', 'p50', 'p90'] as const) {
            expect(total[key]).toBeGreaterThanOrEqual(one[key])
          }
        }
      }),
      { numRuns: 40 },
    )
  })

  it('says no less for all months than for one of them where the months’ ranges are the wider', () => {
    // Twenty deals of 1,000 a month, all closed at once, and small ones until half a year ago.
    const builder = ledgerOfEvents(PLACES)
    let id = 0
    const deal = (opened: number, closed: number, value: number): void => {
      builder.deal({ id: (id += 1), processId: 1, sourceId: null, outcomeOnly: false })
      const event = { value, ownerId: null, stageId: 1 }
      builder.event({ ...event, kind: 'opened', day: opened })
      const kind = closed % 5 === 0 ? 'lost' : 'won'
      if (closed <= 700) builder.event({ ...event, kind, day: closed })
    }
    for (let day = 0; day < 700; day += 30) {
      for (let at = 0; at < 20; at += 1) deal(day, day + 20, 1000)
    }
    for (let day = 3; day < 560; day += 7) deal(day, day + 11, 50)
    const wish = { selection: {}, seed: 1, openOnly: false }
    const { periods, total, lessons } = forecast(builder.finish(), 700, [28, 56, 90], wish)
    expect(lessons.periods[0]?.width).toBeGreaterThan(lessons.total.width)
    for (const { p90 } of periods) expect(total.p90).toBeGreaterThanOrEqual(p90)
  })

  it('of one deal of a million says no month may bring more than it', async () => {
    const made = await emptyBook()
    await made.ok('client', 'add', 'Pier Nine')
    const deal = ['--amount', '1000000', '--on', '2026-11-01', '--stage', 'Completion']
    await made.ok('deal', 'add', 'pier', 'Crane', ...deal)
    const { periods, total } = await made.json('forecast')
    for (const one of periods) expect(one.p90).toBeLessThanOrEqual(total.p90)
    expect(total.p90).toBe(1_000_000)
  })

  it('says where one deal is most of the figure, and where nothing happened for a year', async () => {
    const closed = weekly(12, (at) => (at % 3 === 0 ? 'won' : 'lost'))
    const open = (title: string, amount: number, created: string) =>
      ({ title, status: 'open', amount, created }) as const
    const small = [1, 2, 3].map((at) => open(`Winch ${at} new`, 900, '2026-11-20'))
    const made = await bookOf([...closed, ...small, open('Crane', 900_000, '2026-11-20')])
    const text = (await made.json('forecast')).notes.join(' ')
    expect(text).toMatch(/Deal 16 alone is \d\d% of what is expected/)
    expect(text).not.toContain('No deal was opened, moved or closed')

    const even = await bookOf([...closed, ...small, open('Old', 900, '2024-03-01')])
    const notes = (await even.json('forecast')).notes.join(' ')
    expect(notes).not.toContain('alone is')
    expect(notes).toContain(
      'No deal was opened, moved or closed from 2024-03-02 to 2026-01-04: ' +
        'rates from before may no longer hold.',
    )
  })
})
