import { defineCommand } from '../../../cli/command.ts'
import { draftName, findDraft } from '../../../money/invoices/find.ts'
import { invoiceLineNamed, loadInvoiceLines, settleDraft } from '../../../money/invoices/lines.ts'
import { invoiceArgument, sumText } from '../fields.ts'

export default defineCommand({
  arguments: [invoiceArgument, { syntax: '<line>', help: 'its number in the invoice' }],
  options: {},
  examples: ['invoice line drop d1 2'],
  run: (context, [text = '', lineText = '']) =>
    context.change({}, async (db) => {
      const draft = await findDraft(db, text)
      const name = draftName(draft.id)
      const line = invoiceLineNamed(await loadInvoiceLines(db, draft.id), name, lineText)
      await db.deleteFrom('invoice_lines').where('id', '=', line.id).execute()
      const { gross } = await settleDraft(db, draft.id)
      const sum = sumText(gross, draft.currency, (await context.book()).settings.currency)
      return {
        summary: `dropped line ${line.position} of draft ${name}, which comes to ${sum}`,
        result: { invoice: draft.id, line: line.position },
      }
    }),
})
