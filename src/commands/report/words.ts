import type { Globals } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { reports } from '../../reports/index.ts'

/** Options for one run, or for another book: they are left to whoever runs a report. */
const NOT_KEPT =
  /^(?:--(?:book|html|json|csv|quiet|help|version|yes|input|no-input|color|no-color)(?:=|$)|-[a-zA-Z])/

/**
 * @throws Fault `usage` if the words do not begin with a report's name, or hold an option that
 *   would write a file or read another book unasked.
 */
export function requireReport(words: readonly string[]): void {
  const [name] = words
  const unasked = words.find((word) => NOT_KEPT.test(word))
  if (unasked !== undefined) {
    const [option] = unasked.split('=', 1)
    const hint = 'leave it out, and give it to funnel report run'
    throw new Fault('usage', `${option} is not kept with a report`, hint)
  }
  if (reports.some((report) => report.name === name)) return
  const names = reports.map((report) => report.name).join(', ')
  const message = name === undefined ? 'no report is named' : `there is no report “${name}”`
  throw new Fault('usage', message, `after -- comes one of ${names}, with its options`)
}

/** The options of every command as words, for a command line that is run by another. */
export function globalWords(globals: Globals): string[] {
  const { book, json, csv, asOf, color, quiet } = globals
  return [
    ...(book === undefined ? [] : ['--book', book]),
    ...(json ? ['--json'] : []),
    ...(csv ? ['--csv'] : []),
    ...(asOf === undefined ? [] : ['--as-of', asOf]),
    ...(color === false ? ['--no-color'] : []),
    ...(quiet ? ['--quiet'] : []),
  ]
}

/** A command line without an option, and without the value that follows it. */
export function withoutOption(
  words: readonly string[],
  name: string,
  takes: 'value' | 'nothing' = 'nothing',
): string[] {
  const isValue = (index: number): boolean => takes === 'value' && words[index - 1] === name
  return words.filter(
    (word, index) => word !== name && !word.startsWith(`${name}=`) && !isValue(index),
  )
}
