import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import type { Report } from '../../domain/table.ts'
import type { ReportValues } from './command.ts'
import { type Filters, readScope } from './scope.ts'

/** Options of the open funnel that choose no deals: they have no effect here. */
const MEANINGLESS = [
  'by',
  'compare',
  'measure',
  'probability',
  'list',
  'stage',
  'limit',
  'sort',
  'reverse',
  'explain',
  'chart',
]

/**
 * What `report open --calibration` shows in place of the open funnel.
 * @throws Fault `usage` if an option was given that means nothing with it.
 */
export async function calibration(context: Context, values: ReportValues): Promise<Report> {
  const other = MEANINGLESS.find((name) => values[name] !== undefined)
  if (other !== undefined) {
    const hint = `leave out --calibration or --${other}`
    throw new Fault('usage', `--calibration does not go with --${other}`, hint)
  }
  const { calibrationReport } = await import('../../forecast/calibration.ts')
  const scope = await readScope(context, values as Filters)
  return calibrationReport(await context.book(), scope)
}
