import path from 'node:path'
import type { Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import type { Book } from '../../book/open.ts'
import { Fault } from '../../domain/fault.ts'
import { type Content, type FileFormat, piecesOf } from '../../cli/file-formats.ts'
import { writeOut } from '../../cli/write-out.ts'
import type { fileOptions } from './options.ts'

/** The options that say where and how a file is written. */
type FileOptions = Partial<Values<typeof fileOptions>> & { format?: FileFormat | undefined }

const BY_EXTENSION: Record<string, FileFormat> = {
  '.csv': 'csv',
  '.xlsx': 'xlsx',
  '.json': 'json',
  '.jsonl': 'jsonl',
  '.vcf': 'vcard',
  '.ics': 'ics',
  '.hledger': 'hledger',
  '.journal': 'hledger',
  '.ledger': 'ledger',
  '.beancount': 'beancount',
  '.bean': 'beancount',
}

/** Formats that other programs write, and this one does not. */
const NOT_WRITTEN = /^\.(?:pdf|docx?|xls|xlsb|xlsm|ods|odt|html?|md|xml|zip)$/

/**
 * The format: as given, else by the name of the file, else CSV.
 * @throws Fault `usage` if an option has no meaning in it, or its content cannot be written so.
 */
export function formatOf(context: Context, options: FileOptions, formats: readonly FileFormat[]) {
  const { json, csv } = context.globals
  const extension = path.extname(options.out ?? '').toLowerCase()
  if (options.format === undefined && NOT_WRITTEN.test(extension)) {
    const endings = Object.keys(BY_EXTENSION).filter((name) =>
      formats.includes(BY_EXTENSION[name] ?? 'csv'),
    )
    const hint = `name the file ${endings.join(', ')}, or say --format`
    throw new Fault('usage', `a ${extension} file cannot be written here`, hint)
  }
  const format =
    options.format ?? (json ? 'json' : csv ? 'csv' : (BY_EXTENSION[extension] ?? 'csv'))
  if (!formats.includes(format)) {
    const hint = `use --format ${formats.join(', ')}`
    throw new Fault('usage', `this cannot be written as ${format}`, hint)
  }
  const misplaced = (['delimiter', 'bom', 'raw'] as const).find((key) => options[key] !== undefined)
  if (misplaced && format !== 'csv') {
    throw new Fault('usage', `--${misplaced} is for CSV, not for ${format}`, 'leave it out')
  }
  if (format === 'xlsx' && options.out === undefined && context.io.stdout.isTTY) {
    throw new Fault(
      'usage',
      'a workbook cannot be shown on a terminal',
      'write it to --out FILE.xlsx',
    )
  }
  return format
}

/** The content as a file of the format, as the options say. */
export function filePieces(content: Content, format: FileFormat, options: FileOptions) {
  const { delimiter = ',', bom = false, raw = false } = options
  return piecesOf(content, format, { delimiter, bom, raw })
}

/** Writes the export, all of it as of one moment. */
export async function exportTo(
  context: Context,
  formats: readonly FileFormat[],
  options: FileOptions,
  content: (book: Book) => Promise<Content> | Content,
): Promise<void> {
  const format = formatOf(context, options, formats)
  const book = await context.book()
  await book.store.reading(async () => {
    await writeOut(context, await filePieces(await content(book), format, options), options.out)
  })
}
