import { choice, defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { dueOption, pastDayOption } from '../../cli/options.ts'
import type { Db } from '../../book/store/db.ts'
import { E_FORMATS, type EFormat } from '../../domain/einvoice/formats.ts'
import { Fault } from '../../domain/fault.ts'
import { makeFinal } from '../../money/final.ts'
import { draftName, findDraft, type Invoice } from '../../money/invoices/find.ts'
import { issueDraft, type Issuing } from '../../money/invoices/issue.ts'
import { formatToBe, gapsText, gatherWithGaps, requireNoGaps } from '../shared/e-invoice.ts'
import { sayUnratedMoney } from '../shared/unrated-money.ts'
import { sumText } from './fields.ts'

/** A draft and what became of it. */
type Issued = Issuing & { draft: Invoice }

/** The drafts that are named, each once. */
async function draftsNamed(db: Db, texts: readonly string[]): Promise<Invoice[]> {
  const found = new Map<number, Invoice>()
  for (const text of texts
    .flatMap((part) => part.split(','))
    .filter((part) => part.trim() !== '')) {
    const draft = await findDraft(db, text.trim())
    found.set(draft.id, draft)
  }
  return [...found.values()]
}

/** `2026-0001 (d1): 4,760.00 EUR, due on 2026-07-20`. */
async function issuedText(context: Context, { draft, ...issued }: Issued): Promise<string> {
  const { currency } = (await context.book()).settings
  const parts = issued.parts.length > 0 ? ` in ${issued.parts.length} instalments, the last` : ''
  const sum = sumText(issued.gross, draft.currency, currency)
  return `${issued.number} (${draftName(draft.id)}): ${sum}, due${parts} on ${issued.dueOn}`
}

/** What must be there for an e-invoice is told before anything is frozen. */
async function requireReady(
  context: Context,
  db: Db,
  draft: Invoice,
  asked: EFormat | 'off' | undefined,
  incomplete: boolean,
): Promise<void> {
  const { settings } = await context.book()
  const format = await formatToBe(db, draft, asked, settings)
  if (format === null) return
  const { gaps, called } = await gatherWithGaps(context, db, draft, format)
  if (!incomplete) {
    requireNoGaps(gaps, called, format, ', or add --incomplete or --e-invoice off')
  } else if (gaps.length > 0) context.say(`warning: ${gapsText(gaps, called, format)}`)
}

export default defineCommand({
  description:
    'Gives a draft its number and freezes it: lines, tax, due day, your company and the client as they are now. ' +
    'Several are issued in the order in which they are named, all or none. Numbers are given without gaps. This ' +
    'cannot be undone: an issued invoice is voided, or corrected with a credit note. funnel settings set ' +
    'invoice-number sets how invoices are numbered. What an e-invoice must say is checked before: for a client that ' +
    'has an e-address, for companies by the setting e-invoice, or as --e-invoice says.',
  arguments: [{ syntax: '<draft...>', help: 'its name, or several: d1 d2' }],
  options: {
    on: pastDayOption('--on <day>', 'the day of the invoice, if not today'),
    due: dueOption('--due <day>', 'the day by which it is due, if not by its terms'),
    number: option(
      '--number <number>',
      'the number to begin with, if this is the first of its series',
    ),
    eInvoice: choice(
      '--e-invoice <format>',
      'what it must be ready for, if not as the setting e-invoice and the client say',
      [...E_FORMATS, 'off'],
    ),
    incomplete: flag('--incomplete', 'issue it without the address or tax number that it lacks'),
  },
  examples: [
    'invoice issue d1',
    'invoice issue d1 --due 2026-12-31',
    'invoice issue d1 --number 2026-0043',
  ],
  run: (context, names, { on, due, number, eInvoice, incomplete }) =>
    context.change({ on }, async (db, moment) => {
      const { settings } = await context.book()
      const all: Issued[] = []
      for (const draft of await draftsNamed(db, names)) {
        const first = all.length === 0 ? number : undefined
        const how = {
          numbering: { pattern: settings.invoiceNumber, first },
          book: settings.currency.code,
          due,
          incomplete: incomplete ?? false,
        }
        await requireReady(context, db, draft, eInvoice, how.incomplete)
        const issued = await issueDraft(db, draft, how, moment)
        all.push({ ...issued, draft })
        const { lacking, number: given } = issued
        if (lacking.length === 0) continue
        const what = names.length > 1 ? given : 'it'
        context.say(`warning: ${what} lacks ${lacking.join(', ')}`)
      }
      const [one, other] = all
      if (!one) throw new Fault('usage', 'which draft?', 'see: funnel invoice list --status drafts')
      const numbers = all.map((issued) => issued.number).join(', ')
      if (other) {
        const instead = `void them one by one: funnel invoice void ${one.number} --reason TEXT; or correct them: funnel invoice credit ${one.number}`
        await makeFinal(db, `invoices ${numbers} were issued`, instead)
      }
      await sayUnratedMoney(context, db, { table: 'invoices', ids: all.map(({ id }) => id) })
      const texts: string[] = []
      for (const issued of all) texts.push(await issuedText(context, issued))
      return {
        summary: other
          ? `issued ${all.length} invoices: ${numbers}`
          : `issued invoice ${texts.join('')}`,
        ...(other ? { text: [`issued ${all.length} invoices:`, ...texts].join('\n') } : {}),
        result: {
          invoice: one.id,
          number: one.number,
          due_on: one.dueOn,
          issued: all.map(({ id, number: given, dueOn }) => ({
            invoice: id,
            number: given,
            due_on: dueOn,
          })),
        },
      }
    }),
})
