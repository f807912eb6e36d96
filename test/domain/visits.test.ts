import { describe, expect, it } from 'vitest'
import { CLOSED, VisitCounter } from '../../src/domain/visits.ts'

type Step = [deal: number, stage: number | null, day: number]

const PROPOSAL = 4
const DECISION = 5

/** Steps of two deals: one went on and was lost, taken up again and won; the other is still open. */
const STEPS: Step[] = [
  [7, PROPOSAL, 10],
  [7, DECISION, 40],
  [7, CLOSED, 45],
  [7, null, 60],
  [7, CLOSED, 61],
  [9, PROPOSAL, 70],
]

function visits(steps: readonly Step[], first: number | null, last: number) {
  const counter = new VisitCounter()
  for (const [deal, stage, day] of steps) counter.step(deal, stage, day, first, last)
  return counter.finish()
}

describe('the visits of stages', () => {
  it('end with the next step of the deal, and begin anew where it is reopened', () => {
    expect(visits(STEPS, null, 100)).toEqual([
      { stageId: PROPOSAL, from: 0, to: 30, end: 'event', count: 1 },
      { stageId: DECISION, from: 0, to: 5, end: 'event', count: 1 },
      { stageId: DECISION, from: 0, to: 1, end: 'event', count: 1 },
      { stageId: PROPOSAL, from: 0, to: 30, end: 'censored', count: 1 },
    ])
  })

  it('are watched from the age that they had on the first day, those that ended before not at all', () => {
    expect(visits(STEPS, 25, 100)[0]).toMatchObject({ from: 15, to: 30 })
    expect(visits(STEPS, 40, 100)[0]).toMatchObject({ from: 30, to: 30 })
    expect(visits(STEPS, 41, 100)).toEqual([
      { stageId: DECISION, from: 1, to: 5, end: 'event', count: 1 },
      { stageId: DECISION, from: 0, to: 1, end: 'event', count: 1 },
      { stageId: PROPOSAL, from: 0, to: 30, end: 'censored', count: 1 },
    ])
  })

  it('that are alike are counted together', () => {
    const alike = [1, 2, 3].flatMap((deal): Step[] => [
      [deal, PROPOSAL, 10 * deal],
      [deal, CLOSED, 10 * deal + 3],
    ])
    expect(visits(alike, null, 100)).toEqual([
      { stageId: PROPOSAL, from: 0, to: 3, end: 'event', count: 3 },
    ])
  })

  it('are none before a deal has come into a stage', () => {
    expect(
      visits(
        [
          [1, null, 5],
          [1, PROPOSAL, 9],
          [2, null, 10],
        ],
        null,
        12,
      ),
    ).toEqual([{ stageId: PROPOSAL, from: 0, to: 3, end: 'censored', count: 1 }])
    expect(visits([], null, 12)).toEqual([])
  })
})
