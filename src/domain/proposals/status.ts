import type { Day } from '../day.ts'

/** What has become of a proposal. */
export const PROPOSAL_STATUSES = [
  'draft',
  'sent',
  'accepted',
  'declined',
  'expired',
  'superseded',
] as const

export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number]

/** The days of a version of a proposal, which its status follows from. */
export interface VersionDays {
  version: number
  made_on: Day
  /** The last day on which it can be accepted; null is without end. */
  valid_until: Day | null
  sent_on: Day | null
  decided_on: Day | null
  decision: 'accepted' | 'declined' | null
}

const by = (day: Day | null, on: Day): boolean => day !== null && day <= on

/**
 * Has another version of the same number taken the place of one by a day? A later one does once it was sent or
 * decided on; a draft gives way as soon as a later one is made; and whichever was accepted stands alone.
 */
function isSuperseded(one: VersionDays, versions: readonly VersionDays[], on: Day): boolean {
  return versions.some((other) => {
    if (other.version === one.version) return false
    if (other.decision === 'accepted' && by(other.decided_on, on)) return true
    if (other.version < one.version) return false
    const isOut = by(other.sent_on, on) || by(other.decided_on, on)
    return isOut || (!by(one.sent_on, on) && by(other.made_on, on))
  })
}

/**
 * The status of a version at the end of a day. It is worked out and never stored: valid until 2026-12-29, a proposal
 * is still sent on that day and expired on the 30th.
 * @param versions all of its number; it may be among them.
 */
export function proposalStatus(
  one: VersionDays,
  versions: readonly VersionDays[],
  on: Day,
): ProposalStatus {
  if (one.decision !== null && by(one.decided_on, on)) return one.decision
  if (isSuperseded(one, versions, on)) return 'superseded'
  if (one.valid_until !== null && one.valid_until < on) return 'expired'
  return by(one.sent_on, on) ? 'sent' : 'draft'
}
