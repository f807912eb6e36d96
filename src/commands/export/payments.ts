import { paymentTable } from '../../export/payments.ts'
import { defineExport } from './declare.ts'
import { TABLES } from './options.ts'

export default defineExport({
  of: 'payments',
  description:
    'Every payment, refund and write-off, in the order in which they came into the book, with the invoices that ' +
    'it settles.',
  period: 'only those of this period: 2026-Q3, this-month …',
  columns: 'on,client,amount,for',
  formats: TABLES,
  examples: ['export payments', 'export payments --period 2026 --out payments.xlsx'],
  content: ({ db, settings }, wanted) => ({
    table: () => paymentTable(db, settings.currency, wanted),
  }),
})
