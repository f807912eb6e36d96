import { describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import type { Money } from '../../src/domain/money.ts'
import {
  eventsFromRows,
  type KnownOutcome,
  type HistoryRow,
} from '../../src/import/history/events-from-rows.ts'
import { joined, rowsFromEvents } from '../../src/import/history/join-rows.ts'
import type { EventRow } from '../../src/import/history/read-event.ts'

const OPEN: KnownOutcome = {
  status: 'open',
  closedOn: null,
  amount: null,
  ownerId: null,
  termsStand: false,
}

const passage = (at: string, more: Partial<HistoryRow>): HistoryRow => ({
  at: at as Day,
  outcome: 'open',
  stageId: null,
  amount: null,
  ownerId: null,
  ...more,
})
const stage = (at: string, stageId: number, more: Partial<HistoryRow> = {}): HistoryRow =>
  passage(at, { stageId, ...more })

/** `day kind stage` for each event; those that no row tells have a question mark. */
function course(
  passages: HistoryRow[],
  end: Partial<KnownOutcome> = {},
  first: number | null = 1,
): string[] {
  return eventsFromRows(passages, { ...OPEN, ...end }, first).map(
    ({ at, kind, stageId, isFromFile }) =>
      `${at} ${kind} ${stageId ?? '–'}${isFromFile ? '' : '?'}`,
  )
}

describe('the course of a deal', () => {
  it('is none without rows', () => {
    expect(course([])).toEqual([])
  })

  it('closes once, however often the file says so', () => {
    const rows = [
      stage('2026-01-01', 1),
      passage('2026-02-01', { outcome: 'won' }),
      passage('2026-02-03', { outcome: 'won' }),
    ]
    expect(course(rows)).toEqual(['2026-01-01 opened 1', '2026-02-01 won –'])
  })

  it('is reopened before another outcome, and before a stage', () => {
    const rows = [
      stage('2026-01-01', 1),
      passage('2026-02-01', { outcome: 'lost' }),
      passage('2026-03-01', { outcome: 'won' }),
      stage('2026-04-01', 2),
    ]
    expect(course(rows)).toEqual([
      '2026-01-01 opened 1',
      '2026-02-01 lost –',
      '2026-03-01 reopened –',
      '2026-03-01 won –',
      '2026-04-01 reopened –',
      '2026-04-01 moved 2',
    ])
  })

  it('begins in the first stage where it begins with an outcome', () => {
    expect(course([passage('2026-02-01', { outcome: 'lost' })])).toEqual([
      '2026-02-01 opened 1?',
      '2026-02-01 lost –',
    ])
  })

  it('that ends open closes as the deal is known to have, never before its last row', () => {
    const rows = [stage('2026-01-01', 1), stage('2026-01-10', 2)]
    const known = { status: 'won', closedOn: '2026-02-01' as Day } as const
    expect(course(rows, known).at(-1)).toBe('2026-02-01 won –?')
    const earlier = { status: 'won', closedOn: '2026-01-05' as Day } as const
    expect(course(rows, earlier).at(-1)).toBe('2026-01-10 won –?')
    expect(course(rows, { status: 'lost' }).at(-1)).toBe('2026-01-10 lost –?')
  })

  it('ends with the amount that the deal is known by', () => {
    const rows = [
      stage('2026-01-01', 1, { amount: 100 as Money }),
      stage('2026-01-10', 2, { amount: 200 as Money }),
    ]
    const amounts = (termsStand: boolean) =>
      eventsFromRows(rows, { ...OPEN, amount: 300 as Money, termsStand }, 1).flatMap(
        ({ terms }) => terms?.amount ?? [],
      )
    expect(amounts(true)).toEqual([100, 200, 300])
    expect(amounts(false)).toEqual([100, 200])
  })
})

describe('the rows that events came from', () => {
  const event = (kind: EventRow['kind'], at: string, more: Partial<EventRow> = {}) => ({
    kind,
    at: at as Day,
    stage_id: null,
    amount: null,
    owner_id: null,
    ...more,
  })

  it('are told of a deal whose amount changed on its way, and after it was won', () => {
    const events = [
      event('opened', '2026-01-01', { stage_id: 1, amount: 100 as Money }),
      event('amended', '2026-01-10', { amount: 200 as Money }),
      event('moved', '2026-01-10', { stage_id: 2 }),
      event('won', '2026-02-01'),
      event('amended', '2026-02-05', { amount: 250 as Money }),
    ]
    expect(rowsFromEvents(events)).toEqual([
      stage('2026-01-01', 1, { amount: 100 as Money }),
      stage('2026-01-10', 2, { amount: 200 as Money }),
      passage('2026-02-01', { outcome: 'won' }),
      passage('2026-02-05', { outcome: 'won', amount: 250 as Money }),
    ])
  })

  it('give the same course again', () => {
    const rows = [
      stage('2026-01-01', 1, { amount: 100 as Money }),
      stage('2026-01-10', 2, { amount: 200 as Money }),
      passage('2026-02-01', { outcome: 'lost' }),
      stage('2026-03-01', 2),
      passage('2026-04-01', { outcome: 'won' }),
    ]
    const events = eventsFromRows(rows, OPEN, 1).map(({ kind, at, stageId, terms }) =>
      event(kind, at, {
        stage_id: stageId,
        amount: terms?.amount ?? null,
        owner_id: terms?.ownerId ?? null,
      }),
    )
    expect(course(rowsFromEvents(events))).toEqual(course(rows))
  })
})

describe('two lists of the same deal', () => {
  interface Step {
    at: Day
    name: string
  }
  const steps = (...names: string[]): Step[] =>
    names.map((name) => ({ at: '2026-01-01' as Day, name }))
  const join = (known: string[], told: string[]): string =>
    joined(steps(...known), steps(...told), {
      isSame: (one, other) => one.name === other.name,
      isEnd: ({ name }) => name === 'won',
      both: (one) => one,
    })
      .map(({ name }) => name)
      .join(' ')

  it('are one in the file’s order within a day, beside what both have', () => {
    expect(join(['b'], ['a', 'b', 'c'])).toBe('a b c')
    expect(join(['a', 'c'], ['a', 'b', 'c'])).toBe('a b c')
  })

  it('have what only the file tells last, but before the end of the deal', () => {
    expect(join(['a', 'b'], ['c'])).toBe('a b c')
    expect(join(['a', 'won'], ['b'])).toBe('a b won')
    expect(join(['a', 'won'], ['won', 'b'])).toBe('a won b')
  })
})
