import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { rebuildStays } from '../../src/book/stays/build.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import { openBook } from '../../src/book/open.ts'
import { winCurves } from '../../src/forecast/model/curves.ts'
import { fitHazards } from '../../src/domain/chance/hazards.ts'
import type { Ledger } from '../../src/forecast/model/ledger.ts'
import { ledgerOfEvents } from '../support/ledger.ts'
import { knownOn } from '../../src/forecast/model/origin.ts'
import { streamOf } from '../../src/forecast/model/stream.ts'
import { daysOf } from './daily.ts'
import { runInside } from '../support/inside.ts'
import { bookOf, emptyBook, type Line, type Made } from './books.ts'
import { seenOn } from '../../src/forecast/model/seen-on.ts'

const WISH = { selection: {}, seed: 1, openOnly: false }
const PLACES = [{ processId: 1, stageId: 1, name: 'Talks', template: 0.5 }]

interface Deal {
  opened: number
  known?: boolean
  won?: number
}

function ledgerOf(deals: readonly Deal[], begunOn: number | null = null): Ledger {
  const builder = ledgerOfEvents(PLACES)
  deals.forEach(({ opened, known = true, won }, id) => {
    const outcomeOnly = won === opened
    builder.deal({ id, processId: 1, sourceId: null, outcomeOnly, openedKnown: known })
    const event = { stageId: 1, value: 100, ownerId: null }
    builder.event({ ...event, kind: 'opened', day: opened })
    if (won !== undefined) builder.event({ ...event, kind: 'won', day: won })
  })
  return builder.finish(begunOn)
}

function times<T>(count: number, make: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at))
}

describe('the stream of new deals', () => {
  const stock = times(20, () => ({ opened: 1000 }))
  const weekly = times(8, (at) => ({ opened: 1007 + 7 * at }))

  it('is the same however many deals the book began with', () => {
    const rateOf = (...deals: Deal[]) =>
      knownOn(ledgerOf(deals, 1000), 1063, [90], WISH).pipeline.arrivals
    const one = rateOf({ opened: 1000 }, ...weekly)
    expect(rateOf(...stock, ...weekly)).toEqual(one)
    // Eight deals in 63 days, each drawn in by one: near one a week.
    const perDay = (one?.shape ?? 0) / (one?.rate ?? 1)
    expect(perDay).toBeGreaterThan(1 / 9)
    expect(perDay).toBeLessThan(1 / 6)
  })

  it('has none of the deals entered on the day a book with a past was begun', () => {
    const past = times(30, (at) => ({ opened: 700 + 10 * at }))
    const entered = times(20, () => ({ opened: 1000 }))
    const stream = streamOf(ledgerOf([...past, ...entered], 1000), 1020, {})
    const { begin, leftOut } = stream
    expect(daysOf(stream)).toEqual(times(29, (at) => 710 + 10 * at))
    expect(begin).toBe(700)
    // The very first of the past, and the twenty.
    expect(leftOut).toEqual({ unknown: 0, begunWith: 21 })
    // Twenty that came in on one later day did come in.
    expect(streamOf(ledgerOf([...past, ...entered], 900), 1020, {}).count).toBe(48)
  })

  it('has none without an opening day, and begins with the first that has one', () => {
    const unknown = times(5, () => ({ opened: 900, known: false }))
    const stream = streamOf(ledgerOf([...unknown, ...stock, ...weekly]), 1063, {})
    const { begin, leftOut } = stream
    expect(daysOf(stream)).toEqual(weekly.map(({ opened }) => opened))
    expect(begin).toBe(1000)
    expect(leftOut).toEqual({ unknown: 5, begunWith: 20 })
    expect(streamOf(ledgerOf(unknown), 1063, {}).begin).toBeNull()
  })

  it('is too young on the 27th day after its first, on past days as well as today', () => {
    const ledger = ledgerOf([...stock, ...weekly], 1000)
    const rateOn = (day: number) => knownOn(ledger, day, [90], WISH).pipeline.arrivals
    expect([1000, 1027, 1028, 1063].map((day) => rateOn(day) !== null)).toEqual([
      false,
      false,
      true,
      true,
    ])
  })
})

describe('deals that came without an opening day', () => {
  it('tell what became of them, and not how long it took', () => {
    // Forty won and twenty lost… the closing day stands in for the opening day.
    const outcomes = times(60, (at) => ({ opened: 900 + at, won: 900 + at }))
    const ever = (known: boolean) => {
      const deals = [...outcomes.map((deal) => ({ ...deal, known })), { opened: 990 }]
      const hazards = fitHazards(seenOn(ledgerOf(deals), 1000))
      return { hazards, curves: winCurves(hazards, 730) }
    }
    const told = ever(true)
    const untold = ever(false)
    // As if all were won on the day they were opened: so is the one that is open, at once.
    expect(told.curves.aged(0, 10, 7)).toBeGreaterThan(0.3)
    // 11 days at risk and no exit: (0 + ½) / (11 + 30) a day, about one in twelve within a week.
    expect(untold.curves.aged(0, 10, 7)).toBeLessThan(0.12)
    expect(untold.hazards.untimed).toBe(60)
    // All sixty were won, and the template's ½ counts as eight: 64 of 68 in the end.
    expect(untold.curves.aged(0, 10, 730)).toBeGreaterThan(0.85)
  })
})

describe('deals that were there already when they were imported', () => {
  // Twenty imported open on one day, won after 10 days each; and forty of known days, won after 30.
  const timed = times(40, (at) => ({ opened: 700 + 5 * at, won: 730 + 5 * at }))
  const there = times(20, (at) => ({ opened: 950, won: 960 + (at % 2), known: false }))
  const leaving = (deals: Deal[], age: number) => {
    const { won } = fitHazards(seenOn(ledgerOf(deals), 1000))
    return won[age] as number
  }

  it('tell how fast deals are won, and not at which age', () => {
    const without = [3, 40].map((age) => leaving(timed, age))
    const unaged = [3, 40].map((age) => leaving([...timed, ...there], age))
    const aged = [3, 40].map((age) =>
      leaving([...timed, ...there.map((deal) => ({ ...deal, known: true }))], age),
    )
    const ratio = (rates: number[], at: number) => (rates[at] as number) / (without[at] as number)
    expect(ratio(unaged, 0)).toBeGreaterThan(1)
    expect(Math.abs(Math.log(ratio(unaged, 0)))).toBeLessThan(0.5)
    expect(ratio(aged, 0)).toBeGreaterThan(0.5)
  })
})

const TODAY = '2026-11-23' as Day

/** Marks deals as ones whose opening day nobody knows. */
function forget(made: Made, which: string): void {
  const book = openBook(path.join(made.folder, 'funnel.db'))
  book.store.exec(`UPDATE deals SET opened_known = 0 WHERE ${which};
    UPDATE events SET day_known = 0 WHERE kind = 'opened'
      AND deal_id IN (SELECT id FROM deals WHERE ${which})`)
  rebuildStays(book.store)
  book.close()
}

const open = (count: number, created: Day): Line[] =>
  times(count, (at) => ({ title: `Winch ${at}`, status: 'open', amount: 1000, created }))

describe('a forecast of a young book', () => {
  it('has no new deals yet, and says since when the book’s deals are known', async () => {
    const made = await bookOf(open(20, TODAY))
    const { parts, total, notes, periods } = await made.json('forecast')
    expect(parts.new).toBeNull()
    expect(parts.open).toBe(total.mean)
    expect(total.mean).toBeLessThan(20_000)
    expect(periods.map((period) => period.new)).toEqual([null, null, null, null])
    expect(notes).toContain(
      'Too early for a rate of new deals: the book’s deals begin on 2026-11-23, 28 days are needed.',
    )
    expect(notes).toContain('Not counted as new deals: 20 deals that the book began with.')
  })

  it('has a rate from the 28th day after the first on', async () => {
    const newOf = async (first: Day) => {
      const made = await bookOf([...open(20, first), ...open(1, addDays(first, 7))])
      return (await made.json('forecast')).parts.new
    }
    expect(await newOf(addDays(TODAY, -27))).toBeNull()
    expect(await newOf(addDays(TODAY, -28))).toBeGreaterThan(0)
  })

  it('expects none where nothing came in since, which is not the same as not knowing', async () => {
    const made = await bookOf(open(20, addDays(TODAY, -60)))
    const { parts, notes } = await made.json('forecast')
    expect(parts.new).toBe(0)
    expect(notes).toContain('No such deal was opened after 2026-09-24, so none is expected to be.')
  })

  it('counts no deal without an opening day, in a forecast, a check or a snapshot', async () => {
    const made = await bookOf(open(20, addDays(TODAY, -3)))
    forget(made, '1')
    const early = 'Too early for a rate of new deals: no opening day of a deal is known.'
    const { parts, notes } = await made.json('forecast')
    expect(parts.new).toBeNull()
    expect(notes).toContain(early)
    expect(notes).toContain('Not counted as new deals: 20 deals without an opening day.')
    expect(await made.ok('snapshot')).toContain(`Expected money: ${early}`)
    const { out } = await runInside(made.folder, ['check', 'new-leads=1/week', '--json'])
    expect(JSON.parse(out)).toMatchObject({ checks: [{ value: 0 }] })
  })

  it('has nothing of closed deals that came without any day but what was won', async () => {
    const days = (count: number) => (at: number) => addDays('2025-06-01' as Day, at * count)
    const created = times(60, days(8))
    const real = created.map((day, at): Line => {
      const closed = addDays(day, 20)
      const status = closed > '2026-11-22' ? 'open' : at % 2 === 0 ? 'won' : 'lost'
      return {
        title: `Rope ${at}`,
        status,
        amount: 1000,
        created: day,
        ...(status === 'open' ? {} : { closed }),
      }
    })
    const made = await bookOf(real)
    const before = await made.json('forecast', '--measure', 'deals')
    const rows = times(40, (at) => `Pier Ten,Old ${at},plain,${at % 2 ? 'won' : 'lost'},9000\n`)
    made.save('old.csv', `Client,Title,Process,Status,Amount\n${rows.join('')}`)
    await made.ok('import', 'deals', 'old.csv', '--create', 'all', '--won', 'won', '--lost', 'lost')
    const after = await made.json('forecast', '--measure', 'deals')
    expect(after.parts.new).toBeCloseTo(before.parts.new as number, 0)
    expect(after.backtest).toEqual(before.backtest)
    expect(after.origins).toEqual(before.origins)
    expect(after.history.closed).toBe(before.history.closed + 40)
    expect(after.notes).toContain(
      'Imported without a closing day: 40 closed deals, not used for when deals close or the test.',
    )
    // A month later they are still no wins of the last year.
    const later = ['--as-of', '2026-12-31', '--measure', 'deals']
    const naive = async () => (await made.json('forecast', '--backtest', ...later)).origins
    expect((await naive()).every(({ actual }) => actual < 20)).toBe(true)
  })

  it('says on a screen that the new ones are not known', async () => {
    const made = await bookOf(open(20, TODAY))
    const screen = await made.ok('forecast')
    expect(screen).toMatch(/2026-11-30 .* –\n/)
    const changed = await made.ok('forecast', '--what-if', 'arrivals=+50%')
    expect(changed).toContain('“arrivals +50%” changes nothing')
  })

  it('is of nothing at all where nothing was entered', async () => {
    const { parts, total } = await (await emptyBook()).json('forecast')
    expect(total.mean).toBe(0)
    expect(parts).toEqual({ open: 0, new: null })
  })
})
