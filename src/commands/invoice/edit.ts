import { defineCommand } from '../../cli/command.ts'
import { editDraft } from '../../money/invoices/draft.ts'
import { draftName, findDraft } from '../../money/invoices/find.ts'
import { draftOptions, draftValues, invoiceArgument } from './fields.ts'

export default defineCommand({
  description: 'Only drafts change; what was issued is corrected with a credit note.',
  arguments: [invoiceArgument],
  options: draftOptions,
  examples: [
    'invoice edit d1 --terms 14d',
    'invoice edit d1 --order-ref PO-4711 --note "Thank you"',
  ],
  run: (context, [text = ''], options) =>
    context.change({}, async (db) => {
      const { id } = await findDraft(db, text)
      await editDraft(db, id, await draftValues(context, db, options))
      return { summary: `changed draft ${draftName(id)}`, result: { invoice: id } }
    }),
})
