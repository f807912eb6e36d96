import { type Accuracy, accuracyOf, type Tested } from '../../src/forecast/model/accuracy.ts'
import { rehearse } from '../../src/forecast/model/backtest.ts'
import { outcomesOn, sum } from '../../src/forecast/model/deals-on-day.ts'
import { type Clustered, clustered } from './clustered.ts'
import { future, knownBy, ledgerOf, live, type Story } from './simulate.ts'

/** Books by how many deals they have closed in the mean of their origins, after how many months. */
export const SIZES = [
  { closed: 30, months: 18 },
  { closed: 100, months: 30 },
  { closed: 300, months: 36 },
  { closed: 2000, months: 48 },
]
const FIRST = 19_700
/** Days ahead, unless a design says otherwise. */
const WINDOW = 90
const DAYS_A_YEAR = 365
const DAYS_A_MONTH = DAYS_A_YEAR / 12

/** How long a made-up deal takes to be closed, on average. */
const DAYS_TO_CLOSE = 34

/** Kinds of trade: as most are, with outcomes that wait for quarters, large shocks, or a falling trend. */
export const KINDS = {
  plain: { trend: 0.15, season: 0.25, shock: 0.2 },
  quarters: { trend: 0.15, season: 0.25, shock: 0.2, quarters: 0.5 },
  shocks: { trend: 0.15, season: 0.25, shock: 0.5 },
  trend: { trend: -0.25, season: 0.25, shock: 0.2 },
  slow: { trend: 0.15, season: 0.25, shock: 0.2, slow: 5 },
}
export type Kind = keyof typeof KINDS

/** Deals opened a day at first, so that about so many are closed after so many months. */
function arrivalsFor({ closed, months }: (typeof SIZES)[number], trend: number): number {
  const days = months * DAYS_A_MONTH - DAYS_TO_CLOSE
  return closed / (days * (1 + trend) ** (days / 2 / DAYS_A_YEAR))
}

/** What is studied: how many books, made with which seeds, from how many origins and futures of each. */
export interface Design {
  books: number
  firstSeed: number
  /** Spread over the year around the day when the book has closed so many deals. */
  origins: number
  /** Of each origin. */
  futures: number
  /** `plain` by default. */
  kind?: Kind
  /** Days ahead; 90 by default. */
  window?: number
}

/** What a size of books came to. */
export interface Studied {
  /** Deals closed at an origin, on average. */
  closed: number
  accuracy: Accuracy
  /** WAPE of P50 less that of the best naive forecast. */
  gain: Clustered
  bias: Clustered
  coverage: Clustered
}

/** The forecasts of a book, each with what came in many futures. */
interface Book {
  closed: number
  tested: Tested[]
  /** What was won in each full week up to an origin, the earliest first, by origin. */
  series: number[][]
}

function wonAfter(stories: readonly Story[], day: number): number {
  return sum(
    stories.map(({ value, steps }) => {
      const [kind, moment] = steps.at(-1) as Story['steps'][number]
      return kind === 'won' && Math.floor(moment) > day ? value : 0
    }),
  )
}

function weeklyWins(stories: readonly Story[], first: number, origin: number): number[] {
  const weeks = Math.floor((origin - first + 1) / 7)
  const won = Array.from({ length: weeks }, () => 0)
  for (const { value, steps } of stories) {
    const [kind, moment] = steps.at(-1) as Story['steps'][number]
    const ago = Math.floor((origin - Math.floor(moment)) / 7)
    if (kind === 'won' && ago < weeks)
      won[weeks - 1 - ago] = (won[weeks - 1 - ago] as number) + value
  }
  return won
}

/** Forecasts a made-up book, by nothing but what was known, and lives on from there many times. */
export function studyBook(size: (typeof SIZES)[number], seed: number, design: Design): Book {
  const { origins, futures, kind = 'plain', window = WINDOW } = design
  const days = Math.round(size.months * DAYS_A_MONTH)
  const trade = { seed, ...KINDS[kind], arrivals: arrivalsFor(size, KINDS[kind].trend) }
  const first = FIRST + (seed % 12) * 61
  const stories = live(trade, first, days + DAYS_A_YEAR)
  const tested: Tested[] = []
  const series: number[][] = []
  let closed = 0
  for (let at = 0; at < origins; at += 1) {
    const offset = Math.round(((at + 0.5) / origins - 0.5) * DAYS_A_YEAR)
    const origin = first + days - 1 + offset
    const past = knownBy(stories, origin)
    const ledger = ledgerOf(past)
    series.push(weeklyWins(past, first, origin))
    const { won, lost } = outcomesOn(ledger, origin)
    closed += (won + lost) / origins
    const wish = { selection: {}, seed: 1, openOnly: false }
    const forecast = rehearse(ledger, window, wish).at(origin)
    for (let number = 0; number < futures; number += 1) {
      const then = future(trade, first, past, { day: origin, days: window, number })
      tested.push({ ...forecast, origin, actual: wonAfter(then, origin) })
    }
  }
  return { closed, tested, series }
}

/** Judges the forecasts of made-up books of a size. */
export function studySize(size: (typeof SIZES)[number], design: Design): Studied {
  const books = Array.from({ length: design.books }, (_, book) =>
    studyBook(size, design.firstSeed + book, design),
  )
  const accuracy = accuracyOf(books.flatMap(({ tested }) => tested)) as Accuracy
  const naive = (['last_period', 'trailing_mean', 'year_ago', 'template'] as const)
    .toSorted((a, b) => (accuracy[`wape_${a}`] ?? Infinity) - (accuracy[`wape_${b}`] ?? Infinity))
    .at(0) as 'template'
  const over = (of: (one: Tested) => number): Clustered =>
    clustered(
      books.map(({ tested }) => ({
        part: sum(tested.map(of)),
        whole: sum(tested.map(({ actual }) => actual)),
      })),
    )
  return {
    closed: sum(books.map((book) => book.closed)) / books.length,
    accuracy,
    gain: over((one) => Math.abs(one.p50 - one.actual) - Math.abs(one.naive[naive] - one.actual)),
    bias: over((one) => one.mean - one.actual),
    coverage: clustered(
      books.map(({ tested }) => ({
        part: tested.filter(({ p10, p90, actual }) => actual >= p10 && actual <= p90).length,
        whole: tested.length,
      })),
    ),
  }
}

function percent(share: number | null): string {
  return share === null ? '–' : (share * 100).toFixed(1)
}

function withError({ share, error }: Clustered): string {
  return `${percent(share)} ± ${percent(error)}`
}

const HEAD = [
  '| closed deals | WAPE % of P50 | of the mean | last period | trailing mean | year ago | template | P50 less best naive | bias % | in 80 % range | skill % |',
  '|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
]

const ORIGINS = 12
const FUTURES = 50

/** The study's table in Markdown, over so many books of each size, made with seeds from `firstSeed`. */
export function studyTable(books: number, firstSeed: number): string {
  const design = { books, firstSeed, origins: ORIGINS, futures: FUTURES }
  const lines = SIZES.map((size) => {
    const { accuracy: all, gain, bias, coverage } = studySize(size, design)
    const shares = [
      all.wape,
      all.wape_mean,
      all.wape_last_period,
      all.wape_trailing_mean,
      all.wape_year_ago,
      all.wape_template,
    ]
    const errors = [gain, bias, coverage].map(withError)
    const cells = [size.closed, ...shares.map(percent), ...errors, percent(all.skill)]
    return `| ${cells.join(' | ')} |`
  })
  return [...HEAD, ...lines].join('\n')
}
