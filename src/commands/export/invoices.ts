import { invoiceTable } from '../../export/invoices.ts'
import { defineExport } from './declare.ts'
import { TABLES } from './options.ts'

export default defineExport({
  of: 'invoices',
  description:
    'Every invoice and credit note that was issued, in the order in which they came into the book, without their ' +
    'lines. Drafts are left out.',
  period: 'only those issued in this period: 2026-Q3, this-month …',
  columns: 'number,client,issued,amount,open',
  formats: TABLES,
  examples: ['export invoices', 'export invoices --period 2026 --out invoices.xlsx'],
  content: ({ db, settings }, wanted) => ({
    table: () => invoiceTable(db, settings.currency, wanted),
  }),
})
