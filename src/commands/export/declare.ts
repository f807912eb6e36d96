import type { Book } from '../../book/open.ts'
import { type CommandSpec, defineCommand } from '../../cli/command.ts'
import type { Content, FileFormat } from '../../cli/file-formats.ts'
import { periodOption } from '../../cli/options.ts'
import { withColumns } from '../../export/columns.ts'
import type { Wanted } from '../../export/wanted.ts'
import type { Listed } from '../../records/list-columns.ts'
import { exportTo } from './command.ts'
import {
  clientOptions,
  columnsOption,
  fileOptions,
  formatOption,
  readWanted,
  readWantedDeals,
} from './options.ts'

/** An export of records that have a day: what it is, and what goes into the file. */
interface ExportSpec {
  of: Listed
  description: string
  /** The help of `--period`: which day it asks for. */
  period: string
  formats: readonly FileFormat[]
  /** Some of the columns, for the help of `--columns`: `title,client,amount`. */
  columns: string
  examples: string[]
  content: (book: Book, wanted: Wanted, columns?: readonly string[]) => Promise<Content> | Content
}

/** Declares the export of a kind of records; the options and the choice of columns are the same for all. */
export function defineExport(spec: ExportSpec): CommandSpec {
  const { description, formats, examples } = spec
  const isOfDeals = spec.of === 'deals' || spec.of === 'history' || spec.of === 'lines'
  const read = isOfDeals ? readWantedDeals : readWanted
  return defineCommand({
    description,
    options: {
      ...clientOptions,
      columns: columnsOption(spec.columns),
      period: periodOption(spec.period),
      format: formatOption(formats),
      ...fileOptions,
    },
    examples,
    run: (context, _args, options) =>
      exportTo(context, formats, options, async (book) => {
        const content = await spec.content(book, await read(context, options), options.columns)
        return {
          ...content,
          table: async () => withColumns(spec.of, await content.table(), options.columns),
        }
      }),
  })
}
