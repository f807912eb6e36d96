import { defineCommand, flag, option } from '../../cli/command.ts'
import { dueOption, pastDayOption } from '../../cli/options.ts'
import { draftName, findDraft } from '../../money/invoices/find.ts'
import { issueDraft } from '../../money/invoices/issue.ts'
import { sayUnratedMoney } from '../shared/unrated-money.ts'
import { invoiceArgument, sumText } from './fields.ts'

export default defineCommand({
  description:
    'Gives a draft its number and freezes it: lines, tax, due day, your company and the client as they are now. ' +
    'Numbers are given without gaps. This cannot be undone: an issued invoice is voided, or corrected with a ' +
    'credit note. funnel settings set invoice-number sets how invoices are numbered.',
  arguments: [invoiceArgument],
  options: {
    on: pastDayOption('--on <day>', 'the day of the invoice, if not today'),
    due: dueOption('--due <day>', 'the day by which it is due, if not by its terms'),
    number: option(
      '--number <number>',
      'the number to begin with, if this is the first of its series',
    ),
    incomplete: flag('--incomplete', 'issue it without the address or tax number that it lacks'),
  },
  examples: [
    'invoice issue d1',
    'invoice issue d1 --due 2026-12-31',
    'invoice issue d1 --number 2026-0043',
  ],
  run: (context, [text = ''], { on, due, number, incomplete }) =>
    context.change({ on }, async (db, moment) => {
      const draft = await findDraft(db, text)
      const { settings } = await context.book()
      const issued = await issueDraft(
        db,
        draft,
        {
          numbering: { pattern: settings.invoiceNumber, first: number },
          book: settings.currency.code,
          due,
          incomplete: incomplete ?? false,
        },
        moment,
      )
      if (issued.lacking.length > 0) context.say(`warning: it lacks ${issued.lacking.join(', ')}`)
      await sayUnratedMoney(context, db, { table: 'invoices', ids: [issued.id] })
      const sum = sumText(issued.gross, draft.currency, settings.currency)
      const parts =
        issued.parts.length > 0 ? ` in ${issued.parts.length} instalments, the last` : ''
      return {
        summary: `issued invoice ${issued.number} (${draftName(draft.id)}): ${sum}, due${parts} on ${issued.dueOn}`,
        result: { invoice: draft.id, number: issued.number, due_on: issued.dueOn },
      }
    }),
})
