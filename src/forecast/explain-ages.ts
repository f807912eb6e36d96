import type { Row, Section } from '../domain/table.ts'
import { AGE_BINS, type Hazards } from './model/hazards.ts'
import type { Ledger } from './model/ledger.ts'
import { tally } from './model/tally.ts'

/** A deal's place and age, and what is known on a day of deals in that place. */
export interface Aged {
  ledger: Ledger
  hazards: Hazards
  place: number
  age: number
  day: number
  /** The chance to win of a deal of that age in the place, 0…1. */
  chanceAt: (age: number) => number
}

function label(from: number, to: number | undefined): string {
  return to === undefined ? `${from} days or more` : `${from} to ${to - 1} days`
}

/**
 * What a deal's age does to its chance: for each range of ages in its stage, what became of the deals
 * that reached it, and the chance of one at its beginning. Null where rates do not yet differ by age.
 */
export function ageSection(aged: Aged): Section | null {
  const { ledger, hazards, place, age, day, chanceAt } = aged
  if (hazards.ladder !== 'by-age') return null
  const { exposure, exits } = tally(ledger, day, AGE_BINS, hazards.leavesOut)
  const first = place * AGE_BINS.length
  const rows = AGE_BINS.map((from, bin): Row => {
    const to = AGE_BINS[bin + 1]
    const [moved, won, lost] = exits.map((column) => column[first + bin] as number)
    return {
      age: label(from, to),
      here: age >= from && (to === undefined || age < to),
      chance: chanceAt(from),
      days_seen: exposure[first + bin] as number,
      moved: moved as number,
      won: won as number,
      lost: lost as number,
    }
  })
  return {
    key: 'ages',
    title: 'What its age does',
    columns: [
      { key: 'age', label: 'In the stage for', type: 'text' },
      { key: 'here', label: 'This deal', type: 'flag' },
      { key: 'chance', label: 'Chance', type: 'share' },
      { key: 'days_seen', label: 'Days seen', type: 'count' },
      { key: 'moved', label: 'Moved', type: 'count' },
      { key: 'won', label: 'Won', type: 'count' },
      { key: 'lost', label: 'Lost', type: 'count' },
    ],
    rows,
  }
}
