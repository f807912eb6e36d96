import { gamma, normal, poisson } from '../../src/forecast/model/sampling.ts'
import type { Ledger } from '../../src/forecast/model/ledger.ts'
import { ledgerOfEvents } from '../support/ledger.ts'
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
  /** The share of outcomes of the last two stages that wait for the end of their quarter, 0…1. */
  quarters?: number
  /** How many times as long deals stay in each stage. */
  slow?: number
}

// `unit` is Γ(1 + 1/shape): a Weibull time of scale 1 lasts so long on average.
const STAGES = [
  { pass: 0.75, days: 6, shape: 0.8, unit: 1.133, template: 0.1 },
  { pass: 0.8, days: 10, shape: 1.2, unit: 0.941, template: 0.2 },
  { pass: 0.7, days: 18, shape: 1.5, unit: 0.903, template: 0.4 },
  { pass: 0.75, days: 20, shape: 0.9, unit: 1.052, template: 0.6 },
  { pass: 0.9, days: 8, shape: 1.8, unit: 0.889, template: 0.9 },
]
const SELLERS = 6
const MOST_TRIES = 2000

/** One thing that happens to a made-up deal, at an exact moment: 2.75 is on day 2, in the evening. */
type Step = [kind: 'opened' | 'moved' | 'won' | 'lost', moment: number, stage: number | null]

/** A made-up deal. */
export interface Story {
  value: number
  seller: number
  steps: Step[]
}

/** What a trade's deals go by. */
interface World {
  trade: Trade
  first: number
  /** Each seller's factor on the odds to pass a stage. */
  skill: number[]
  /** The shock of a day's month. */
  shockOf: (day: number) => number
}

/** A seed made of two numbers, unlike that of any other two. */
function mixedSeed(seed: number, other: number): number {
  return (Math.imul(seed, 0x9e3779b1) ^ Math.imul(other + 1, 0x85ebca6b)) >>> 0
}

const SKILLS = -1
const COURSE = -2

/** The shocks of the months, from a seed: each month's own, whichever is asked for first. */
function shocksOf(seed: number, sigma: number): World['shockOf'] {
  const byDay = new Map<number, number>()
  return (day) => {
    let shock = byDay.get(day)
    if (shock === undefined) {
      shock = Math.exp(
        sigma * normal(seededRandom(mixedSeed(seed, monthNumber(day)))) - sigma ** 2 / 2,
      )
      byDay.set(day, shock)
    }
    return shock
  }
}

function worldOf(trade: Trade, first: number): World {
  const random = seededRandom(mixedSeed(trade.seed, SKILLS))
  return {
    trade,
    first,
    skill: Array.from({ length: SELLERS }, () => gamma(20, random) / 20),
    shockOf: shocksOf(trade.seed, trade.shock),
  }
}

/** Opens deals from day `from` to before day `until` and lives them up to there. */
function openDeals(world: World, from: number, until: number, random: Random): Story[] {
  const { trade, first, shockOf } = world
  const stories: Story[] = []
  for (let day = from; day < until; day += 1) {
    const growth = (1 + trade.trend) ** ((day - first) / 365)
    const swing = 1 + trade.season * Math.cos((2 * Math.PI * (monthOf(day) - 2)) / 12)
    const opened = poisson(trade.arrivals * growth * swing * shockOf(day), random)
    for (let deal = 0; deal < opened; deal += 1) {
      const seller = Math.floor(random() * SELLERS)
      const value = Math.round(Math.exp(8.5 + 0.8 * normal(random))) * 100
      stories.push(goOn({ value, seller, steps: [['opened', day, 0]] }, day, until, world, random))
    }
  }
  return stories
}

/** The day on which the quarter of a moment ends: 19,813 (31 March 2024) for all of its days before. */
function quarterEnd(moment: number): number {
  const month = monthNumber(Math.floor(moment))
  const next = month - (month % 3) + 3
  return Date.UTC(Math.floor(next / 12), next % 12, 1) / 86_400_000
}

/** Orders are signed so many days before the end of a quarter on average, and losses given up after it. */
const RUSH = 8

/** When what would have ended at a moment ends in a trade that waits for quarters. */
function waited(moment: number, isWon: boolean, waits: number, random: Random): number {
  if (random() >= waits) return moment
  const end = quarterEnd(moment)
  const away = -Math.log(1 - random()) * RUSH
  const day = isWon ? end - away : end + away
  return Math.max(moment, day)
}

/**
 * Lives a deal from a moment up to a day. A stay that has lasted until that moment is one of those that
 * last longer: its Weibull time is drawn on condition of it.
 */
function goOn(story: Story, from: number, until: number, world: World, random: Random): Story {
  const steps = [...story.steps]
  for (;;) {
    const [, entered, at] = steps.at(-1) as Step
    if (at === null) break
    const { days, shape, unit, pass } = STAGES[at] as (typeof STAGES)[number]
    const scale = (days * (world.trade.slow ?? 1)) / unit / world.shockOf(Math.floor(entered))
    const odds = (pass / (1 - pass)) * (world.skill[story.seller] as number)
    const isLast = at === STAGES.length - 1
    const waits = at < STAGES.length - 2 ? 0 : (world.trade.quarters ?? 0)
    const draw = (lasted: number): { moment: number; isLost: boolean } => {
      const stay = scale * (lasted ** shape - Math.log(1 - random())) ** (1 / shape)
      if (waits === 0) {
        const moment = Math.max(from, entered + stay)
        return { moment, isLost: moment < until && random() >= odds / (1 + odds) }
      }
      const isLost = random() >= odds / (1 + odds)
      if (!isLost && !isLast) return { moment: entered + stay, isLost }
      return { moment: waited(entered + stay, !isLost, waits, random), isLost }
    }
    let drawn = draw(waits > 0 ? 0 : Math.max(0, from - entered) / scale)
    // What waits is drawn until it is one of those that last so long.
    for (let tries = 0; drawn.moment < from && tries < MOST_TRIES; tries += 1) drawn = draw(0)
    const moment = Math.max(from, drawn.moment)
    if (moment >= until) break
    if (drawn.isLost) steps.push(['lost', moment, null])
    else if (isLast) steps.push(['won', moment, null])
    else steps.push(['moved', moment, at + 1])
  }
  return { ...story, steps }
}

/** Lives a trade for some days: Weibull stays, sellers of different skill, shocks, trend, season. */
export function live(trade: Trade, first: number, days: number): Story[] {
  const random = seededRandom(mixedSeed(trade.seed, COURSE))
  return openDeals(worldOf(trade, first), first, first + days, random)
}

/** Stories as they were known at the end of a day. */
export function knownBy(stories: readonly Story[], day: number): Story[] {
  return stories.flatMap((story) => {
    const steps = story.steps.filter(([, moment]) => Math.floor(moment) <= day)
    return steps.length === 0 ? [] : [{ ...story, steps }]
  })
}

/**
 * One of many futures of a trade: what was known at the end of a day, and `days` more days. Deals and
 * sellers stay as they are, open ones have been in their stage for as long as they have; outcomes, new
 * deals and the shocks of months yet to begin are drawn anew by `number`.
 */
export function future(
  trade: Trade,
  first: number,
  past: readonly Story[],
  { day, days, number }: { day: number; days: number; number: number },
): Story[] {
  const world = worldOf(trade, first)
  const seed = mixedSeed(mixedSeed(trade.seed, day), number)
  const random = seededRandom(mixedSeed(seed, COURSE))
  const yetToCome = shocksOf(seed, trade.shock)
  const from = day + 1
  const until = from + days
  const shockOf = (on: number): number =>
    monthNumber(on) > monthNumber(day) ? yetToCome(on) : world.shockOf(on)
  const then = { ...world, shockOf }
  return [
    ...past.map((story) => goOn(story, from, until, then, random)),
    ...openDeals(then, from, until, random),
  ]
}

/** Stories as the ledger that a book with them would give. */
export function ledgerOf(stories: readonly Story[], until = Infinity): Ledger {
  const places = STAGES.map(({ template }, at) => ({
    processId: 1,
    stageId: at,
    name: `stage ${at + 1}`,
    template,
  }))
  const builder = ledgerOfEvents(places)
  knownBy(stories, until).forEach(({ value, seller, steps }, id) => {
    builder.deal({ id, processId: 1, sourceId: null, outcomeOnly: false })
    for (const [kind, moment, stageId] of steps) {
      builder.event({ kind, day: Math.floor(moment), stageId, value, ownerId: seller })
    }
  })
  return builder.finish()
}
