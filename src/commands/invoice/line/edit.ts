import { defineCommand, option } from '../../../cli/command.ts'
import type { Context } from '../../../cli/context.ts'
import { clearable } from '../../../cli/options.ts'
import { Fault } from '../../../domain/fault.ts'
import { parsePortion, parsePrice, parseQuantity } from '../../../domain/lines/read.ts'
import { draftName, findDraft } from '../../../money/invoices/find.ts'
import { lineTaxes } from '../../../money/invoices/line-tax.ts'
import {
  invoiceLineNamed,
  invoiceLineValues,
  loadInvoiceLines,
  settleDraft,
  writeInvoiceLine,
} from '../../../money/invoices/lines.ts'
import { findTax } from '../../../records/firm/taxes.ts'
import { given } from '../../shared/given.ts'
import { invoiceArgument, sumText } from '../fields.ts'

const currency = async (context: Context) => (await context.book()).settings.currency

export default defineCommand({
  arguments: [invoiceArgument, { syntax: '<line>', help: 'its number in the invoice' }],
  options: {
    text: option('--text <text>', 'what it is for'),
    quantity: option('--quantity <number>', 'how much of it', async (text, context) =>
      parseQuantity(text, await currency(context)),
    ),
    unit: clearable(option('--unit <text>', 'what it is counted in')),
    price: option('--price <money>', 'the price of one unit', async (text, context) =>
      parsePrice(text, await currency(context)),
    ),
    discount: option('--discount <percent>', 'what is taken off', (text) =>
      parsePortion(text, 'discount'),
    ),
    tax: option('--tax <tax>', 'its tax rate, such as 19%, or a tax of the book'),
  },
  examples: ['invoice line edit d1 1 --quantity 3', 'invoice line edit d1 1 --price 95 --tax 19%'],
  run: (context, [text = '', lineText = ''], { tax, ...values }) =>
    context.change({}, async (db) => {
      const draft = await findDraft(db, text)
      const name = draftName(draft.id)
      const line = invoiceLineNamed(await loadInvoiceLines(db, draft.id), name, lineText)
      const changes = given(values)
      if (Object.keys(changes).length === 0 && tax === undefined) {
        throw new Fault(
          'usage',
          'nothing to change was given',
          'see: funnel invoice line edit --help',
        )
      }
      const found = tax === undefined ? null : await findTax(db, tax)
      await writeInvoiceLine(db, draft, line.id, {
        ...invoiceLineValues(line),
        ...changes,
        ...(found ? { tax: (await lineTaxes(db))(found.rate, found.id) } : {}),
      })
      const { gross } = await settleDraft(db, draft.id)
      const sum = sumText(gross, draft.currency, await currency(context))
      return {
        summary: `changed line ${line.position} of draft ${name}, which comes to ${sum}`,
        result: { invoice: draft.id, line: line.position },
      }
    }),
})
