import { accuracyOf, type Tested, wape } from '../../src/forecast/model/accuracy.ts'
import { rehearse } from '../../src/forecast/model/backtest.ts'
import { sum, winsIn } from '../../src/forecast/model/standings.ts'
import { ledgerOf, live } from './simulate.ts'

/** Books by how many deals they have closed, over how many months, when the forecasts begin. */
const SIZES = [
  { closed: 30, months: 18 },
  { closed: 100, months: 30 },
  { closed: 300, months: 36 },
  { closed: 2000, months: 48 },
]
const FIRST = 19_700
const WINDOW = 90
const ORIGINS = 4
const STEP = 30

/** Forecasts of one book from when it has about so many closed deals, with what came. */
function study(closed: number, months: number, seed: number): Tested[] {
  const days = Math.round(months * 30.44)
  const trade = { seed, trend: 0.15, season: 0.25, shock: 0.2, arrivals: closed / (days * 1.05) }
  const first = FIRST + (seed % 12) * 61
  const begin = first + days - 1
  const ledger = ledgerOf(live(trade, first, days + ORIGINS * STEP + WINDOW))
  const rehearsal = rehearse(ledger, WINDOW, { selection: {}, seed: 1, openOnly: false })
  return Array.from({ length: ORIGINS }, (_, at) => {
    const origin = begin + at * STEP
    const actual = sum(winsIn(ledger, origin + 1, origin + WINDOW, {}).value)
    return { origin, ...rehearsal.at(origin), actual }
  })
}

function percent(value: number | null): string {
  return value === null ? '–' : (value * 100).toFixed(1)
}

const HEAD = [
  '| closed deals | windows | WAPE % | of P50 | last period | trailing mean | year ago | template | bias % | in 80 % range | skill % |',
  '|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
]

/** The study's table in Markdown, over so many books of each size, made with seeds from `firstSeed`. */
export function studyTable(books: number, firstSeed: number): string {
  const lines = SIZES.flatMap(({ closed, months }) => {
    const tested: Tested[] = []
    for (let book = 0; book < books; book += 1) {
      tested.push(...study(closed, months, firstSeed + book))
    }
    const all = accuracyOf(tested)
    if (!all) return []
    const shares = [
      all.wape,
      wape(tested.map(({ p50, actual }) => ({ forecast: p50, actual }))),
      all.wape_last_period,
      all.wape_trailing_mean,
      all.wape_year_ago,
      all.wape_template,
      all.bias,
      all.coverage80,
      all.skill,
    ]
    return [`| ${[closed, all.origins, ...shares.map(percent)].join(' | ')} |`]
  })
  return [...HEAD, ...lines].join('\n')
}
