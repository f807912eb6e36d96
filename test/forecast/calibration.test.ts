import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calibrationOf, type Judged, pastChances } from '../../src/forecast/model/calibration.ts'
import { winCurves } from '../../src/forecast/model/curves.ts'
import { everWon } from '../../src/domain/chance/ever-won.ts'
import { fitHazards } from '../../src/domain/chance/hazards.ts'
import { knownBy, ledgerOf, live } from '../study/simulate.ts'
import { KINDS } from '../study/study.ts'
import { bookOf, emptyBook, type Line } from './books.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import { runInside } from '../support/inside.ts'
import { seenOn } from '../../src/forecast/model/seen-on.ts'

const FIRST = 19_700
/** A made-up book in which about 300 deals are closed after 1,000 days. */
const bookWith = (seed: number) => live({ seed, ...KINDS.plain, arrivals: 0.27 }, FIRST, 1000)

describe('the chance to be won in the end', () => {
  it('is what the chances by day come to', () => {
    const hazards = fitHazards(seenOn(ledgerOf(bookWith(1)), FIRST + 999))
    const [ever, { aged }] = [everWon(hazards), winCurves(hazards, 3000)]
    for (let place = 0; place < 5; place += 1) {
      for (const age of [0, 6, 7, 30, 111, 223, 224, 400]) {
        expect(ever(place, age)).toBeCloseTo(aged(place, age, 3000), 6)
      }
    }
  })

  it('is higher the nearer a deal is to its end', () => {
    const ever = everWon(fitHazards(seenOn(ledgerOf(bookWith(2)), FIRST + 999)))
    const chances = [0, 1, 2, 3, 4].map((place) => ever(place, 3))
    expect(chances).toEqual(chances.toSorted((a, b) => a - b))
  })
})

describe('how chances came true', () => {
  const judged = fc.array(
    fc.record({ chance: fc.double({ min: 0, max: 1, noNaN: true }), won: fc.boolean() }),
    { minLength: 1, maxLength: 80 },
  )

  it('is told in bins of as many chances, each as given and as it came', () => {
    fc.assert(
      fc.property(judged, (all) => {
        const { bins, error, brier } = calibrationOf(all)
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(all.length)
        const counts = bins.map(({ count }) => count)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
        bins.forEach((bin, at) => {
          expect(bin.mean).toBeGreaterThanOrEqual(bin.least - 1e-12)
          expect(bin.mean).toBeLessThanOrEqual(bin.most + 1e-12)
          expect(bin.least).toBeGreaterThanOrEqual(bins[at - 1]?.most ?? 0)
        })
        expect(error).toBeGreaterThanOrEqual(0)
        // One bin hides what several show.
        expect(calibrationOf(all, 1).error).toBeLessThanOrEqual((error as number) + 1e-12)
        expect(brier).toBeLessThanOrEqual(1)
      }),
      { numRuns: 50 },
    )
  })

  it('is a score as worked out by hand', () => {
    const two: Judged[] = [
      { chance: 0.2, won: false },
      { chance: 0.4, won: true },
    ]
    expect(calibrationOf(two).brier).toBeCloseTo(0.2, 12)
    expect(calibrationOf(two).brierOfShare).toBe(0.25)
    expect(calibrationOf(two, 1).error).toBeCloseTo(0.2, 12)
    expect(calibrationOf([])).toEqual({ bins: [], error: null, brier: null, brierOfShare: null })
  })

  it('is within 5 points in books of 300 closed deals, ten bins pooled over 50 books', () => {
    const all = Array.from({ length: 50 }, (_, at) =>
      pastChances(ledgerOf(bookWith(40_000 + at)), FIRST + 999, {}),
    ).flatMap(({ judged: some }) => some)
    const { error, brier, brierOfShare, bins } = calibrationOf(all)
    expect(bins).toHaveLength(10)
    expect(error).toBeLessThan(0.05)
    expect(brier).toBeLessThan((brierOfShare as number) - 0.02)
  })

  it('uses nothing that was not known on the day', () => {
    const stories = bookWith(7)
    const day = FIRST + 700
    const judge = (known: typeof stories) => pastChances(ledgerOf(known), day, {})
    const then = judge(knownBy(stories, day))
    expect(then.judged.length).toBeGreaterThan(50)
    // Closings after the day change who is still open, so the outcomes of all must be those of the day.
    expect(judge(stories)).toEqual(then)
  })
})

describe('report open --calibration', () => {
  it('shows how the chances of this book came true', async () => {
    const lines = Array.from({ length: 150 }, (_, at): Line => {
      const created = addDays('2025-06-01' as Day, at * 3)
      const status = at % 3 === 0 ? 'won' : 'lost'
      return { title: `Rope ${at}`, status, amount: 100, created, closed: addDays(created, 40) }
    })
    const made = await bookOf(lines)
    const got = await made.json<{
      chances: number
      calibration_error: number
      brier: number
      bins: { deals: number; mean: number; won: number }[]
      notes: string[]
    }>('report', 'open', '--calibration')
    expect(got.bins).toHaveLength(10)
    expect(got.bins.reduce((sum, { deals }) => sum + deals, 0)).toBe(got.chances)
    const won = got.bins.reduce((sum, bin) => sum + bin.deals * bin.won, 0) / got.chances
    expect(Math.abs(won - 1 / 3)).toBeLessThan(0.06)
    expect(got.notes.join(' ')).toContain('learnt from what was known on the day')
    const screen = await made.ok('report', 'open', '--calibration')
    expect(screen).toMatch(/off by \d+\.\d points on average/)
    expect(screen).toContain('Predicted')
  })

  it('says what is missing in a young book, and what does not go with it', async () => {
    const made = await emptyBook()
    expect(await made.ok('report', 'open', '--calibration')).toContain('No past chances to judge')
    const { code, err } = await runInside(made.folder, [
      'report',
      'open',
      '--calibration',
      '--by',
      'owner',
    ])
    expect(code).toBe(2)
    expect(err).toContain('--calibration does not go with --by')
    expect(err).toContain('leave out --calibration or --by')
  })
})
