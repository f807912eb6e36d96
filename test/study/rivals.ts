import { execFileSync } from 'node:child_process'
import { type Tested, wape } from '../../src/forecast/model/accuracy.ts'
import { KINDS, type Kind, SIZES, studyBook } from './study.ts'

/** Where every rival has something to go by. */
const FEWEST_CLOSED = 100
const ORIGINS = 12
const FUTURES = 20
const WINDOW = 28

const METHODS = ['a quarter ago', 'STL + ETS', 'Theta', 'Croston'] as const

const CALLED: Record<Kind, string> = {
  plain: 'plain',
  quarters: 'waiting for quarters',
  shocks: 'months with shocks',
  trend: 'falling arrivals',
  slow: 'five times as slow',
}

/**
 * What R's forecast package says of the 28 days after each series of weekly sums, in the order of
 * `METHODS`; null where R or the package is not installed.
 */
function askR(script: string, series: readonly (readonly number[])[]): number[][] | null {
  const input = series.map((values) => `${values.join(',')}\n`).join('')
  try {
    execFileSync('Rscript', ['-e', 'library(forecast)'], { stdio: 'ignore' })
  } catch {
    return null
  }
  const options = { input, encoding: 'utf8', maxBuffer: 1 << 28 } as const
  const lines = execFileSync('Rscript', [script], options).trim().split('\n')
  return lines.map((text) => text.split(',').map(Number))
}

function percent(share: number | null): string {
  return share === null ? '–' : (share * 100).toFixed(1)
}

/** The books of one kind and size. */
interface Row {
  kind: Kind
  size: (typeof SIZES)[number]
  made: ReturnType<typeof studyBook>[]
}

/** One line: how far off all forecasts were. */
function line({ kind, size, made }: Row, theirs: readonly number[][] | null): string {
  const tested = made.flatMap((book) => book.tested)
  const off = (forecast: (one: Tested, at: number) => number | null): string => {
    const pairs = tested.flatMap((one, at) => {
      const said = forecast(one, at)
      return said === null ? [] : [{ forecast: said, actual: one.actual }]
    })
    return percent(wape(pairs))
  }
  const inside = tested.filter(({ p10, p90, actual }) => actual >= p10 && actual <= p90)
  const cells = [
    CALLED[kind],
    size.closed,
    off(({ p50 }) => p50),
    off(({ naive }) => naive.trailing_mean),
    off(({ naive }) => naive.last_period),
    off(({ naive }) => naive.year_ago),
    ...METHODS.map((_, method) =>
      theirs === null
        ? 'not installed'
        : off((_one, at) => theirs[Math.floor(at / FUTURES)]?.[method] ?? null),
    ),
    percent(inside.length / tested.length),
  ]
  return `| ${cells.join(' | ')} |`
}

const HEAD = [
  'books',
  'closed deals',
  'ours',
  'trailing mean',
  'last period',
  'year ago',
  ...METHODS,
  'in our 80 % range',
]

/** WAPE of ours and of others' methods on the same origins, in Markdown. */
export function rivalTable(books: number, firstSeed: number, script: string): string {
  const sizes = SIZES.filter(({ closed }) => closed >= FEWEST_CLOSED)
  const rows = (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
    sizes.map((size): Row => {
      const design = { books, firstSeed, origins: ORIGINS, futures: FUTURES, kind, window: WINDOW }
      const made = Array.from({ length: books }, (_, at) => studyBook(size, firstSeed + at, design))
      return { kind, size, made }
    }),
  )
  const theirs = askR(
    script,
    rows.flatMap(({ made }) => made.flatMap(({ series }) => series)),
  )
  const each = books * ORIGINS
  return [
    `| ${HEAD.join(' | ')} |`,
    `|---|${'---:|'.repeat(HEAD.length - 1)}`,
    ...rows.map((row, at) => line(row, theirs && theirs.slice(at * each, (at + 1) * each))),
  ].join('\n')
}
