import { type Share, share } from '../../domain/share.ts'
import { adjustedPValues } from '../../domain/statistics/false-discovery.ts'
import { fisherExact } from '../../domain/statistics/fisher.ts'
import { wilsonInterval } from '../../domain/statistics/proportions.ts'
import { chanceText, FALSE_DISCOVERIES, FEWEST_DEALS } from '../chance.ts'

/** What a salesperson's deals came to, before shares are taken. Amounts in minor units. */
export interface OwnerSums {
  opened: number
  won: number
  lost: number
  profit: number
  amount: number
  /** Won deals whose amount is known. */
  valued: number
  daysToWin: number | null
  /** Touches of won deals, and how many won deals they belong to. */
  touches: number
  touched: number
  overdue: number
}

/** The figures of one salesperson, or of all. */
export interface OwnerFigures {
  opened: number
  won: number
  lost: number
  /** won + lost. */
  closed: number
  win_rate: Share | null
  /** The Wilson 95 % interval of the win rate. */
  win_low: number | null
  win_high: number | null
  profit: number
  mean_deal: number | null
  days_to_win: number | null
  interactions_per_win: number | null
  overdue_tasks: number
}

/** How a win rate compares with that of all others. */
export interface AgainstRest {
  against: 'above' | 'below' | 'as the rest' | 'too few'
  p: number | null
  /** Adjusted for all owners (Benjamini–Hochberg). */
  p_adjusted: number | null
}

/**
 * Sums as figures: win rate = won / (won + lost); mean deal = amount of won deals / those with an
 * amount; interactions per win = touches of won deals / won deals. 3 won of 12 closed is a win rate of
 * 0.25, from 0.089 to 0.532.
 */
export function ownerFigures(sums: OwnerSums): OwnerFigures {
  const { opened, won, lost, profit, amount, valued, touches, touched } = sums
  const interval = wilsonInterval(won, won + lost)
  return {
    opened,
    won,
    lost,
    closed: won + lost,
    win_rate: share(won, won + lost),
    win_low: interval?.low ?? null,
    win_high: interval?.high ?? null,
    profit,
    mean_deal: valued === 0 ? null : Math.round(amount / valued),
    days_to_win: sums.daysToWin,
    interactions_per_win: touched === 0 ? null : touches / touched,
    overdue_tasks: sums.overdue,
  }
}

/**
 * Win rates against those of all others together: Fisher's exact test, two-sided, held to a false
 * discovery rate of 10 % over all owners. Under ten closed deals, of an owner or of the rest, is too few.
 */
export function againstRest(owners: readonly { won: number; lost: number }[]): AgainstRest[] {
  const won = owners.reduce((sum, one) => sum + one.won, 0)
  const lost = owners.reduce((sum, one) => sum + one.lost, 0)
  const values = owners.map((own) => {
    const rest = { won: won - own.won, lost: lost - own.lost }
    if (Math.min(own.won + own.lost, rest.won + rest.lost) < FEWEST_DEALS) return null
    return fisherExact([
      [own.won, own.lost],
      [rest.won, rest.lost],
    ])
  })
  const adjusted = adjustedPValues(values)
  return owners.map((own, at) => {
    const p = adjusted[at] ?? null
    const above = own.won * (lost - own.lost) > own.lost * (won - own.won)
    const different = p !== null && p <= FALSE_DISCOVERIES
    return {
      against: p === null ? 'too few' : !different ? 'as the rest' : above ? 'above' : 'below',
      p: values[at] ?? null,
      p_adjusted: p,
    }
  })
}

/** `above, p = 0.02`, `as the rest`, `too few`. */
export function againstText({ against, p_adjusted: p }: AgainstRest): string {
  if (against === 'too few' || against === 'as the rest' || p === null) return against
  return `${against}, ${chanceText(p)}`
}
