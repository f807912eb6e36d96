import { defineCommand, option } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { parseCurrency } from '../../domain/settings.ts'
import { addDraft, draftOfDeal } from '../../money/invoices/draft.ts'
import { draftName } from '../../money/invoices/find.ts'
import { addInvoiceLine, settleDraft } from '../../money/invoices/lines.ts'
import { find } from '../../records/lookup.ts'
import {
  draftOptions,
  draftValues,
  LINE_FORM,
  linesOption,
  readLine,
  sumText,
  warnOfInvoices,
} from './fields.ts'

export default defineCommand({
  description:
    'Makes a draft, which has no number and can be changed and deleted; funnel invoice issue gives it one. ' +
    `Of a deal, it has the lines of the deal, else its title and amount. ${LINE_FORM}`,
  arguments: [
    { syntax: '[client]', help: 'its number, or part of its name; not needed with --deal' },
  ],
  options: {
    deal: option('--deal <deal>', 'the deal that it is for'),
    line: linesOption,
    currency: option(
      '--currency <code>',
      'the currency, if not the book’s or the deal’s',
      parseCurrency,
    ),
    ...draftOptions,
  },
  examples: [
    'invoice add harbour --line "2 h Consulting @ 90 +19%" --terms 30d',
    'invoice add --deal 1',
    'invoice add --deal 1 --instalments "30% at once, 70% 30d"',
  ],
  run: (context, [clientText], { deal, line = [], currency, ...options }) =>
    context.change({}, async (db, moment) => {
      const book = (await context.book()).settings.currency
      const values = await draftValues(context, db, options)
      const client = clientText === undefined ? null : await find(db, 'client', clientText)
      if (client === null && deal === undefined) {
        const hint =
          'name it: funnel invoice add CLIENT --line "2 h Consulting @ 90"; or the deal: --deal 1'
        throw new Fault('usage', 'for which client?', hint)
      }
      const of = deal === undefined ? null : await find(db, 'deal', deal)
      const own = of && (await dealOf(db, of.id))
      if (client && own && own.client_id !== client.id) {
        const message = `deal ${of.id} (${of.name}) is not one of ${client.name}`
        throw new Fault('usage', message, 'leave out the client, or --deal')
      }
      if (currency && own && currency.code !== (own.currency ?? book.code)) {
        throw new Fault('usage', 'an invoice of a deal is in its currency', 'leave out --currency')
      }
      if (of) await warnOfInvoices(context, db, of.id)
      const id =
        of && line.length === 0
          ? await draftOfDeal(db, of.id, book, values, moment)
          : await addDraft(
              db,
              {
                clientId: own?.client_id ?? client?.id ?? 0,
                dealId: of?.id ?? null,
                currency: currency?.code ?? own?.currency ?? book.code,
                ...values,
              },
              moment,
            )
      const draft = await db
        .selectFrom('invoices')
        .select(['id', 'client_id', 'currency'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      for (const typed of line) {
        await addInvoiceLine(db, draft, await readLine(context, db, draft, typed))
      }
      const { gross } = await settleDraft(db, id)
      const { name } = await db
        .selectFrom('clients')
        .select('name')
        .where('id', '=', draft.client_id)
        .executeTakeFirstOrThrow()
      const draftId = draftName(id)
      return {
        summary: `made draft ${draftId} for ${name}: ${sumText(gross, draft.currency, book)}`,
        result: { invoice: id, draft: draftId },
        next:
          gross === 0
            ? `add what it is for: funnel invoice line add ${draftId} "2 h Consulting @ 90"`
            : `issue it: funnel invoice issue ${draftId}`,
      }
    }),
})

function dealOf(db: Parameters<typeof find>[0], id: number) {
  return db
    .selectFrom('deals')
    .select(['client_id', 'currency'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
