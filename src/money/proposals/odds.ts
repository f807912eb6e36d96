import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { wilsonInterval } from '../../domain/statistics/proportions.ts'

/** The steps that discounts are told apart by, as shares: none, up to 5 %, up to 10 %, up to 20 %, over it. */
const STEPS = [0, 0.05, 0.1, 0.2, 1] as const

/** How many days back is learnt from, and how few closed deals say nothing. */
const DAYS = 730
const FEWEST = 10

/** How deals with a like discount ended. */
export interface Odds {
  /** In words that follow `deals`: `with up to 5% off`. */
  like: string
  won: number
  closed: number
  low: number
  high: number
}

function stepOf(discount: number): number {
  // A discount of half a cent that came about by rounding is none.
  const found = STEPS.findIndex((most) => discount <= most + 0.0005)
  return found === -1 ? STEPS.length - 1 : found
}

const percent = (share: number): string => `${share * 100}%`

function likeText(step: number): string {
  if (step === 0) return 'without a discount'
  const before = STEPS[step - 1] ?? 0
  if (step === STEPS.length - 1) return `with over ${percent(before)} off`
  const most = percent(STEPS[step] ?? 0)
  return before === 0 ? `with up to ${most} off` : `with ${percent(before)} to ${most} off`
}

/**
 * How often deals were won that had a like discount: those with lines that were closed in the last two years. The
 * discount of a deal is 1 − net / (quantity × price) over the lines that count. Null if fewer than ten had it.
 * @param discount a share.
 */
export async function oddsByDiscount(db: Db, discount: number, today: Day): Promise<Odds | null> {
  const { rows } = await sql<{ status: 'won' | 'lost'; net: number; off: number }>`
    SELECT d.status, sum(l.net) AS net, sum(l.quantity * 1.0 * l.price * l.discount) /
      sum(l.quantity * 1.0 * l.price) / 1000000 AS off
    FROM deals AS d JOIN deal_lines AS l ON l.deal_id = d.id AND l.counts = 1
    WHERE d.closed_on >= ${addDays(today, -DAYS)} AND d.closed_on <= ${today}
    GROUP BY d.id, d.status HAVING sum(l.quantity * 1.0 * l.price) > 0`.execute(db)
  const step = stepOf(discount)
  const like = rows.filter(({ off }) => stepOf(off) === step)
  const won = like.filter(({ status }) => status === 'won').length
  const interval = wilsonInterval(won, like.length)
  if (like.length < FEWEST || interval === null) return null
  return { like: likeText(step), won, closed: like.length, ...interval }
}
