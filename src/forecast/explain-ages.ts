import type { Row, Section } from '../domain/table.ts'
import { type Hazards, staysOf } from '../domain/chance/hazards.ts'
import type { Seen } from '../domain/chance/seen.ts'
import { AGE_BINS, type StayCounts } from '../domain/chance/stay-counts.ts'

/** A deal's place and age, and what was seen of deals in that place. */
export interface Aged {
  seen: Seen
  hazards: Hazards
  place: number
  age: number
  /** The chance to win of a deal of that age in the place, 0…1. */
  chanceAt: (age: number) => number
}

function label(from: number, to: number | undefined): string {
  return to === undefined ? `${from} days or more` : `${from} to ${to - 1} days`
}

/**
 * What a deal's age does to its chance: for each range of ages in its stage, what became of the deals
 * that reached it, and the chance of one at its beginning. Null if rates do not yet differ by age.
 */
export function ageSection(aged: Aged): Section | null {
  const { seen, hazards, place, age, chanceAt } = aged
  if (hazards.ladder !== 'by-age') return null
  const counts = staysOf(seen, hazards.leavesOut)[place] as StayCounts
  const rows = AGE_BINS.map((from, bin): Row => {
    const to = AGE_BINS[bin + 1]
    return {
      age: label(from, to),
      here: age >= from && (to === undefined || age < to),
      chance: chanceAt(from),
      days_seen: counts.days[bin] as number,
      moved: counts.moved[bin] as number,
      won: counts.won[bin] as number,
      lost: counts.lost[bin] as number,
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
