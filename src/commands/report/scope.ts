import { flag, option, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { find, findOrNone } from '../../records/lookup.ts'
import type { Chosen, Scope } from '../../reports/scope.ts'
import type { Format } from '../../render/index.ts'
import { chooseOptions, readDealChoice } from '../shared/choose-clients.ts'

/** The options that say which deals a report is of. */
export const filterOptions = {
  process: option('--process <process>', 'only deals of this process'),
  owner: option('--owner <owner>', 'only deals of this owner (none: unassigned)'),
  source: option('--source <source>', 'only deals from this source (none: unknown)'),
}

export const chartOptions = {
  chart: flag('--chart', 'draw charts, even in a pipe'),
  noChart: flag('--no-chart', 'draw no charts'),
}

/** The options of every figure. */
export const scopeOptions = { ...filterOptions, ...chartOptions }

/** The values of the options that say which deals. */
export type Filters = Partial<Values<typeof filterOptions & typeof chooseOptions>>

/** What a report is made for, from its options. */
export async function readScope(context: Context, options: Filters): Promise<Scope> {
  const { db, settings } = await context.book()
  const chosen = async (
    noun: 'owner' | 'source',
    text: string | undefined,
  ): Promise<Chosen | undefined> => (text === undefined ? undefined : findOrNone(db, noun, text))
  const { test, texts, deals, dealTexts } = await readDealChoice(context, options)
  return {
    asOf: await context.asOf(),
    settings,
    process: options.process === undefined ? undefined : await find(db, 'process', options.process),
    owner: await chosen('owner', options.owner),
    source: await chosen('source', options.source),
    clients: test && { test, texts },
    deals: deals && { test: deals, texts: dealTexts },
  }
}

/** Pictures are for people: on a terminal, on a page, or where they are asked for. */
export function wantsCharts(
  { screen }: Context,
  { chart }: Partial<Values<typeof chartOptions>>,
  format: Format,
): boolean {
  if (format === 'html') return chart !== false
  if (format === 'json' || format === 'csv') return false
  return chart ?? screen.terminal
}
