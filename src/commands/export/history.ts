import { historyTable } from '../../export/history.ts'
import { defineExport } from './declare.ts'
import { TABLES } from './options.ts'

export default defineExport({
  of: 'history',
  description:
    'What happened to deals, an event a row, with the stage and the terms as they were then. Import ' +
    'the exported deals into another book, then this history, and they have the same course there. ' +
    'Deals that came with an outcome and no history have none here.',
  period: 'only what happened in it: 2026-Q3, last-month …',
  formats: TABLES,
  examples: ['export history', 'export history --period this-month --out steps.csv'],
  content: ({ db, settings }, wanted) => ({
    table: () => historyTable(db, settings.currency, wanted),
  }),
})
