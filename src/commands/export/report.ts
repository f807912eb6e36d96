import { defineCommand } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { periodOption } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import type { Period } from '../../domain/period.ts'
import type { LongTable, Report } from '../../domain/table.ts'
import { reports } from '../../reports/index.ts'
import { reportFrom } from '../report/command.ts'
import { exportTo } from './command.ts'
import { fileOptions, formatOption, TABLES } from './options.ts'

const NAMES = reports.map(({ name }) => name).join(', ')

/** What a report's own command would print. */
async function makeReport(
  context: Context,
  name: string,
  period: Period | undefined,
): Promise<Report> {
  const entry = reports.find((report) => report.name === name)
  if (!entry) {
    throw new Fault('not-found', `there is no report “${name}”`, `use one of: ${NAMES}`)
  }
  const spec = await entry.load()
  if (period && spec.span.kind === 'day') {
    const hint = 'leave --period out, or name a day: --as-of 2026-09-30'
    throw new Fault('usage', `the report ${name} is of a day, not of a period`, hint)
  }
  return reportFrom(context, spec, { period }, false)
}

function tableOf({ name, currency, sections: [section] }: Report): LongTable {
  const columns = section?.columns ?? []
  const rows = (section?.rows ?? []).map((row) => columns.map(({ key }) => row[key] ?? null))
  return { name, columns, currency, rows }
}

export default defineCommand({
  asOf: true,
  description: 'Writes the rows of a report, or all of it as JSON.',
  arguments: [{ syntax: '<name>', help: NAMES }],
  options: {
    period: periodOption('for reports of a period: 2026-Q3, last-month, all …'),
    format: formatOption(TABLES),
    ...fileOptions,
  },
  examples: ['export report open --out funnel.xlsx', 'export report closed --period 2026-Q4'],
  run: (context, [name = ''], options) =>
    exportTo(context, TABLES, options, async () => {
      const report = await makeReport(context, name, options.period)
      return { table: () => tableOf(report), report }
    }),
})
