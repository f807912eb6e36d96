import type { ProposalStatus } from '../../domain/proposals/status.ts'
import { share } from '../../domain/share.ts'
import { wilsonInterval } from '../../domain/statistics/proportions.ts'
import { type Spell, survivalCurve, survivalQuantile } from '../../domain/statistics/survival.ts'
import type { Row } from '../../domain/table.ts'

/** A proposal as a case: its number counts once, as the version that was decided on, else the last that went out. */
export interface ProposalCase {
  /** The version that stands for it. */
  version: number
  status: Exclude<ProposalStatus, 'superseded'>
  /** Did any version of it go out by the day? */
  wasSent: boolean
  /**
   * Days from the first sending to the decision, or to the day of the report; from its making if it was decided on
   * without being sent, and null if neither happened.
   */
  days: number | null
  /** In minor units of the book's currency; null if there is no rate. */
  net: number | null
  /** The same without discounts. */
  full: number | null
  /** What was accepted of it, with the options that the client takes; nothing unless it was. */
  taken: number | null
}

const isDecided = ({ status }: ProposalCase): boolean =>
  status === 'accepted' || status === 'declined'

/**
 * The figures of some proposals. Share accepted = accepted / (accepted + declined), with Wilson's interval: of 3 and 1
 * 75 %. Days to decide are Kaplan and Meier's median, in which an undecided proposal counts as not yet decided: of 4, 6
 * and 10 days and one still open after 20 the curve is 0.75, 0.5, 0.25, and half are decided after 6. Mean discount =
 * 1 − Σ net / Σ net without discounts: 950.00 of 1,000.00 and 3,000.00 of 3,000.00 are 1.25 %.
 */
export function proposalFigures(cases: readonly ProposalCase[]): Row {
  const count = (status: ProposalCase['status']): number =>
    cases.filter((one) => one.status === status).length
  const [accepted, declined] = [count('accepted'), count('declined')]
  const interval = wilsonInterval(accepted, accepted + declined)
  const spells = cases.flatMap((one): Spell[] =>
    one.days === null
      ? []
      : [{ to: one.days, end: isDecided(one) ? 'event' : 'censored', count: 1 }],
  )
  const sum = (of: readonly ProposalCase[], key: 'net' | 'full' | 'taken'): number =>
    of.reduce((all, one) => all + (one[key] ?? 0), 0)
  const full = sum(cases, 'full')
  return {
    made: cases.length,
    sent: cases.filter(({ wasSent }) => wasSent).length,
    accepted,
    declined,
    open: count('draft') + count('sent'),
    expired: count('expired'),
    decided: accepted + declined,
    share: share(accepted, accepted + declined),
    share_low: interval?.low ?? null,
    share_high: interval?.high ?? null,
    median_days: survivalQuantile(survivalCurve(spells), 0.5),
    discount: full === 0 ? null : 1 - sum(cases, 'net') / full,
    net: sum(cases, 'net'),
    net_accepted: sum(cases, 'taken'),
  }
}
