import { historyTable } from '../../export/history.ts'
import { defineExport } from './declare.ts'
import { TABLES } from './options.ts'

export default defineExport({
  of: 'history',
  description:
    'One row per event, with the stage and terms of the deal at the time. Import the exported ' +
    'deals into another book, then this history, and they have the same history there. Deals ' +
    'that were imported with an outcome and no history have none here.',
  period: 'only what happened in this period: 2026-Q3, last-month …',
  columns: 'deal,at,stage',
  formats: TABLES,
  examples: ['export history', 'export history --period this-month --out steps.csv'],
  content: ({ db, settings }, wanted) => ({
    table: () => historyTable(db, settings.currency, wanted),
  }),
})
