import { sql } from 'kysely'
import type { Period } from '../../domain/period.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { closedDeals } from './load.ts'
import type { DealsAsOf } from '../deals-as-of.ts'
import type { Measure } from '../family/declare.ts'
import { longEnough, sumsAlong, timeLine } from '../family/trend.ts'
import { profitSql, type Scope } from '../scope.ts'

function percentText(value: unknown): string {
  return typeof value === 'number' ? `${(value * 100).toFixed(0)}%` : '–'
}

interface Picture {
  title: string
  unit: 'count' | 'money'
  prefix: string
}

const PICTURES: Record<Measure, Picture> = {
  deals: { title: 'Number of deals', unit: 'count', prefix: '' },
  clients: { title: 'Number of clients', unit: 'count', prefix: 'clients_' },
  amount: { title: 'Potential', unit: 'money', prefix: 'amount_' },
  profit: { title: 'Profit', unit: 'money', prefix: 'profit_' },
}

/**
 * Two funnels of won and lost: by number, and by what was at stake. A stage's bar is what reached
 * it; its core is what was won in the end.
 * @param rows the report's rows, with `won` of each measure.
 */
export function closedFunnels(rows: readonly Row[], measure: Measure): Chart[] {
  const pictures = [
    PICTURES[measure === 'clients' ? 'clients' : 'deals'],
    PICTURES[measure === 'profit' ? 'profit' : 'amount'],
  ]
  return pictures.map(({ title, unit, prefix }) => ({
    kind: 'funnel',
    title,
    unit,
    bars: rows.map((row) => {
      const [all, won] = [Number(row[`${prefix}reached`]), Number(row[`${prefix}won`])]
      return {
        label: String(row.stage),
        value: all,
        parts: [
          { name: 'won', value: won },
          { name: 'lost', value: all - won },
        ],
        notes: [percentText(row[`${prefix}step`])],
      }
    }),
  }))
}

/** The one of the two funnels for the measure asked for. */
export function groupFunnel(rows: readonly Row[], measure: Measure): Chart | undefined {
  const [number, value] = closedFunnels(rows, measure)
  return measure === 'deals' || measure === 'clients' ? number : value
}

const FEWEST_MONTHS = 3
const USUAL_MONTHS = 12
/** More points than this do not fit a narrow screen. */
const MOST_POINTS = 36

const WON: Record<Measure, { title: string; unit: 'count' | 'money' }> = {
  deals: { title: 'Amount won', unit: 'money' },
  clients: { title: 'Clients won', unit: 'count' },
  amount: { title: 'Amount won', unit: 'money' },
  profit: { title: 'Profit won', unit: 'money' },
}

function valueSql(measure: Measure, margin: number | null) {
  if (measure === 'clients') return sql<number>`count(DISTINCT d.client_id)`
  const value = measure === 'profit' ? profitSql(margin) : sql`d.amount`
  return sql<number>`coalesce(sum(${value}), 0)`
}

/** What was won month by month; for a short period, over the year up to its end. */
export async function wonByMonth(
  deals: DealsAsOf,
  scope: Scope,
  period: Period,
  measure: Measure,
): Promise<Chart[]> {
  const drawn = longEnough(period, scope.asOf, FEWEST_MONTHS, USUAL_MONTHS)
  const month = sql<string>`substr(d.closed_on, 1, 7)`
  const rows = await closedDeals(deals, scope, drawn)
    .where('d.status', '=', 'won')
    .select([month.as('month'), valueSql(measure, scope.settings.margin).as('value')])
    .groupBy(month)
    .execute()
  const months = rows.map((row) => row.month)
  const line = timeLine(drawn, scope.asOf, months, MOST_POINTS)
  const sums = sumsAlong(line, rows, ({ value }) => value)
  const { title, unit } = WON[measure]
  const points = [...sums].map(([label, value]) => ({ label, value }))
  // A month or two are too few points for a line.
  const beyond =
    drawn === period
      ? ''
      : `, ${line.points[0]} to ${line.points.at(-1)}: the year up to this period`
  return [{ kind: 'line', title: `${title} by ${line.name}${beyond}`, unit, points }]
}
