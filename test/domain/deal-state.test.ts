import { describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import type { Money } from '../../src/domain/money.ts'
import { type DealEvent, inOrder, stateOf, type Terms } from '../../src/domain/deal-state.ts'

const A = 1
const B = 2
const C = 3
const RANKS = new Map([
  [A, 1],
  [B, 2],
  [C, 3],
])

const terms = (amount: number | null): Terms => ({
  amount: amount as Money | null,
  cost: null,
  ownerId: null,
  expectedClose: null,
  chance: null,
  currency: null,
})

let next = 0
function at(day: string, event: object): DealEvent {
  next += 1
  return { id: next, at: day as Day, ...event } as unknown as DealEvent
}

const opened = at('2026-01-05', { kind: 'opened', stageId: A, terms: terms(100) })

describe('where a deal stands', () => {
  it('follows its events', () => {
    const state = stateOf(
      [opened, at('2026-01-10', { kind: 'moved', stageId: B }), at('2026-02-01', { kind: 'won' })],
      RANKS,
    )
    expect(state).toMatchObject({
      status: 'won',
      stageId: B,
      furthestStageId: B,
      stageSince: '2026-01-10',
      openedOn: '2026-01-05',
      closedOn: '2026-02-01',
      amount: 100,
    })
  })

  it('keeps the furthest stage when it goes back', () => {
    const state = stateOf(
      [
        opened,
        at('2026-01-10', { kind: 'moved', stageId: C }),
        at('2026-01-12', { kind: 'moved', stageId: A }),
        at('2026-01-13', { kind: 'lost', reasonId: 4 }),
      ],
      RANKS,
    )
    expect(state).toMatchObject({ stageId: A, furthestStageId: C, status: 'lost', reasonId: 4 })
  })

  it('counts a stage that its process does not know as earlier than all others', () => {
    const [unknown, other] = [8, 9]
    const moves = (...stages: number[]) =>
      stateOf(
        [opened, ...stages.map((stageId) => at('2026-01-10', { kind: 'moved', stageId }))],
        RANKS,
      )
    expect(moves(unknown)).toMatchObject({ stageId: unknown, furthestStageId: A })
    const before = { ...opened, stageId: unknown } as DealEvent
    const state = (stageId: number) =>
      stateOf([before, at('2026-01-10', { kind: 'moved', stageId })], RANKS)
    expect(state(A).furthestStageId).toBe(A)
    expect(state(other).furthestStageId).toBe(unknown)
  })

  it('has reached the stage that it is moved to, where its process had none before', () => {
    const plain = at('2026-01-05', { kind: 'opened', stageId: null, terms: terms(100) })
    const state = stateOf([plain, at('2026-01-10', { kind: 'moved', stageId: B })], RANKS)
    expect(state).toMatchObject({ stageId: B, furthestStageId: B, stageSince: '2026-01-10' })
  })

  it('goes on where it stopped when reopened', () => {
    const state = stateOf(
      [
        opened,
        at('2026-01-10', { kind: 'moved', stageId: B }),
        at('2026-01-13', { kind: 'lost', reasonId: 4 }),
        at('2026-03-01', { kind: 'reopened' }),
      ],
      RANKS,
    )
    expect(state).toMatchObject({
      status: 'open',
      stageId: B,
      stageSince: '2026-03-01',
      closedOn: null,
      reasonId: null,
    })
  })

  it('takes the newest terms', () => {
    const amended = at('2026-01-06', { kind: 'amended', terms: terms(250) })
    expect(stateOf([opened, amended], RANKS).amount).toBe(250)
  })

  it('refuses what cannot follow', () => {
    const won = at('2026-02-01', { kind: 'won' })
    const lost = at('2026-02-02', { kind: 'lost', reasonId: null })
    const moved = at('2026-02-02', { kind: 'moved', stageId: B })
    const reopened = at('2026-01-06', { kind: 'reopened' })
    expect(() => stateOf([opened, won, lost], RANKS)).toThrow('was won on 2026-02-01')
    expect(() => stateOf([opened, won, moved], RANKS)).toThrow('not open')
    expect(() => stateOf([opened, reopened], RANKS)).toThrow('nothing to reopen')
    expect(() => stateOf([opened, opened], RANKS)).toThrow('already open')
    expect(() => stateOf([moved], RANKS)).toThrow('before it was opened')
    expect(() => stateOf([], RANKS)).toThrow('without events')
  })

  it('orders events by day, then as they were entered', () => {
    const late = at('2026-01-01', { kind: 'won' })
    const first = at('2026-01-01', { kind: 'reopened' })
    expect(inOrder([opened, first, late]).map((event) => event.id)).toEqual([
      late.id,
      first.id,
      opened.id,
    ])
  })
})
