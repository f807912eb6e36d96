import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countStay, MOVED, noStays, OPEN, WON } from '../../src/domain/chance/stay-counts.ts'
import type { Seen } from '../../src/domain/chance/seen.ts'
import type { Ledger } from '../../src/forecast/model/ledger.ts'
import { seenOn } from '../../src/forecast/model/seen-on.ts'
import { readVisits } from '../../src/forecast/model/visits-on.ts'
import { ledgerOfEvents } from '../support/ledger.ts'

const PLACES = [1, 2, 3].map((stageId) => ({ processId: 1, stageId, name: '', template: null }))

const step = fc.record({
  days: fc.integer({ min: 0, max: 60 }),
  kind: fc.constantFrom('moved' as const, 'moved' as const, 'won' as const, 'lost' as const),
  stageId: fc.integer({ min: 1, max: 3 }),
})
const deals = fc.array(
  fc.record({
    opened: fc.integer({ min: 0, max: 300 }),
    openedKnown: fc.boolean(),
    outcomeOnly: fc.boolean(),
    steps: fc.array(step, { maxLength: 6 }),
  }),
  { maxLength: 40 },
)

function ledgerOf(made: typeof deals extends fc.Arbitrary<infer T> ? T : never): Ledger {
  const ledger = ledgerOfEvents(PLACES)
  for (const [id, { steps, opened, ...deal }] of made.entries()) {
    ledger.deal({ id, processId: 1, sourceId: null, ...deal })
    const event = { value: 1, ownerId: null }
    let day = opened
    let isOpen = true
    ledger.event({ ...event, kind: 'opened', day, stageId: 1 })
    for (const { days, kind, stageId } of steps) {
      day += days
      // Whatever comes after an outcome reopens the deal first.
      if (!isOpen) ledger.event({ ...event, kind: 'reopened', day, stageId: null })
      isOpen = kind === 'moved'
      ledger.event({ ...event, kind, day, stageId })
    }
  }
  return ledger.finish()
}

/** The same, visit by visit. */
function counted(ledger: Ledger, day: number): Seen {
  const { visitDeal, visitFrom, visitTo, visitExit, visitPlace, visitEndKnown } = ledger
  const withWay = ledger.places.map(noStays)
  const outcomeOnly = ledger.places.map(noStays)
  const standing = { won: 0, lost: 0 }
  for (let v = 0; v < visitDeal.length; v += 1) {
    const [from, to, deal] = [visitFrom[v] ?? 0, visitTo[v] ?? 0, visitDeal[v] ?? 0]
    if (from > day) continue
    const end = to <= day ? (visitExit[v] ?? OPEN) : OPEN
    const isAgeless = ledger.openedKnown[deal] === 0 && visitDeal[v - 1] !== deal
    const isUntimed = (isAgeless && to === from) || (to <= day && visitEndKnown[v] === 0)
    const here = (ledger.outcomeOnly[deal] === 1 ? outcomeOnly : withWay)[visitPlace[v] ?? 0]
    const next = visitExit[v] === MOVED ? (visitPlace[v + 1] ?? -1) : -1
    if (here) countStay(here, Math.min(to, day) - from + 1, end, isAgeless, isUntimed, next)
    const isReopened = visitDeal[v + 1] === deal && (visitFrom[v + 1] ?? 0) <= day
    if (end >= WON && !isReopened) standing[end === WON ? 'won' : 'lost'] += 1
  }
  return { places: ledger.places, withWay, outcomeOnly, standing }
}

describe('what past days saw of all visits', () => {
  it('is what each of them counts by itself, in the same order', () => {
    fc.assert(
      fc.property(
        deals,
        fc.array(fc.integer({ min: -5, max: 500 }), { minLength: 1, maxLength: 8 }),
        (made, days) => {
          const ledger = ledgerOf(made)
          readVisits(ledger, days)
          for (const day of [...days, 250]) {
            const [seen, wanted] = [seenOn(ledger, day), counted(ledger, day)]
            expect(seen).toEqual(wanted)
            const moves = ({ withWay }: Seen) => withWay.map(({ next }) => [...next])
            expect(moves(seen)).toEqual(moves(wanted))
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
