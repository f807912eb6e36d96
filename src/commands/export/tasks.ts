import { defineCommand } from '../../cli/command.ts'
import { periodOption } from '../../cli/options.ts'
import { withColumns } from '../../export/columns.ts'
import { taskRecords, taskTable } from '../../export/tasks.ts'
import { bookUid } from '../../records/book.ts'
import { exportTo } from './command.ts'
import {
  clientOptions,
  columnsOption,
  fileOptions,
  formatOption,
  readWanted,
  TABLES,
} from './options.ts'

const FORMATS = [...TABLES, 'ics'] as const

export default defineCommand({
  description: 'Every task, by number; iCalendar has them as to-dos of whole days.',
  options: {
    ...clientOptions,
    columns: columnsOption,
    period: periodOption('only those due in it: 2026-Q3, this-week …'),
    format: formatOption(FORMATS),
    ...fileOptions,
  },
  examples: ['export tasks', 'export tasks --out tasks.ics'],
  run: (context, _args, options) =>
    exportTo(context, FORMATS, options, async ({ db }) => {
      const wanted = await readWanted(context, options)
      return {
        table: () => withColumns(taskTable(taskRecords(db, wanted)), options.columns),
        tasks: () => taskRecords(db, wanted),
        book: await bookUid(db),
      }
    }),
})
