import { lineTable } from '../../export/lines.ts'
import { defineExport } from './declare.ts'
import { TABLES } from './options.ts'

export default defineExport({
  of: 'lines',
  description:
    'One row per line of a deal, with its product, quantity and price. Import the exported products and ' +
    'deals into another book, then these, and its deals have the same lines.',
  period: 'only lines of deals opened in this period: 2026-Q3, last-month …',
  columns: 'deal,product,quantity',
  formats: TABLES,
  examples: ['export lines', 'export lines --where deal:status=open --out lines.xlsx'],
  content: ({ db, settings }, wanted) => ({
    table: () => lineTable(db, settings.currency, wanted),
  }),
})
