import { describe, expect, it } from 'vitest'
import { day } from '../support/book.ts'
import { type Signs, type Stated, verdictOf } from '../../src/import/deals/verdict.ts'

const NOTHING: Signs = {
  stage: null,
  stated: null,
  wonOn: null,
  lostOn: null,
  hasReason: false,
  closedOn: null,
}
const WON = { wonOn: day('2026-03-01') }
const LOST = { lostOn: day('2026-02-01') }
const REASON = { hasReason: true }
const CLOSED = { closedOn: day('2026-02-01') }
const stage = (says: 'won' | 'lost' | 'open') => ({ stage: { text: 'Word', says } })
const stated = (word: Stated) => ({ stated: word })

const TABLE: [signs: Partial<Signs>, outcome: 'won' | 'lost' | 'open' | 'said' | 'refused'][] = [
  [{}, 'open'],
  [REASON, 'lost'],
  [WON, 'won'],
  [LOST, 'lost'],
  [{ ...WON, ...LOST }, 'refused'],
  [{ ...WON, ...REASON }, 'won'],
  [CLOSED, 'refused'],
  [{ ...CLOSED, ...REASON }, 'lost'],
  [stage('won'), 'won'],
  [stage('lost'), 'lost'],
  [stage('open'), 'open'],
  [{ ...stage('open'), ...LOST }, 'said'],
  [{ ...stage('won'), ...LOST }, 'refused'],
  [{ ...stage('won'), ...WON, ...LOST }, 'won'],
  [{ ...stage('won'), ...stated('lost') }, 'refused'],
  [{ ...stage('won'), ...stated('open') }, 'won'],
  [{ ...stage('lost'), ...stated('closed') }, 'lost'],
  [{ ...stage('won'), ...stated('not won') }, 'refused'],
  [stated('won'), 'won'],
  [{ ...stated('won'), ...REASON }, 'won'],
  [{ ...stated('lost'), ...WON }, 'refused'],
  [{ ...stated('lost'), ...WON, ...LOST }, 'lost'],
  [stated('open'), 'open'],
  [{ ...stated('open'), ...REASON }, 'said'],
  [{ ...stated('open'), ...WON }, 'said'],
  [stated('closed'), 'refused'],
  [{ ...stated('closed'), ...REASON }, 'lost'],
  [{ ...stated('closed'), ...WON }, 'won'],
  [stated('not won'), 'open'],
  [{ ...stated('not won'), ...REASON }, 'lost'],
  [{ ...stated('not won'), ...WON }, 'refused'],
  [{ ...stated('not won'), ...WON, ...LOST }, 'lost'],
  [{ ...stated('not won'), ...CLOSED }, 'lost'],
  [stated('not lost'), 'open'],
  [{ ...stated('not lost'), ...REASON }, 'said'],
  [{ ...stated('not lost'), ...LOST }, 'refused'],
  [{ ...stated('not lost'), ...WON, ...LOST }, 'won'],
  [{ ...stated('not lost'), ...CLOSED }, 'won'],
  [{ ...stage('lost'), ...stated('not lost') }, 'refused'],
  [stated('neither won nor lost'), 'open'],
  [{ ...stated('neither won nor lost'), ...WON }, 'said'],
  [{ ...stage('won'), ...stated('neither won nor lost') }, 'refused'],
]

function outcomeOf(signs: Partial<Signs>): string {
  const verdict = verdictOf({ ...NOTHING, ...signs })
  if ('refusal' in verdict) return 'refused'
  return verdict.against === null ? verdict.status : 'said'
}

describe('how a deal stands', () => {
  it.each(TABLE)('%j: %s', (signs, outcome) => {
    expect(outcomeOf(signs)).toBe(outcome)
  })

  it('is never open without a word where anything speaks against it', () => {
    const quiet: object[] = []
    for (const word of [null, 'open', 'won', 'lost'] as const) {
      for (const said of [
        null,
        'open',
        'won',
        'lost',
        'closed',
        'not won',
        'not lost',
        'neither won nor lost',
      ] as const) {
        for (let bits = 1; bits < 8; bits += 1) {
          const signs = {
            ...(word === null ? {} : stage(word)),
            stated: said,
            ...(bits & 1 ? WON : {}),
            ...(bits & 2 ? LOST : {}),
            ...(bits & 4 ? REASON : {}),
          }
          if (outcomeOf(signs) === 'open') quiet.push(signs)
        }
      }
    }
    expect(quiet).toEqual([])
  })
})
