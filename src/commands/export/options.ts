import { choice, flag, option, type OptionSpec, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import type { FileFormat } from '../../cli/file-formats.ts'
import type { Wanted } from '../../export/wanted.ts'
import { chooseOptions, readChoice, readDealChoice } from '../shared/choose-clients.ts'
import { Fault } from '../../domain/fault.ts'

const DELIMITERS: Record<string, string> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
}

function readDelimiter(text: string): string {
  const sign = DELIMITERS[text.trim().toLowerCase()] ?? (text === String.raw`\t` ? '\t' : text)
  if (Object.values(DELIMITERS).includes(sign)) return sign
  const words = Object.keys(DELIMITERS).join(', ')
  throw new Fault('usage', `“${text}” is not a delimiter that the import knows`, `use: ${words}`)
}

function readNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  const found = names.filter((name) => name !== '')
  if (found.length > 0) return found
  throw new Fault('usage', '--columns names no column', 'write it as --columns "NAME,NAME"')
}

/** The formats for what is only a table. */
export const TABLES = ['csv', 'xlsx', 'json', 'jsonl'] as const

/** The option that names the format, among those that a command has. */
export function formatOption(formats: readonly FileFormat[]) {
  return choice('--format <format>', 'default: by the file’s name, else csv', formats)
}

/** The options of every export except its format. */
export const fileOptions = {
  out: option('--out <file>', 'write to this file; default: stdout'),
  delimiter: option(
    '--delimiter <sign>',
    'what separates the cells of CSV: comma, semicolon, tab or pipe',
    readDelimiter,
  ),
  bom: flag('--bom', 'begin CSV with a byte order mark, for Excel'),
  raw: flag('--raw', 'leave CSV text unchanged, even if a spreadsheet would take it for a formula'),
}

/** The option for some of the columns. @param example some that the file has: `name,email`. */
export function columnsOption(example: string): OptionSpec<string[]> {
  return option('--columns <names>', `only these columns, in this order: "${example}"`, readNames)
}

/** The options that say which records are exported, by their clients. */
export const clientOptions = chooseOptions

/** Reads which records are wanted. */
export async function readWanted(
  context: Context,
  options: Partial<Values<typeof clientOptions>> & Pick<Wanted, 'period'>,
): Promise<Wanted> {
  return { period: options.period, clients: (await readChoice(context, options)).test }
}

/** The same for deals and their histories: a condition on a deal is about each of them. */
export async function readWantedDeals(
  context: Context,
  options: Partial<Values<typeof clientOptions>> & Pick<Wanted, 'period'>,
): Promise<Wanted> {
  const { test, deals } = await readDealChoice(context, options)
  return { period: options.period, clients: test, deals }
}
