import { logGamma } from '../../domain/statistics/log-gamma.ts'

/** A target that no number of leads below this reaches is out of reach. */
const MOST_LEADS = 1_000_000

/**
 * P(X ≥ target) where X of `leads` succeed with an unknown chance ~ Beta(a, b): one minus the sum of
 * the beta-binomial's terms below the target, each from the one before,
 * `p(x + 1) / p(x) = (n − x)(a + x) / ((x + 1)(b + n − x − 1))`, `p(0) = Π (b + i) / (a + b + i)`.
 * `betaBinomialTail(85, 2.5, 8.5, 10)` is 0.8; of 50 leads it is 0.55.
 */
export function betaBinomialTail(leads: number, a: number, b: number, target: number): number {
  if (target <= 0) return 1
  if (leads < target) return 0
  let logTerm = logGamma(b + leads) - logGamma(b) - logGamma(a + b + leads) + logGamma(a + b)
  let below = 0
  for (let x = 0; x < target; x += 1) {
    below += Math.exp(logTerm)
    logTerm += Math.log(((leads - x) * (a + x)) / ((x + 1) * (b + leads - x - 1)))
  }
  return Math.max(0, 1 - below)
}

/** What is known of a stage's deals: how many that reached it were won, of how many. */
export interface Record {
  won: number
  reached: number
}

/**
 * The smallest number of deals with `P(BetaBinomial(n, ½ + won, ½ + lost) ≥ target) ≥ confidence`.
 * Two of ten won, ten wanted, at 0.8: 85. Null where a million are too few.
 */
export function dealsNeeded(
  { won, reached }: Record,
  target: number,
  confidence: number,
): number | null {
  if (target <= 0) return 0
  if (target > MOST_LEADS) return null
  const enough = (deals: number): boolean =>
    betaBinomialTail(deals, 0.5 + won, 0.5 + reached - won, target) >= confidence
  let high = Math.ceil(target)
  while (!enough(high)) {
    high *= 2
    if (high > MOST_LEADS) return null
  }
  let low = Math.floor(high / 2)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (enough(middle)) high = middle
    else low = middle
  }
  return high
}

/** Deals expected to bring the target at the record's own win rate; null where none was won. */
export function dealsExpected({ won, reached }: Record, target: number): number | null {
  if (target <= 0) return 0
  return won === 0 ? null : Math.ceil((target * reached) / won - 1e-9)
}
