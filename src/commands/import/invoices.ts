import { importCommand } from './command.ts'

export default importCommand('invoices', {
  description:
    'One row per invoice that another program issued: number, client, day, amount with tax. It counts as ' +
    'issued, and the next invoice gets the number after it. An amount below zero is a credit note. A number that ' +
    'is in the book already is left alone, as invoices never change. Import their payments after them: funnel ' +
    'import payments. An e-invoice that you issued elsewhere (UBL, Factur-X, ZUGFeRD, XRechnung) brings its lines, ' +
    'taxes and references too, and its buyer with --create clients.',
  options: ['dateFormat', 'decimal', 'amountsIn'],
  examples: [
    'import invoices invoices.csv --dry-run',
    'import invoices invoices.csv --create clients',
  ],
})
