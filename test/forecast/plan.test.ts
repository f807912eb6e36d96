import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { desk, TODAY } from '../support/funnel.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import { bookOf, type Line, weekly } from './books.ts'
import {
  betaBinomialTail,
  chanceOf,
  dealsExpected,
  dealsNeeded,
} from '../../src/forecast/model/plan.ts'

/** ln Γ(x) for x > 0 by Stirling's series, moved up to where it is exact. */
function logGamma(x: number): number {
  if (x < 12) return logGamma(x + 1) - Math.log(x)
  const inverse = 1 / (x * x)
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / x
  )
}

const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b)

/** The tail as a sum of terms C(n, x) B(a + x, b + n − x) / B(a, b), each by itself. */
function tail(n: number, a: number, b: number, target: number): number {
  let sum = 0
  for (let x = target; x <= n; x += 1) {
    const choose = logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1)
    sum += Math.exp(choose + logBeta(a + x, b + n - x) - logBeta(a, b))
  }
  return sum
}

describe('the beta-binomial tail', () => {
  it('is that of the terms worked out one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        (n, won, lost, target) => {
          const [a, b] = [won + 0.5, lost + 0.5]
          expect(betaBinomialTail(n, a, b, target)).toBeCloseTo(tail(n, a, b, target), 8)
        },
      ),
    )
  })

  it('is certain of nothing wanted, and of nothing where too few are there', () => {
    expect(betaBinomialTail(5, 1, 1, 0)).toBe(1)
    expect(betaBinomialTail(5, 1, 1, 6)).toBe(0)
  })
})

describe('leads for a target', () => {
  it('are 50 expected and 85 at 80 % where 2 of 10 were won and 10 are wanted', () => {
    const record = { won: 2, reached: 10 }
    expect(dealsExpected(record, 10)).toBe(50)
    expect(betaBinomialTail(50, 2.5, 8.5, 10)).toBeCloseTo(0.55, 2)
    expect(dealsNeeded(record, 10, 0.8)).toBe(85)
    expect(betaBinomialTail(84, 2.5, 8.5, 10)).toBeLessThan(0.8)
  })

  it('are the fewest that reach the target so surely, by the terms worked out one by one', () => {
    const record = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 }))
      .map(([won, lost]) => ({ won, reached: won + lost }))
    const confidence = fc.constantFrom(0.5, 0.8, 0.9)
    fc.assert(
      fc.property(record, fc.integer({ min: 1, max: 12 }), confidence, (of, target, sure) => {
        const needed = dealsNeeded(of, target, sure) ?? 0
        const chance = (n: number) => tail(n, of.won + 0.5, of.reached - of.won + 0.5, target)
        expect(chance(needed)).toBeGreaterThanOrEqual(sure - 1e-9)
        if (needed > target) expect(chance(needed - 1)).toBeLessThan(sure + 1e-9)
      }),
      { numRuns: 60 },
    )
  })

  it('are unknown where nothing was won, and none where nothing is wanted', () => {
    expect(dealsExpected({ won: 0, reached: 10 }, 10)).toBeNull()
    expect(dealsExpected({ won: 1, reached: 2 }, 0)).toBe(0)
    expect(dealsNeeded({ won: 1, reached: 2 }, 0, 0.8)).toBe(0)
  })

  it('lean on the template as on eight deals, which 2 of 10 do no longer', () => {
    // 10 % as if 8 deals had said so, and one lost: Beta(0.8, 8.2), 0.8 of 9 on average.
    const one = { won: 0, reached: 1, template: 0.1 }
    expect(chanceOf(one)).toBeCloseTo(0.8 / 9, 12)
    expect(dealsExpected(one, 10)).toBe(113)
    const needed = dealsNeeded(one, 10, 0.8) ?? 0
    expect(tail(needed, 0.8, 8.2, 10)).toBeGreaterThanOrEqual(0.8)
    expect(tail(needed - 1, 0.8, 8.2, 10)).toBeLessThan(0.8)
    // A template that is sure of itself is not believed to be.
    expect(chanceOf({ won: 0, reached: 0, template: 0 })).toBe(0.01)
    expect(dealsNeeded({ won: 0, reached: 0, template: 1 }, 10, 0.8)).toBeGreaterThan(9)
    expect(chanceOf({ won: 2, reached: 10, template: null })).toBe(0.2)
  })

  it('are out of reach where a million would be too few', () => {
    const never = { won: 0, reached: 1000 }
    // Of a million, some five hundred on average, but as likely as not far fewer.
    expect(betaBinomialTail(1_000_000, 0.5, 1000.5, 500)).toBeLessThan(0.5)
    expect(dealsNeeded(never, 500, 0.8)).toBeNull()
    expect(dealsNeeded({ won: 9, reached: 10 }, 1_000_001, 0.8)).toBeNull()
  })
})

/** What tests read of a plan's JSON. */
interface Planned {
  confidence: number
  win_rate: number | null
  start_by: string
  leads: { expected: number | null; needed: number | null }
  stages: { stage: string }[]
  notes: string[]
}

describe('funnel plan', () => {
  /** Ten plain deals, two of them won. */
  const tenDeals = () => {
    const made = desk()
    made.ok('client', 'add', 'Pier Nine')
    for (let at = 1; at <= 10; at += 1) {
      const on = ['--on', '2026-09-01']
      made.ok('deal', 'add', 'pier', `Winch ${at}`, '--process', 'plain', '--amount', '1000', ...on)
      if (at <= 2) made.ok('win', String(at), '--on', '2026-10-01')
      else made.ok('lose', String(at), '--reason', 'bad timing', '--on', '2026-10-01')
    }
    return made
  }

  it('keeps to the contract, and takes off what open deals bring', () => {
    const made = tenDeals()
    const plan = () =>
      made.json<{ leads: { expected: number; needed: number } }>('plan', '--wins', '10')
    expect(plan()).toMatchObject({
      target: 10,
      confidence: 0.8,
      win_rate: 0.2,
      leads: { expected: 50, needed: 85 },
      stages: [{ stage: '(no stages)', expected: 50, needed: 85 }],
    })
    for (let at = 0; at < 12; at += 1) {
      made.ok('deal', 'add', 'pier', `Crane ${at}`, '--process', 'plain', '--amount', '1000')
    }
    const { leads } = plan()
    expect(leads.expected).toBeLessThan(50)
    expect(leads.needed).toBeLessThanOrEqual(85)
    const money = made.json<{ leads: { expected: number } }>('plan', '--amount', '10000')
    expect(money.leads.expected).toBe(leads.expected)
  })

  it('says what a point of win rate saves, and by when leads must be there', () => {
    const made = tenDeals()
    interface Timed {
      start_by: string
      stages: { saves: number; by: string }[]
    }
    const plan = (by: string) => made.json<Timed>('plan', '--wins', '10', '--by', by)
    const [december, may] = [plan('2026-12-31'), plan('2027-05-30')]
    // 50 leads at 20 %; at 21 % 47.6.
    expect(may.stages[0]?.saves).toBe(2.4)
    // 150 days later: the leads may come 150 days later too.
    const days = (day: string) => Date.parse(day) / 86_400_000
    expect(days(may.start_by) - days(december.start_by)).toBe(150)
    // All were closed after 30 days at one rate, (10 + 3) / (310 + 3 / r) with r = 10.5 / 340; 80 % of
    // wins have come when (1 − rate)^(t + 1) is under 0.2.
    const rate = 13 / (310 + 3 / (10.5 / 340))
    const first = Math.ceil(Math.log(0.2) / Math.log(1 - rate)) - 1
    expect(Math.abs(days('2027-05-30') - days(may.start_by) - first)).toBeLessThanOrEqual(3)
  })

  it('is sane where there is nothing to learn from', () => {
    const made = desk()
    expect(made.json('plan', '--wins', '3')).toMatchObject({
      win_rate: null,
      leads: { expected: null, needed: null },
    })
  })

  /** Forty won deals that each cost three times what they brought, and an open one without cost. */
  const losses = () => {
    const won = Array.from({ length: 40 }, (_, at): Line => {
      const month = String(1 + (at % 10)).padStart(2, '0')
      const [created, closed] = [`2026-${month}-01`, `2026-${month}-20`]
      return { title: `Winch ${at}`, status: 'won', amount: 1000, cost: 3000, created, closed }
    })
    const open: Line = { title: 'Crane', status: 'open', amount: 5000, cost: 0, created: TODAY }
    return bookOf([...won, open])
  }

  it('says that wins which lose money reach no profit', async () => {
    const made = await losses()
    const far = await made.json<Planned>('plan', '--profit', '50000')
    expect(far.leads).toEqual({ expected: null, needed: null })
    expect(far.notes[0]).toBe('No number of new leads reaches it.')
    expect(far.notes.join(' ')).toContain('A win brings a loss of 2,000 EUR on average')
    expect(await made.ok('plan', '--profit', '50000')).not.toContain('null')
    const near = await made.json<Planned>('plan', '--profit', '1000')
    expect(near.leads).toEqual({ expected: 0, needed: 0 })
    expect(near.notes[0]).toBe('No new leads are needed: the open deals bring it.')
  })

  it('says that wins which bring what they cost lead no nearer to a profit', async () => {
    const even = weekly(12, () => 'won').map((line) => ({ ...line, amount: 900, cost: 900 }))
    const { notes, leads } = await (await bookOf(even)).json<Planned>('plan', '--profit', '500')
    expect(leads).toEqual({ expected: null, needed: null })
    expect(notes[0]).toBe('No number of new leads reaches it.')
    expect(notes.join(' ')).toContain('A win brings no profit on average')
  })

  it('shows the sign of what a win counts as, where only open deals tell it', async () => {
    const open: Line = { title: 'Crane', status: 'open', amount: 1000, cost: 3000, created: TODAY }
    const { notes } = await (await bookOf([open])).json<Planned>('plan', '--profit', '500')
    expect(notes.join(' ')).toContain('A win counts as -2,000 EUR, the mean of deals as they were')
  })

  it('knows nothing of a win where no deal fits the filter', async () => {
    const made = await bookOf(weekly(12, (at) => (at % 3 === 0 ? 'won' : 'lost')))
    const ask = ['plan', '--amount', '4000', '--where', 'region=West']
    const { notes, leads } = await made.json<Planned>(...ask)
    expect(leads).toEqual({ expected: null, needed: null })
    expect(notes.join(' ')).toContain('What a win counts as is not known')
  })

  it('is for the process with the most deals, the first of them, or the one asked for', async () => {
    const plain = weekly(10, (at) => (at < 2 ? 'won' : 'lost'))
    const typical = weekly(3, () => 'lost').map((line): Line => ({ ...line, process: 'typical' }))
    const named = typical.map((line) => ({ ...line, title: `Mast ${line.title}` }))
    const made = await bookOf([...plain, ...named])
    const most = await made.json<Planned>('plan', '--wins', '10')
    expect(most).toMatchObject({ win_rate: 0.2, leads: { expected: 50, needed: 85 } })
    expect(most.stages.map(({ stage }) => stage)).toEqual(['(no stages)'])
    const asked = await made.json<Planned>('plan', '--wins', '10', '--process', 'typical')
    expect(asked.stages[0]?.stage).toBe('Qualification')
    // The template's 10 % as if 8 deals had said so, and 3 lost: 0.8 of 11.
    expect(asked).toMatchObject({ win_rate: 0, leads: { expected: 138 } })
    const needed = asked.leads.needed ?? 0
    expect(tail(needed, 0.8, 7.2 + 3, 10)).toBeGreaterThanOrEqual(0.8)
    expect(tail(needed - 1, 0.8, 7.2 + 3, 10)).toBeLessThan(0.8)
    expect(asked.notes.join(' ')).toContain('an assumption: 3 closed deals so far; 10 closed deals')
    const sure = ['--process', 'typical', '--confidence', '0.99']
    const far = await made.json<Planned>('plan', '--wins', '500', ...sure)
    expect(far.leads).toEqual({ expected: 6875, needed: null })
    expect(far.notes[0]).toBe(
      '6875 new leads bring it on average; over a million bring it with 99% confidence.',
    )
    const even = await bookOf([...plain.slice(0, 3), ...named])
    const first = await even.json<Planned>('plan', '--wins', '10')
    expect(first.stages[0]?.stage).toBe('Qualification')
  })

  it('has the template’s chances until ten deals are closed, stage by stage', async () => {
    const lost = weekly(9, () => 'lost').map((line): Line => ({ ...line, process: 'typical' }))
    const made = await bookOf(lost)
    const nine = await made.json<Planned>('plan', '--wins', '1')
    expect(nine).toMatchObject({ method: 'template', win_rate: 0 })
    // Lost without a stage, so all nine reached the first one only: 0.8 of 17 there, and the
    // template's own 15 % in the next.
    expect(nine.stages[0]).toMatchObject({ stage: 'Qualification', expected: 22 })
    expect(nine.stages[1]).toMatchObject({ stage: 'Meeting preparation', expected: 7 })
    const tenth: Line = { ...(lost[0] as Line), title: 'Last' }
    const ten = await (await bookOf([...lost, tenth])).json<Planned>('plan', '--wins', '1')
    expect(ten).toMatchObject({ method: 'own', win_rate: 0, leads: { expected: null } })
    expect(ten.notes).toContain('Rests on 10 closed deals.')
    // ½ won and 10½ lost: the fewest of which one is won with 80 %.
    const needed = ten.leads.needed ?? 0
    expect(tail(needed, 0.5, 10.5, 1)).toBeGreaterThanOrEqual(0.8)
    expect(tail(needed - 1, 0.5, 10.5, 1)).toBeLessThan(0.8)
  })

  it('takes the days to a win from the deals of its process', async () => {
    // Plain deals are won after 20 days, typical ones after 100 more.
    const plain = weekly(12, () => 'won')
    const slow = plain.map(({ title, closed = '', ...line }): Line => ({
      ...line,
      title: `Mast ${title}`,
      process: 'typical',
      closed: addDays(closed as Day, 100),
    }))
    const made = await bookOf([...plain, ...slow])
    const ask = ['plan', '--wins', '10', '--process', 'plain', '--by', '2027-06-30']
    expect((await made.json<Planned>(...ask)).start_by).toBe('2027-06-10')
  })

  it('needs fewer leads than on average where it need not be sure', async () => {
    const made = await bookOf(weekly(10, (at) => (at < 2 ? 'won' : 'lost')))
    const ask = ['plan', '--wins', '3', '--confidence', '0.3']
    const { leads } = await made.json<Planned>(...ask)
    expect(leads.expected).toBe(15)
    const needed = leads.needed ?? 0
    expect(needed).toBeLessThan(15)
    expect(tail(needed, 2.5, 8.5, 3)).toBeGreaterThanOrEqual(0.3)
    expect(tail(needed - 1, 2.5, 8.5, 3)).toBeLessThan(0.3)
  })

  it('says what a win counts as, and guesses nothing, where none was won', async () => {
    const made = await bookOf([{ title: 'Crane', status: 'open', amount: 900, created: TODAY }])
    const { notes } = await made.json<Planned>('plan', '--amount', '4000')
    expect(notes[0]).toBe('No deal was closed yet: what it takes cannot be said.')
    expect(notes.join(' ')).toContain('counts as 900 EUR, the mean of deals as they were opened')
    expect(notes.join(' ')).not.toMatch(/bold guess|past ones/)
  })

  it('needs no fewer leads to be sure than on average', async () => {
    const month = { created: '2026-10-01', closed: '2026-10-20' }
    const won = Array.from({ length: 40 }, (_, at): Line => {
      return { title: `Winch ${at}`, status: 'won', amount: 1000, ...month }
    })
    const made = await bookOf([...won, { title: 'Crane', status: 'open', created: TODAY }])
    const { leads } = await made.json<Planned>('plan', '--wins', '20')
    // The open deal is won with 95 %: 19 more surely, but 19.05 on average.
    expect(leads).toEqual({ expected: 20, needed: 20 })
  })

  it('reads a confidence as a share, or as a percentage with its sign', () => {
    const made = tenDeals()
    const sure = (text: string) =>
      made.json<Planned>('plan', '--wins', '3', '--confidence', text).confidence
    expect(['0.8', '.8', '80%', '80'].map(sure)).toEqual([0.8, 0.8, 0.8, 0.8])
    for (const text of ['1', '1.5', '0', '100%', '5', 'half']) {
      const { code, err } = made.run('plan', '--wins', '3', '--confidence', text)
      expect([text, code]).toEqual([text, 2])
      expect(err).toContain('a share between 0 and 1, or a percentage with its sign')
    }
  })

  it('names --by where the day is not one to plan for', () => {
    const made = desk()
    for (const day of ['2026-11-01', '2040-01-01', 'soon']) {
      const { code, err } = made.run('plan', '--wins', '3', '--by', day)
      expect(code).toBe(2)
      expect(err).toContain('--by')
      expect(err).not.toContain('horizon')
    }
  })

  it('wants one target and a confidence below certainty', () => {
    const made = desk()
    expect(made.run('plan').code).toBe(2)
    expect(made.run('plan', '--wins', '3', '--profit', '5').code).toBe(2)
    expect(made.run('plan', '--wins', '3', '--confidence', '100%').code).toBe(2)
    expect(made.run('plan', '--wins', '3', '--by', '2026-11-01').code).toBe(2)
  })
})
