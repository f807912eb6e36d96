import { onTestFinished } from 'vitest'
import { type Inside, inside } from '../support/inside.ts'
import { newFolder } from '../support/funnel.ts'
import { rmSync } from 'node:fs'

/** What tests read of a forecast's JSON. */
export interface ForecastJson {
  method: string
  history: { closed: number; won: number }
  periods: Record<string, number>[]
  total: { mean: number; p10: number; p50: number; p90: number }
  what_if: { mean: number; p10: number; p50: number; p90: number; open: number; new: number }
  with_won: { from: string; to: string; mean: number; p10: number; p90: number } | null
  parts: { open: number; new: number | null }
  won_so_far: number
  backtest: { origins: number; wape: number; wape_mean: number; bias: number } | null
  origins: { mean: number; p50: number; actual: number }[]
  cases: { case: string; chance: number; within_30: number; within_90: number }[]
  notes: string[]
}

/** A book and commands in it, within the test's own process. */
export interface Made extends Inside {
  json: <T = ForecastJson>(...args: string[]) => Promise<T>
}

const HEADER = 'Client,Title,Process,Status,Amount,Cost,Created,Closed\n'

/** One line of a spreadsheet of deals. */
export interface Line {
  client?: string
  title: string
  /** If not plain. */
  process?: string
  status: 'won' | 'lost' | 'open'
  amount?: number
  cost?: number
  created: string
  closed?: string
}

/** An empty book. */
export async function emptyBook(): Promise<Made> {
  const folder = newFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const made = await inside(folder, 'book')
  return {
    ...made,
    json: async (...args) => JSON.parse(await made.ok(...args, '--json')),
  }
}

/** A book with deals of a process without stages, or of that which each names. */
export async function bookOf(lines: readonly Line[]): Promise<Made> {
  const made = await emptyBook()
  const rows = lines.map(({ client = 'Pier Nine', title, process = 'plain', status, ...line }) => {
    const { amount = '', cost = '', created, closed = '' } = line
    return `${[client, title, process, status, amount, cost, created, closed].join(',')}\n`
  })
  made.save('deals.csv', HEADER + rows.join(''))
  const outcomes = ['--won', 'won', '--lost', 'lost']
  await made.ok('import', 'deals', 'deals.csv', '--create', 'all', ...outcomes)
  return made
}

const iso = (days: number): string =>
  new Date(Date.UTC(2026, 0, 5) + days * 86_400_000).toISOString().slice(0, 10)

/** Deals one a week from January 2026 on, each closed after 20 days. */
export function weekly(count: number, status: (at: number) => 'won' | 'lost'): Line[] {
  return Array.from({ length: count }, (_, at) => ({
    title: `Winch ${at}`,
    status: status(at),
    amount: 1000 + at,
    created: iso(at * 7),
    closed: iso(at * 7 + 20),
  }))
}
