import { describe, expect, it } from 'vitest'
import { DealCursor } from '../../src/book/stays/cursor.ts'
import { encodeHistory, type Stay } from '../../src/book/stays/history.ts'
import { SpellCounts } from '../../src/domain/statistics/spell-counts.ts'
import { countVisits } from '../../src/reports/pace/days.ts'

const PROPOSAL = 4
const DECISION = 5

/** It went on and was lost, was reopened and won. */
const STAYS: Stay[] = [
  { stage: PROPOSAL, came: 10, gone: 40, end: 'moved' },
  { stage: DECISION, came: 40, gone: 45, end: 'lost' },
  { stage: DECISION, came: 60, gone: 61, end: 'won' },
]

function dealOf(stays: Stay[], asOf: number, openedKnown = true): DealCursor {
  const bytes = encodeHistory({
    id: 7,
    client: 300,
    process: 1,
    source: null,
    furthest: DECISION,
    outcomeOnly: false,
    opened: 10,
    openedKnown,
    last: 61,
    terms: [
      { day: 10, owner: 2, amount: 5_000_000_000, cost: null },
      { day: 50, owner: 3, amount: null, cost: 1 },
    ],
    stays,
  })
  const deal = new DealCursor(asOf, (_, stage) => stage)
  expect(deal.read(7, bytes, 0)).toBe(true)
  return deal
}

function visits(deal: DealCursor, from: number, end: number) {
  const counts = new Map([PROPOSAL, DECISION].map((stage) => [stage, new SpellCounts()]))
  countVisits((stage) => counts.get(stage) as SpellCounts, deal, { from, end })
  return [...counts].map(([, one]) => one.spells())
}

describe('the visits of stages', () => {
  it('end with the next step of the deal, and begin again where it is reopened', () => {
    expect(visits(dealOf(STAYS, 100), -Infinity, 100)).toEqual([
      [{ from: 0, to: 30, end: 'event', count: 1 }],
      [
        { from: 0, to: 1, end: 'event', count: 1 },
        { from: 0, to: 5, end: 'event', count: 1 },
      ],
    ])
  })

  it('are watched from the age that they had on the first day, those that ended before not at all', () => {
    const deal = dealOf(STAYS, 100)
    expect(visits(deal, 25, 100)[0]).toEqual([{ from: 15, to: 30, end: 'event', count: 1 }])
    expect(visits(deal, 40, 100)[0]).toEqual([{ from: 30, to: 30, end: 'event', count: 1 }])
    expect(visits(deal, 41, 100)).toEqual([
      [],
      [
        { from: 0, to: 1, end: 'event', count: 1 },
        { from: 1, to: 5, end: 'event', count: 1 },
      ],
    ])
    expect(visits(deal, 50, 59)).toEqual([[], []])
  })

  it('are still under way on a day before their end, and none where nobody knows their first', () => {
    expect(visits(dealOf(STAYS, 100), -Infinity, 42)[1]).toEqual([
      { from: 0, to: 2, end: 'censored', count: 1 },
    ])
    expect(visits(dealOf(STAYS, 100, false), -Infinity, 42)).toEqual([
      [],
      [{ from: 0, to: 2, end: 'censored', count: 1 }],
    ])
  })
})

describe('a deal on a day', () => {
  it('is in the stage and has the terms of then', () => {
    const { status, closed, owner, amount, cost, stays, furthest } = dealOf(STAYS, 44)
    expect([status, closed, owner, amount, cost, stays, furthest]).toEqual([
      'open',
      null,
      2,
      5_000_000_000,
      null,
      2,
      DECISION,
    ])
    expect(dealOf(STAYS, 39).furthest).toBe(PROPOSAL)
    expect(dealOf(STAYS, 45)).toMatchObject({ status: 'lost', closed: 45 })
    expect(dealOf(STAYS, 59)).toMatchObject({ status: 'lost', owner: 3, amount: null, cost: 1 })
    expect(dealOf(STAYS, 60)).toMatchObject({ status: 'open', closed: null })
    expect(dealOf(STAYS, 61)).toMatchObject({ status: 'won', closed: 61 })
  })
})

describe('spells that are alike', () => {
  it('are counted together, however long they took', () => {
    const counts = new SpellCounts()
    for (const days of [3, 5000, 3, 5000]) counts.add(0, days, 'event')
    counts.add(2, 9, 'other')
    const all = new SpellCounts()
    for (const one of [counts, counts]) all.addAll(one)
    expect(all.spells()).toEqual([
      { from: 0, to: 3, end: 'event', count: 4 },
      { from: 0, to: 5000, end: 'event', count: 4 },
      { from: 2, to: 9, end: 'other', count: 2 },
    ])
  })
})
