import { defineCommand } from '../../../cli/command.ts'
import { draftName, findDraft } from '../../../money/invoices/find.ts'
import { addInvoiceLine, settleDraft } from '../../../money/invoices/lines.ts'
import { invoiceArgument, LINE_FORM, readLine, sumText } from '../fields.ts'

export default defineCommand({
  description: LINE_FORM,
  arguments: [invoiceArgument, { syntax: '<line...>', help: 'the line, in quotes' }],
  options: {},
  examples: ['invoice line add d1 "3 h Travel @ 60 +19%"', 'invoice line add d1 "2 CR-20 -5%"'],
  run: (context, [text = '', ...words]) =>
    context.change({}, async (db) => {
      const draft = await findDraft(db, text)
      const typed = words.join(' ')
      const line = await addInvoiceLine(db, draft, await readLine(context, db, draft, typed))
      const { gross } = await settleDraft(db, draft.id)
      const name = draftName(draft.id)
      const sum = sumText(gross, draft.currency, (await context.book()).settings.currency)
      return {
        summary: `added line ${line} to draft ${name}, which comes to ${sum}`,
        result: { invoice: draft.id, line },
      }
    }),
})
