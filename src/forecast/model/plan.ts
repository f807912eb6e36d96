import { logGamma } from '../../domain/statistics/log-gamma.ts'

/** A target that takes more leads than this is out of reach. */
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

/** What is known about a stage's deals: how many reached it, and how many of those were won. */
export interface Record {
  won: number
  reached: number
  /** The template's chance to win from here, if the closed deals are too few to decide alone. */
  template?: number | null
}

/** With fewer closed deals than this, the template's chances count as well. */
export const FEWEST_CLOSED = 10

/** The template counts as this many deals, as in the forecast. */
const TEMPLATE_DEALS = 8

/**
 * The belief about the chance to win, as Beta(a, b): `8p + won, 8(1 − p) + lost` if the template
 * counts as well, else `½ + won, ½ + lost`.
 */
function beliefOf({ won, reached, template }: Record): { a: number; b: number } {
  if (typeof template !== 'number') return { a: 0.5 + won, b: 0.5 + reached - won }
  const chance = Math.min(0.99, Math.max(0.01, template))
  return { a: TEMPLATE_DEALS * chance + won, b: TEMPLATE_DEALS * (1 - chance) + reached - won }
}

/**
 * The mean chance to win: `(8p + won) / (8 + reached)` if the template counts as well, else
 * `won / reached`. None of one won with a template of 10 %: 0.8 / 9. Null if nothing is known,
 * and if none was won and no template says that one can be.
 */
export function chanceOf(record: Record): number | null {
  if (typeof record.template !== 'number')
    return record.won === 0 ? null : record.won / record.reached
  const { a, b } = beliefOf(record)
  return a / (a + b)
}

/**
 * The smallest number of deals with `P(BetaBinomial(n, a, b) ≥ target) ≥ confidence`, for the belief
 * about their chance. Two of ten won, ten wanted, at 0.8: 85. Null if a million are too few.
 */
export function dealsNeeded(record: Record, target: number, confidence: number): number | null {
  if (target <= 0) return 0
  if (target > MOST_LEADS) return null
  const { a, b } = beliefOf(record)
  const enough = (deals: number): boolean => betaBinomialTail(deals, a, b, target) >= confidence
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

/** Deals expected to bring the target at the mean chance; null if that is not known. */
export function dealsExpected(record: Record, target: number): number | null {
  if (target <= 0) return 0
  const chance = chanceOf(record)
  return chance === null || chance === 0 ? null : Math.ceil(target / chance - 1e-9)
}
