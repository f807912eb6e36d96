import { interactionTable } from '../../export/interactions.ts'
import { defineExport } from './declare.ts'
import { TABLES } from './options.ts'

export default defineExport({
  of: 'interactions',
  description:
    'Calls, e-mails, meetings and messages, in the order in which they were entered. The ' +
    'columns are the fields of the import, so the file can be imported again.',
  period: 'only those in this period: 2026-Q3, last-month …',
  columns: 'at,client,text',
  formats: TABLES,
  examples: ['export interactions', 'export interactions --period last-30d'],
  content: ({ db }, wanted) => ({ table: () => interactionTable(db, wanted) }),
})
