import { Fault } from '../domain/fault.ts'
import type { Report } from '../domain/table.ts'
import type { Format } from '../render/index.ts'
import { flag, option, type Values } from './command.ts'
import type { Context, Globals } from './context.ts'

/** The options that say how a report is written. */
export const formatOptions = {
  md: flag('--md', 'write Markdown'),
  html: option('--html <file>', 'write a page for a browser or for mail (- is stdout)'),
  ascii: flag('--ascii', 'draw with ASCII characters, for terminals without Unicode'),
}

export type FormatValues = Partial<Values<typeof formatOptions>>

/**
 * The format that the options ask for.
 * @throws Fault `usage` if they ask for several.
 */
export function formatOf({ json, csv }: Globals, { md, html }: FormatValues): Format {
  const asked = { json, csv, md, html: html !== undefined }
  const given = (Object.keys(asked) as (keyof typeof asked)[]).filter((name) => asked[name])
  if (given.length < 2) return given[0] ?? 'screen'
  const message = '--json, --csv, --md and --html cannot be used together'
  throw new Fault('usage', message, 'give one of them')
}

/** Writes a report: to stdout, or a page to the file named. */
export async function writeReport(
  context: Context,
  report: Report,
  format: Format,
  { html, ascii }: FormatValues,
): Promise<void> {
  const screen = ascii ? { ...context.screen, unicode: false } : context.screen
  if (html === undefined) return context.print(report, format, screen)
  const { writeOut } = await import('./write-out.ts')
  await writeOut(context, [await context.compose(report, 'html')], html)
}
