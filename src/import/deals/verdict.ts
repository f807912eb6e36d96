import type { Day } from '../../domain/day.ts'
import type { DealStatus } from '../../domain/deal-state.ts'
import type { OutcomeWord } from '../values/words.ts'

/** What columns other than the stage say. “Closed”, “not won” and “not lost” leave something open. */
export type Stated = DealStatus | 'closed' | 'not won' | 'not lost' | 'neither won nor lost'

/** Everything in a row that may say how a deal stands. A chance to win says nothing, even 0 or 100. */
export interface Signs {
  /** What the cell of the stage says, if it is a word for an outcome. */
  stage: { text: string; says: OutcomeWord } | null
  /** What a column for the outcome, or yes and no to “won?”, “lost?” and “closed?”, say. */
  stated: Stated | null
  wonOn: Day | null
  lostOn: Day | null
  /** Does it have a reason for a loss? */
  hasReason: boolean
  /** A past closing day that is not an expected one. */
  closedOn: Day | null
}

/** How a deal stands, or why that is unclear. */
export type Verdict =
  | {
      status: DealStatus
      /** What suggests another outcome than the column that was followed. */
      against: string | null
      /** Is a reason the only sign that it was lost? */
      byReason: boolean
    }
  | { refusal: string }

/** Why a closed deal cannot be imported; the caller knows the row's stage and says how to go on. */
export const CLOSED_SOMEHOW = 'it is closed, but nothing says whether it was won or lost'

/** Does a statement leave room for an outcome? */
export function fits(stated: Stated, outcome: DealStatus): boolean {
  if (stated === 'closed') return outcome !== 'open'
  if (stated === 'neither won nor lost') return outcome === 'open'
  if (stated === 'not won') return outcome !== 'won'
  return stated === 'not lost' ? outcome !== 'lost' : outcome === stated
}

function stands(status: DealStatus, more: { against?: string; byReason?: true } = {}): Verdict {
  return { status, against: more.against ?? null, byReason: more.byReason ?? false }
}

/** A word says it was won, or lost; only the day of the other outcome contradicts it. */
function byWord(word: 'won' | 'lost', { wonOn, lostOn }: Signs): Verdict {
  const [own, other, name] = word === 'won' ? [wonOn, lostOn, 'lost'] : [lostOn, wonOn, 'won']
  if (own !== null || other === null) return stands(word)
  return { refusal: `it is ${word}, but has a day on which it was ${name} (${other})` }
}

const REASON = 'a reason for a loss'

/** What contradicts that a deal is open. */
function openAgainst({ wonOn, lostOn, hasReason }: Signs): string | null {
  if (lostOn !== null) return `a day on which it was lost (${lostOn})`
  if (wonOn !== null) return `a day on which it was won (${wonOn})`
  return hasReason ? REASON : null
}

/** The days of winning and losing, at least one of which is there, if no word says the outcome. */
function byDays({ stated, wonOn, lostOn }: Signs): Verdict {
  if (stated === 'not won') {
    if (lostOn !== null) return stands('lost')
    return { refusal: `it was not won, but has a day on which it was won (${wonOn})` }
  }
  if (stated === 'not lost') {
    if (wonOn !== null) return stands('won')
    return { refusal: `it was not lost, but has a day on which it was lost (${lostOn})` }
  }
  if (wonOn !== null && lostOn !== null) {
    const what = `it has a day on which it was won (${wonOn}) and one on which it was lost (${lostOn})`
    return { refusal: `${what}; a column for the outcome would say which counts` }
  }
  return stands(wonOn === null ? 'lost' : 'won')
}

/**
 * How a deal stands, by the first of these that says anything:
 *
 * | the row has | it is |
 * |---|---|
 * | a word for won or lost in the stage | that; refused where an outcome column contradicts it, but by “open” |
 * | won or lost in the outcome's column, or by “won?” or “lost?” | that |
 * | … with a day of the other outcome alone | refused |
 * | “open” in either, “closed?” no, or “won?” and “lost?” no | open; if a day of an outcome or a reason speaks against it, that is said |
 * | a won or a lost day | that; both, or a won day and “won?” no: refused (both and “won?” no: lost; “lost?” alike) |
 * | a reason for a loss | lost; with “lost?” no: open, which is said |
 * | “closed?” yes, or a past closing day next to an expected one | refused; with “won?” no: lost, with “lost?” no: won |
 * | none of these | open |
 */
export function verdictOf(signs: Signs): Verdict {
  const { stage, stated, hasReason, closedOn } = signs
  if (stage !== null && stage.says !== 'open') {
    if (stated === null || stated === 'open' || fits(stated, stage.says)) {
      return byWord(stage.says, signs)
    }
    const what = `the stage “${stage.text}” says ${stage.says}, another column ${stated}`
    return { refusal: what }
  }
  if (stated === 'won' || stated === 'lost') return byWord(stated, signs)
  const isOpen = stated === 'open' || stated === 'neither won nor lost'
  if (isOpen || (stated === null && stage !== null)) {
    const against = openAgainst(signs)
    return stands('open', against === null ? {} : { against })
  }
  if (signs.wonOn !== null || signs.lostOn !== null) return byDays(signs)
  if (closedOn !== null && stated === 'not lost') return stands('won')
  if (hasReason && stated === 'not lost') return stands('open', { against: REASON })
  if (hasReason) return stands('lost', { byReason: true })
  if (closedOn !== null && stated === 'not won') return stands('lost')
  return closedOn !== null || stated === 'closed' ? { refusal: CLOSED_SOMEHOW } : stands('open')
}
