import type { Day } from '../../domain/day.ts'
import { lengthInDays, wholeMonths } from '../../domain/period.ts'
import { type Share, share } from '../../domain/share.ts'
import type { Pace } from '../pace/wins.ts'

const DAYS_IN_MONTH = 365.25 / 12

/** What sales velocity is made of. Amounts in minor units. */
export interface VelocityParts {
  won: number
  lost: number
  /** Open at the end. */
  open: number
  /** Amount of the won deals, and how many of them have one. */
  amount: number
  valued: number
  toWin: Pace
  /** The first and the last day counted; null if nothing was. */
  from: Day | null
  end: Day
}

/** How fast deals turn into money. */
export interface Velocity {
  won: number
  lost: number
  won_per_month: number | null
  days_to_win: number | null
  p90_to_win: number | null
  open: number
  mean_deal: number | null
  win_rate: Share | null
  /** Per day, in minor units. */
  velocity: number | null
}

/** How many months a span of days is: whole calendar months, else days / 30.4375. */
function monthsOf(from: Day, end: Day): number {
  return wholeMonths(from, end) ?? lengthInDays(from, end) / DAYS_IN_MONTH
}

/**
 * Sales velocity = open deals × mean amount of a won deal × win rate / median days to win: what the
 * pipeline brings per day. 40 open deals, 5,000 each, 25 % won, 50 days: 1,000 a day. Null if a part
 * is not known, or deals are won on the day they are opened.
 */
export function velocityOf(parts: VelocityParts): Velocity {
  const { won, lost, open, amount, valued, toWin, from, end } = parts
  const meanDeal = valued === 0 ? null : amount / valued
  const winRate = share(won, won + lost)
  const days = toWin.median_days
  const known = meanDeal !== null && winRate !== null && days !== null && days > 0
  return {
    won,
    lost,
    won_per_month: from === null || from > end ? null : won / monthsOf(from, end),
    days_to_win: days,
    p90_to_win: toWin.p90_days,
    open,
    mean_deal: meanDeal === null ? null : Math.round(meanDeal),
    win_rate: winRate,
    velocity: known ? Math.round((open * meanDeal * winRate) / days) : null,
  }
}
