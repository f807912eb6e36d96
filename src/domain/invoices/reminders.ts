import { type Day, daysBetween } from '../day.ts'
import { Fault } from '../fault.ts'
import type { Portion } from '../lines/scaled.ts'
import type { Money } from '../money.ts'
import { quoted } from '../plain-text.ts'
import { wholeNumber } from '../whole-number.ts'

/** When reminders fall due. */
export interface ReminderPlan {
  /** How many days late something is when each level falls due: the first is level 1. */
  days: readonly number[]
  /** The least days between two reminders of an invoice, and between sending it and the first. */
  gap: number
}

/** Three levels, after 3, 14 and 28 days, at least a week apart. */
export const USUAL_REMINDERS: ReminderPlan = { days: [3, 14, 28], gap: 7 }

const MOST_LEVELS = 9
const MOST_DAYS = 999
const HINT = 'write the days late of each level, such as 3,14,28'

/**
 * Reads the days late at which the levels of reminders fall due: `3, 14, 28`.
 * @throws Fault `usage` if they are not up to 9 whole numbers from 1 to 999 that grow.
 */
export function parseReminderDays(text: string): number[] {
  const days = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((part) => wholeNumber(part, { what: 'a number of days', hint: HINT, most: MOST_DAYS }))
  if (days.length === 0 || days.length > MOST_LEVELS) {
    throw new Fault('usage', `there can be 1 to ${MOST_LEVELS} levels of reminders`, HINT)
  }
  if (days.some((day, at) => at > 0 && day <= (days[at - 1] ?? 0))) {
    throw new Fault('usage', `${quoted(text)} does not grow from level to level`, HINT)
  }
  return days
}

/** What has been sent about the part of an invoice that is late. */
export interface Reminded {
  /** The highest level sent so far; 0 is none. */
  level: number
  /** When the invoice or a reminder of it was last sent; null if never. */
  lastOn: Day | null
}

/**
 * The level that is due now; null if none is. Levels follow one another: one that was missed is caught up, and the
 * next comes `gap` days after it. 20 days late without any reminder is level 1, not 2; with level 1 sent a week ago,
 * it is level 2.
 * @param late days after the due day.
 */
export function levelDue(
  late: number,
  { level, lastOn }: Reminded,
  today: Day,
  { days, gap }: ReminderPlan,
): number | null {
  const from = days[level]
  if (from === undefined || late < from) return null
  // Even without a gap no two are sent on one day.
  if (lastOn !== null && daysBetween(lastOn, today) < Math.max(1, gap)) return null
  return level + 1
}

/** An amount that is late, in minor units, and by how many days. */
export interface LateAmount {
  amount: Money
  late: number
}

const YEAR = 365n
const WHOLE = 1_000_000n

/**
 * Late interest: principal × rate × days / 365, added up over what is late and then rounded half up to the minor unit.
 * It is simple interest on what is open now, and never bears interest itself. 9,280.00 at 10.15 % for 28 days are 72.26.
 * @param rate a year’s interest.
 */
export function lateInterest(amounts: readonly LateAmount[], rate: Portion): Money {
  const sum = amounts.reduce(
    (all, { amount, late }) => all + BigInt(amount) * BigInt(Math.max(0, late)),
    0n,
  )
  const [above, below] = [sum * BigInt(rate), WHOLE * YEAR]
  return Number((2n * above + below) / (2n * below)) as Money
}
