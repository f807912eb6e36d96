import { taskRecords, taskTable } from '../../export/tasks.ts'
import { bookUid } from '../../records/book.ts'
import { defineExport } from './declare.ts'
import { TABLES } from './options.ts'

export default defineExport({
  of: 'tasks',
  description:
    'Every task, in order of number; in iCalendar they are to-dos, all-day unless they have a time.',
  period: 'only those due in this period: 2026-Q3, this-week …',
  columns: 'due,text,client',
  formats: [...TABLES, 'ics'],
  examples: ['export tasks', 'export tasks --out tasks.ics'],
  content: async ({ db, settings }, wanted) => ({
    table: () => taskTable(taskRecords(db, wanted)),
    tasks: () => taskRecords(db, wanted),
    book: await bookUid(db),
    zone: settings.timezone,
  }),
})
