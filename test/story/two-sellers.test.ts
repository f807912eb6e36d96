import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder, runIn } from '../support/funnel.ts'

// November 2026 of two sellers, Ann and Bo, who share one book, through the real binary only. It has 21 working
// days, of which 20 are gone by Friday the 27th.
//
// A pump costs 1,000 (600 to buy), an hour of service 100 (40).
//
//  client        deal      opened  course                                           on 27 November
//  1 Alder       Pumps     3 Nov   3 pumps −5% = 2,850; 10 h = 1,000; won 12 Nov    won   3,850 cost 2,200  Ann
//  2 Birch       Overhaul  4 Nov   lost 16 Nov, first with the wrong reason         lost  2,000             Ann
//  3 Cedar       One pump  5 Nov   1 pump; won 18 Nov                               won   1,000 cost   600  Bo
//  4 Dogwood     Cooling   6 Nov   handed over from Bo to Ann 19 Nov; won 25 Nov    won   4,500 cost 3,000  Ann
//  5 Elm         Mistake   9 Nov   deleted 10 Nov                                   –
//  5 Elm         Belt      11 Nov  with a tag, a property and a next step           open    700             Bo
//  6 Alder Ltd   Fan       10 Nov  client merged into Alder 13 Nov; won 20 Nov      won     300 no cost     Bo
//
// Won: 3,850 + 1,000 + 4,500 + 300 = 9,650. Profit: 1,650 + 400 + 1,500 + 300 = 3,850. Ann won 8,350, Bo 1,300.

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

type Row = Record<string, string | number | null>

function seller(user: string) {
  return (day: string) => {
    const env = { FUNNEL_TODAY: `2026-11-${day}`, FUNNEL_USER: user }
    const ok = (...args: string[]): string => {
      const { code, out, err } = runIn(FOLDER, args, { env })
      expect({ args, code, err: code === 0 ? '' : err }).toEqual({ args, code: 0, err: '' })
      return out
    }
    const json = <T = Row>(...args: string[]): T => JSON.parse(ok(...args, '--json')) as T
    return { ok, json }
  }
}

const ann = seller('ann')
const bo = seller('bo')
const plain = ['--process', 'plain']

describe('a month of two sellers', { timeout: 300_000 }, () => {
  it('begins with what they sell, to whom, and what they are to reach', () => {
    const { ok } = ann('02')
    ok('init', '--currency', 'EUR', '--timezone', 'Europe/Berlin', '--no-input')
    ok('owner', 'add', 'Ann', '--user', 'ann')
    ok('owner', 'add', 'Bo', '--user', 'bo')
    ok('tax', 'add', 'Standard', '19%')
    ok('product', 'add', 'Pump', '--code', 'P', '--price', '1000', '--cost', '600')
    ok('product', 'add', 'Service', '--code', 'S', '--price', '100', '--cost', '40', '--unit', 'h')
    ok('client', 'add', 'Alder', '--owner', 'Ann', '--region', 'North')
    ok('client', 'add', 'Birch', '--owner', 'Ann', '--region', 'South')
    ok('goal', 'set', 'won-amount', '10000', '--owner', 'Ann', '--period', '2026-11')
    const his = bo('02')
    his.ok('client', 'add', 'Cedar', '--owner', 'Bo', '--region', 'North')
    his.ok('client', 'add', 'Dogwood', '--owner', 'Bo', '--region', 'South')
    his.ok('client', 'add', 'Elm', '--owner', 'Bo', '--region', 'North')
    his.ok('goal', 'set', 'won-amount', '6000', '--owner', 'Bo', '--period', '2026-11')
    his.ok('goal', 'set', 'won-deals', '4', '--every', 'month')
    expect(his.json<{ goals: Row[] }>('goal', 'list').goals).toHaveLength(3)
  })

  it('opens deals, whose amounts follow their lines', () => {
    const third = ann('03')
    third.ok('deal', 'add', 'Alder', 'Pumps', ...plain)
    third.ok('deal', 'line', 'add', 'Pumps', 'P', '--quantity', '3', '--discount', '5%')
    third.ok('deal', 'line', 'add', 'Pumps', 'S', '--quantity', '10')
    third.ok('deal', 'line', 'add', 'Pumps', 'P', '--optional')
    expect(third.json('deal', 'show', 'Pumps')).toMatchObject({ amount: 3850, cost: 2200 })
    const money = ['--amount', '2000', '--cost', '500']
    ann('04').ok('deal', 'add', 'Birch', 'Overhaul', ...money, ...plain)
    bo('05').ok('deal', 'add', 'Cedar', 'One pump', ...plain)
    bo('05').ok('deal', 'line', 'add', 'One pump', 'P')
    const large = ['--amount', '4500', '--cost', '3000']
    bo('06').ok('deal', 'add', 'Dogwood', 'Cooling', ...large, ...plain)
    bo('09').ok('deal', 'add', 'Elm', 'Mistake', '--amount', '9999', ...plain)
    bo('10').ok('client', 'add', 'Alder Ltd', '--owner', 'Bo')
    bo('10').ok('deal', 'add', 'Alder Ltd', 'Fan', '--amount', '300', ...plain)
    const marked = ['--tag', 'expo', '--property', 'Colour=red']
    bo('11').ok('deal', 'add', 'Elm', 'Belt', '--amount', '700', ...marked, ...plain)
    // All that is open: 3,850 + 2,000 + 1,000 + 4,500 + 9,999 + 300 + 700.
    expect(ann('11').json<{ totals: Row }>('report', 'open')).toMatchObject({
      totals: { deals: 7, amount: 22_349 },
    })
  })

  it('corrects what was wrong: a deal, a meeting, a call, two records of one client', () => {
    bo('10').ok('deal', 'delete', 'Mistake')
    expect(ann('11').json<{ totals: Row }>('report', 'open')).toMatchObject({
      totals: { deals: 6, amount: 12_350 },
    })
    bo('10').ok('log', 'meeting', 'Cedar', 'shown round', '--at', '14:30', '--length', '1h')
    bo('10').ok('log', 'call', 'Dogwood', 'of somebody else')
    bo('11').ok('interaction', 'edit', '1', '--at', '15:00', '--length', '1h30')
    bo('11').ok('interaction', 'delete', '2')
    const { interactions } = ann('11').json<{ interactions: Row[] }>('interaction', 'list')
    expect(interactions).toMatchObject([{ client: 'Cedar', time: '15:00', minutes: 90 }])
    ann('13').ok('client', 'merge', 'Alder', '6')
    expect(ann('13').json<{ deals: Row[] }>('client', 'show', 'Alder')).toMatchObject({
      deals: [{ title: 'Pumps' }, { title: 'Fan', owner: 'Bo' }],
    })
  })

  it('has appointments, and shows what overlaps', () => {
    const due = ['--due', '2026-11-27 10:00', '--length', '1h']
    bo('12').ok('task', 'add', 'Call back about the belt', '--deal', 'Belt', ...due)
    ann('12').ok('task', 'add', 'Visit Birch', '--client', 'Birch', '--due', '2026-11-27 10:30')
    const his = bo('12').ok('calendar', '2026-11-27', '--mine')
    expect(his).toMatch(/10:00.*Call back about the belt/)
    expect(his).not.toContain('Visit Birch')
    const all = ann('12').ok('calendar', '2026-11-27')
    expect(all).toMatch(/10:00[^\n]*Call back[^]*10:30[^\n]*Visit Birch/)
  })

  it('closes deals, hands some over, and corrects a reason', () => {
    ann('12').ok('win', 'Pumps')
    ann('16').ok('lose', 'Overhaul', '--reason', 'no answer')
    ann('17').ok('deal', 'edit', 'Overhaul', '--reason', 'too expensive')
    const { rows } = ann('17').json<{ rows: Row[] }>('report', 'losses', '--period', '2026-11')
    expect(rows).toMatchObject([{ reason: 'too expensive', deals: 1, amount: 2000, share: 1 }])
    bo('18').ok('win', 'One pump')
    bo('19').ok('owner', 'hand-over', 'Bo', '--to', 'Ann', '--where', 'region=South')
    expect(ann('19').json('deal', 'show', 'Cooling')).toMatchObject({ owner: 'Ann' })
    // On the day before it was still Bo's: Cooling, Fan and Belt were his.
    const before = ['report', 'open', '--owner', 'Bo']
    expect(ann('19').json<{ totals: Row }>(...before, '--as-of', '2026-11-18')).toMatchObject({
      totals: { deals: 3, amount: 5500 },
    })
    expect(ann('19').json<{ totals: Row }>(...before)).toMatchObject({
      totals: { deals: 2, amount: 1000 },
    })
    bo('20').ok('win', 'Fan')
    ann('25').ok('win', 'Cooling')
  })

  it('changes many clients at once, and each seller takes back only their own', () => {
    ann('20').ok('client', 'edit', '--where', 'region=North', '--set', 'size=small')
    bo('20').ok('client', 'edit', 'Cedar', '--rating', 'A')
    // Alder, Cedar and Elm were changed by Ann; Bo came later, but not to what Ann takes back now.
    bo('20').ok('undo')
    ann('20').ok('client', 'edit', 'Birch', '--region', 'East')
    bo('20').ok('client', 'edit', 'Elm', '--rating', 'B')
    ann('20').ok('undo')
    expect(ann('20').json('client', 'show', 'Birch')).toMatchObject({ region: 'South' })
    expect(ann('20').json('client', 'show', 'Elm')).toMatchObject({ rating: 'B', size: 'small' })
    const his = ['history', '--by', 'bo', '--limit', '100']
    const { operations } = ann('20').json<{ operations: Row[] }>(...his)
    expect(new Set(operations.map(({ author }) => author))).toEqual(new Set(['bo']))
    expect(operations.map(({ summary }) => String(summary)).join('\n')).toMatch(/Bo.*Ann/)
  })

  it('ends with figures that are those worked out by hand', () => {
    const { json, ok } = ann('27')
    expect(json('report', 'closed', '--period', '2026-11')).toMatchObject({
      totals: {
        deals: 5,
        won: 4,
        lost: 1,
        win_rate: 0.8,
        amount_won: 9650,
        amount_lost: 2000,
        profit_won: 3850,
      },
    })
    const byOwner = ['report', 'closed', '--period', '2026-11', '--by', 'owner']
    const { groups } = json<{ groups: { key: string; totals: Row }[] }>(...byOwner)
    expect(
      groups.map(({ key, totals }) => [key, totals.won, totals.lost, totals.amount_won]),
    ).toEqual([
      ['Ann', 2, 1, 8350],
      ['Bo', 2, 0, 1300],
    ])
    // Pumps: 3 for 2,850 (bought for 1,800) and 1 for 1,000 (600). Service: 10 h for 1,000 (400).
    const sold = json<{ rows: Row[] }>('report', 'products', '--period', '2026-11')
    expect(sold.rows).toMatchObject([
      { product: 'Pump', quantity: 4, won: 2, lost: 0, amount_won: 3850, profit_won: 1450 },
      { product: 'Service', quantity: 10, won: 1, lost: 0, amount_won: 1000, profit_won: 600 },
    ])
    // Pace: 10,000 × 20 / 21 = 9,523.81; 6,000 × 20 / 21 = 5,714.29; 4 × 20 / 21 = 3.81. One working day is left.
    const goals = json<{ rows: Row[] }>('report', 'goals').rows
    const of = (owner: string | null): Row | undefined => goals.find((row) => row.owner === owner)
    expect(of('Ann')).toMatchObject({ actual: 8350, pace: 9523.81, needed_per_day: 1650 })
    expect(of('Bo')).toMatchObject({ actual: 1300, pace: 5714.29, needed_per_day: 4700 })
    expect(of(null)).toMatchObject({ actual: 4, pace: 3.81, needed_per_day: 0, chance: 1 })
    expect(json<{ totals: Row }>('report', 'open')).toMatchObject({
      totals: { deals: 1, amount: 700 },
    })
    const tagged = [
      'deal',
      'list',
      '--where',
      'deal:tag=expo',
      '--where',
      'deal:property:Colour=red',
    ]
    expect(json<{ deals: Row[] }>(...tagged).deals).toMatchObject([
      { title: 'Belt', next_step: 'Call back about the belt' },
    ])
    expect(ok('doctor')).toMatch(/sound|in order/)
  })
})
