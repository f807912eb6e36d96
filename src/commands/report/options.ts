import { choice, flag, type OptionSpec, option } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { formatOptions } from '../../cli/write-report.ts'
import type { ReportSpec } from '../../reports/family/declare.ts'
import { chooseOptions } from '../shared/choose-clients.ts'
import { chartOptions, filterOptions } from './scope.ts'

type Options = Record<string, OptionSpec<unknown>>

function filtersOf({ takes: { filters } }: ReportSpec): Options {
  const all: Options = { ...filterOptions, ...chooseOptions }
  if (!filters) return all
  const wanted = filters.flatMap((name) => (name === 'where' ? ['where', 'segment'] : [name]))
  return Object.fromEntries(wanted.map((name) => [name, all[name] as OptionSpec<unknown>]))
}

function ownOf({ own }: ReportSpec): Options {
  return Object.fromEntries(
    Object.entries(own ?? {}).map(
      ([name, { flags, help, choices }]): [string, OptionSpec<unknown>] => [
        name,
        choices
          ? choice(flags, help, choices)
          : flags.includes('<')
            ? option(flags, help)
            : flag(flags, help),
      ],
    ),
  )
}

/** The words of one option that are refused. */
function refusedWords({ refuses = {} }: ReportSpec, name: string): Record<string, string> {
  const words = Object.entries(refuses).filter(([key]) => key.startsWith(`${name} `))
  return Object.fromEntries(words.map(([key, why]) => [key.slice(name.length + 1), why]))
}

/** The options that are refused as a whole. */
export function refusedFlags({ refuses = {} }: ReportSpec): Record<string, string> {
  return Object.fromEntries(Object.entries(refuses).filter(([key]) => !key.includes(' ')))
}

/** All options of a declared report. */
export function optionsOf(spec: ReportSpec): Options {
  const { span, takes } = spec
  const earlier = span.kind === 'day' ? 'day or period' : 'period'
  return {
    ...(span.kind === 'period'
      ? { period: periodOption(`2026-Q3, last-month, all …; default: ${span.usual}`) }
      : {}),
    ...(takes.compare
      ? {
          compare: option(
            '--compare <compared>',
            `compare with an earlier ${earlier}: previous, year-ago, 2026-Q2 …`,
          ),
        }
      : {}),
    ...(takes.by ? { by: choice('--by <group>', 'the same report for each', takes.by) } : {}),
    ...(takes.measures
      ? {
          measure: {
            ...choice('--measure <what>', 'what is counted', takes.measures),
            refused: refusedWords(spec, '--measure'),
          },
        }
      : {}),
    ...filtersOf(spec),
    ...ownOf(spec),
    ...(takes.sort
      ? {
          sort: choice(
            '--sort <column>',
            'the column to sort by; numbers largest first, names from A',
            takes.sort,
          ),
          reverse: flag('--reverse', 'reverse the order'),
        }
      : {}),
    explain: flag(
      '--explain',
      'explain how each column is worked out, with the numbers of one row',
    ),
    ...chartOptions,
    ...formatOptions,
  }
}
