import { defineCommand } from '../../cli/command.ts'
import { deleteDraft } from '../../money/invoices/draft.ts'
import { draftName, findDraft } from '../../money/invoices/find.ts'
import { invoiceArgument } from './fields.ts'

export default defineCommand({
  description: 'What was issued stays: it is voided, or corrected with a credit note.',
  arguments: [invoiceArgument],
  options: {},
  examples: ['invoice delete d1'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const { id } = await findDraft(db, text)
      await deleteDraft(db, id)
      return { summary: `deleted draft ${draftName(id)}`, result: { invoice: id } }
    }),
})
