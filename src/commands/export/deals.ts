import { dealJson, dealTable } from '../../export/deals.ts'
import { defineExport } from './declare.ts'
import { TABLES } from './options.ts'

export default defineExport({
  of: 'deals',
  description:
    'Every deal as it is now, in order of number. The columns are the fields of the import, so ' +
    'the file can be imported again, then the properties. A deal without a reference gets one ' +
    'from its number, such as deal-7.',
  period: 'only deals opened in this period: 2026-Q3, last-month …',
  columns: 'title,client,amount',
  formats: TABLES,
  examples: ['export deals', 'export deals --period 2026-Q4 --columns "client,title,amount"'],
  content: ({ db, settings }, wanted, columns) => ({
    table: () => dealTable(db, settings.currency, wanted),
    records: () => dealJson(db, settings.currency, { ...wanted, columns }),
  }),
})
