import { choice, defineCommand } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { E_FORMATS } from '../../domain/einvoice/formats.ts'
import { counted } from '../../domain/text.ts'
import { findInvoice } from '../../money/invoices/find.ts'
import { E_NAMES, formatToBe, gapReport, gatherWithGaps } from '../shared/e-invoice.ts'
import { invoiceArgument } from './fields.ts'

export default defineCommand({
  description:
    'Says what an invoice or a draft lacks to be an e-invoice by EN 16931, each by its business term, with why and ' +
    'what to type; exits with 1 if anything is missing. UBL is checked by the rules of Peppol too. Without --format ' +
    'it is the format that invoice issue looks at, else ubl.',
  arguments: [invoiceArgument],
  options: {
    format: choice('--format <format>', 'as which kind of e-invoice', E_FORMATS),
  },
  examples: ['invoice check d2 --format factur-x', 'invoice check d2 --format factur-x --json'],
  async run(context, [text = ''], { format: asked }) {
    const { db, settings } = await context.book()
    const invoice = await findInvoice(db, text)
    const format = (await formatToBe(db, invoice, asked, settings)) ?? 'ubl'
    const { gaps, called } = await gatherWithGaps(context, db, invoice, format)
    await context.print(gapReport(gaps, called, format))
    if (gaps.length === 0) return
    const what = counted(gaps.length, 'thing')
    throw new Fault('failed', `${called.invoice} lacks ${what} as ${E_NAMES[format]}`)
  },
})
