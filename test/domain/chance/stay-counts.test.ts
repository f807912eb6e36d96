import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countStay,
  LOST,
  MOVED,
  noStays,
  OPEN,
  together,
  WON,
} from '../../../src/domain/chance/stay-counts.ts'

const NEXT = 5

describe('counts of stays', () => {
  it('have days at risk by age, and an exit at the age of it', () => {
    const counts = noStays()
    // Entered on the 3rd, left on the 5th: three days.
    countStay(counts, 3, MOVED, false, false, NEXT)
    countStay(counts, 30, WON, false, false, -1)
    countStay(counts, 8, OPEN, false, false, -1)
    expect([...counts.days]).toEqual([3 + 7 + 7, 7 + 1, 14, 2, 0, 0, 0, 0])
    expect([...counts.moved]).toEqual([1, 0, 0, 0, 0, 0, 0, 0])
    expect([...counts.won]).toEqual([0, 0, 0, 1, 0, 0, 0, 0])
    expect(counts.next).toEqual(new Map([[NEXT, 1]]))
  })

  it('keep apart what came at an age that nobody knows', () => {
    const counts = noStays()
    countStay(counts, 10, LOST, true, false, -1)
    countStay(counts, 1, WON, true, true, -1)
    countStay(counts, 1, MOVED, true, true, NEXT)
    expect([...counts.days]).toEqual([0, 0, 0, 0, 0, 0, 0, 10])
    expect([counts.moved, counts.won, counts.lost].map((column) => column[7])).toEqual([1, 1, 1])
    expect(counts).toMatchObject({ ageless: 1, untimed: 1, next: new Map() })
  })

  it('are nothing again once all stays are taken out, in whatever order', () => {
    const anyStay = fc.tuple(
      fc.integer({ min: 1, max: 300 }),
      fc.constantFrom(OPEN, MOVED, WON, LOST),
      fc.boolean(),
      fc.boolean(),
    )
    fc.assert(
      fc.property(fc.array(anyStay), fc.array(anyStay), (some, others) => {
        const [here, there] = [noStays(), noStays()]
        for (const stay of some) countStay(here, ...stay, NEXT)
        for (const stay of others) countStay(there, ...stay, NEXT)
        const all = together(here, there)
        for (const stay of [...others, ...some]) countStay(all, ...stay, NEXT, -1)
        expect(all).toEqual(noStays())
      }),
    )
  })
})
