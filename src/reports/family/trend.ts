import { addMonths, type Day, monthStart } from '../../domain/day.ts'
import { monthsIn, type Period } from '../../domain/period.ts'

/** More months than this are put together as quarters, more quarters as years. */
const MOST_POINTS = 24

/** `2026-09` is in `2026-Q3`, and so is each of its days. */
export function quarterOf(month: string): string {
  return `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`
}

const SPANS = [
  { name: 'month', label: (month: string) => month },
  { name: 'quarter', label: quarterOf },
  { name: 'year', label: (month: string) => month.slice(0, 4) },
] as const

/** The points in time of a small picture, and the point that a month belongs to. */
interface TimeLine {
  name: 'month' | 'quarter' | 'year'
  points: string[]
  of: (month: string) => string
}

/**
 * The months of a period as few enough points to draw: months, else quarters, else years. A period
 * without a first day begins with the first month that has data.
 * @param months those that have data, as `2026-09`.
 */
export function timeLine(
  { from, to }: Period,
  asOf: Day,
  months: Iterable<string>,
  most = MOST_POINTS,
): TimeLine {
  const ordered = [...months].toSorted()
  const first = from ?? ((ordered[0] === undefined ? asOf : `${ordered[0]}-01`) as Day)
  const last = to !== null && to < asOf ? to : asOf
  const all = monthsIn(monthStart(first), last < first ? first : last).map((day) => day.slice(0, 7))
  for (const { name, label } of SPANS) {
    const points = [...new Set(all.map(label))]
    if (points.length <= most || name === 'year') return { name, points, of: label }
  }
  throw new Error('unreachable: years are always drawn')
}

/** A year of months up to the end of a period that has too few for a picture. */
export function longEnough(period: Period, asOf: Day, fewest: number, usual: number): Period {
  const to = period.to !== null && period.to < asOf ? period.to : asOf
  if (period.from === null || monthsIn(period.from, to).length >= fewest) return period
  return { from: addMonths(monthStart(to), 1 - usual), to }
}

/** Cells added up along a time line. */
export function sumsAlong<C extends { month: string }>(
  line: TimeLine,
  cells: readonly C[],
  value: (cell: C) => number,
): Map<string, number> {
  const sums = new Map(line.points.map((point) => [point, 0]))
  for (const cell of cells) {
    const point = line.of(cell.month)
    sums.set(point, (sums.get(point) ?? 0) + value(cell))
  }
  return sums
}

/** The same as the text of a trend: `3 0 5`. */
export function trendText<C extends { month: string }>(
  line: TimeLine,
  cells: readonly C[],
  value: (cell: C) => number,
): string {
  return [...sumsAlong(line, cells, value).values()].join(' ')
}
