import { type CommandSpec, defineCommand } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { addMonths } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { parsePeriod, type Period, periodBefore, yearBefore } from '../../domain/period.ts'
import type { Report } from '../../domain/table.ts'
import { find } from '../../records/lookup.ts'
import type { Ask, By, Measure, ReportSpec } from '../../reports/family/declare.ts'
import { makeReport, type Sort } from '../../reports/family/make.ts'
import { requireRates } from '../../reports/rates-needed.ts'
import type { Scope } from '../../reports/scope.ts'
import { formatOf, type FormatValues, writeReport } from '../../cli/write-report.ts'
import { optionsOf, refusedFlags } from './options.ts'
import { type Filters, readScope, wantsCharts } from './scope.ts'

/** The values of all options that a report may have. */
export interface ReportValues extends FormatValues {
  period?: Period | undefined
  compare?: string | undefined
  by?: By | undefined
  measure?: Measure | undefined
  sort?: string | undefined
  reverse?: boolean | undefined
  explain?: boolean | undefined
  chart?: boolean | undefined
  [own: string]: unknown
}

/** A month earlier, a year earlier, or the end of a period. */
function earlierDay(text: string, scope: Scope): Period {
  const { asOf, settings } = scope
  if (text === 'previous') return { from: null, to: addMonths(asOf, -1) }
  if (text === 'year-ago') return { from: null, to: addMonths(asOf, -12) }
  const { to } = parsePeriod(text, asOf, settings.firstWeekday)
  if (to !== null) return { from: null, to }
  throw new Fault('usage', `“${text}” has no end to compare with`, 'name a day or a period')
}

function earlierPeriod(spec: ReportSpec, text: string, scope: Scope, period: Period): Period {
  if (spec.span.kind === 'day') return earlierDay(text, scope)
  if (text === 'previous') return periodBefore(period)
  if (text === 'year-ago') return yearBefore(period, scope.settings.firstWeekday)
  return parsePeriod(text, scope.asOf, scope.settings.firstWeekday)
}

async function ownValues(context: Context, spec: ReportSpec, values: ReportValues) {
  const { db } = await context.book()
  const own: Ask['own'] = {}
  for (const [name, { noun }] of Object.entries(spec.own ?? {})) {
    const value = values[name] as string | boolean | undefined
    own[name] = noun && typeof value === 'string' ? await find(db, noun, value) : value
  }
  return own
}

function sortOf({ sort, reverse }: ReportValues): Sort | null {
  if (sort === undefined) {
    if (!reverse) return null
    throw new Fault(
      'usage',
      '--reverse turns an order round that --sort names',
      'add --sort COLUMN',
    )
  }
  return { key: sort, reverse: reverse ?? false }
}

/** Makes a declared report from the values of its options. */
export async function reportFrom(
  context: Context,
  spec: ReportSpec,
  values: ReportValues,
  charts: boolean,
): Promise<Report> {
  const { db } = await context.book()
  const scope = await readScope(context, values as Filters)
  const { span } = spec
  const period =
    span.kind === 'day'
      ? { from: null, to: scope.asOf }
      : (values.period ?? parsePeriod(span.usual, scope.asOf, scope.settings.firstWeekday))
  if (spec.countsOpen === true) await requireRates(db, scope)
  const { compare } = values
  const ask: Ask = {
    db,
    scope,
    today: await context.today(),
    period,
    by: values.by ?? null,
    measure: values.measure ?? 'deals',
    charts: charts && spec.takes.charts === true,
    own: await ownValues(context, spec, values),
  }
  return makeReport(spec, ask, {
    compare: compare === undefined ? null : earlierPeriod(spec, compare, scope, period),
    sort: sortOf(values),
    explain: values.explain ?? false,
  })
}

/** The command of a declared report. */
export function reportCommand(spec: ReportSpec): CommandSpec {
  return defineCommand({
    asOf: true,
    description: spec.description,
    options: optionsOf(spec),
    refused: refusedFlags(spec),
    examples: spec.examples.map((example) => `report ${example}`),
    async run(context, _args, options) {
      const values = options as ReportValues
      const format = formatOf(context.globals, values)
      if (values.calibration === true) {
        const { calibration } = await import('./calibration.ts')
        await writeReport(context, await calibration(context, values), format, values)
        return
      }
      const charts = wantsCharts(context, values, format)
      const report = await reportFrom(context, spec, values, charts)
      await writeReport(context, report, format, values)
    },
  })
}
