import { gamma, normal, poisson } from '../../src/forecast/model/sampling.ts'
import { type Ledger, ledgerBuilder } from '../../src/forecast/model/ledger.ts'
import { monthNumber, monthOf } from '../../src/forecast/model/season.ts'
import { type Random, seededRandom } from '../../src/domain/random.ts'

/** What a made-up trade is like. Nothing here is what the forecast assumes. */
export interface Trade {
  seed: number
  /** Deals opened a day at first. */
  arrivals: number
  /** Growth of arrivals a year: 0.15 is 15 % more each year. */
  trend: number
  /** How far the season swings, 0…1. */
  season: number
  /** Standard deviation of the logarithm of each month's shock, to arrivals and to speed alike. */
  shock: number
}

const STAGES = [
  { pass: 0.75, days: 6, shape: 0.8, template: 0.1 },
  { pass: 0.8, days: 10, shape: 1.2, template: 0.2 },
  { pass: 0.7, days: 18, shape: 1.5, template: 0.4 },
  { pass: 0.75, days: 20, shape: 0.9, template: 0.6 },
  { pass: 0.9, days: 8, shape: 1.8, template: 0.9 },
]
const SELLERS = 6

/** One thing that happens to a made-up deal. */
type Step = [kind: 'opened' | 'moved' | 'won' | 'lost', day: number, stage: number | null]

/** A made-up deal, the days being counted from the book's first. */
export interface Story {
  value: number
  seller: number
  steps: Step[]
}

function weibull(mean: number, shape: number, random: Random): number {
  // Γ(1 + 1/shape) to three figures, by shape.
  const unit = { 0.8: 1.133, 0.9: 1.052, 1.2: 0.941, 1.5: 0.903, 1.8: 0.889 }[shape] ?? 1
  return (mean / unit) * (-Math.log(1 - random())) ** (1 / shape)
}

/** Lives a trade for some days: Weibull stays, sellers of different skill, shocks, trend, season. */
export function live(trade: Trade, first: number, days: number): Story[] {
  const random = seededRandom(trade.seed)
  const shocks = new Map<number, number>()
  const shockOf = (day: number): number => {
    const month = monthNumber(day)
    let shock = shocks.get(month)
    if (shock === undefined) {
      shock = Math.exp(trade.shock * normal(random) - trade.shock ** 2 / 2)
      shocks.set(month, shock)
    }
    return shock
  }
  const skill = Array.from({ length: SELLERS }, () => gamma(20, random) / 20)
  const stories: Story[] = []
  for (let day = first; day < first + days; day += 1) {
    const growth = (1 + trade.trend) ** ((day - first) / 365)
    const swing = 1 + trade.season * Math.cos((2 * Math.PI * (monthOf(day) - 2)) / 12)
    const opened = poisson(trade.arrivals * growth * swing * shockOf(day), random)
    for (let deal = 0; deal < opened; deal += 1) {
      stories.push(liveDeal(day, first + days, skill, shockOf, random))
    }
  }
  return stories
}

function liveDeal(
  opened: number,
  until: number,
  skill: number[],
  shockOf: (day: number) => number,
  random: Random,
): Story {
  const seller = Math.floor(random() * SELLERS)
  const value = Math.round(Math.exp(8.5 + 0.8 * normal(random))) * 100
  const steps: Step[] = [['opened', opened, 0]]
  let at = opened
  for (const [index, stage] of STAGES.entries()) {
    const stay = weibull(stage.days, stage.shape, random) / shockOf(Math.floor(at))
    at += stay
    const day = Math.floor(at)
    if (day >= until) break
    const odds = (stage.pass / (1 - stage.pass)) * (skill[seller] as number)
    if (random() >= odds / (1 + odds)) {
      steps.push(['lost', day, null])
      break
    }
    if (index === STAGES.length - 1) steps.push(['won', day, null])
    else steps.push(['moved', day, index + 1])
  }
  return { value, seller, steps }
}

/** Stories as the ledger that a book with them would give. */
export function ledgerOf(stories: readonly Story[], until = Infinity): Ledger {
  const places = STAGES.map(({ template }, at) => ({
    processId: 1,
    stageId: at,
    name: `stage ${at + 1}`,
    template,
  }))
  const builder = ledgerBuilder(places)
  stories.forEach(({ value, seller, steps }, id) => {
    const known = steps.filter(([, day]) => day <= until)
    if (known.length === 0) return
    builder.deal({ id, processId: 1, sourceId: null, outcomeOnly: false })
    for (const [kind, day, stageId] of known) {
      builder.event({ kind, day, stageId, value, ownerId: seller })
    }
  })
  return builder.finish()
}
