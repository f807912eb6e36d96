import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { languageOf } from '../../documents/gather/invoice.ts'
import { parseMoney } from '../../domain/amount.ts'
import { parsePortion } from '../../domain/lines/read.ts'
import type { Currency } from '../../domain/money.ts'
import { Fault } from '../../domain/fault.ts'
import { parseCurrency } from '../../domain/settings.ts'
import { addDraft, draftOfDeal, type DraftValues } from '../../money/invoices/draft.ts'
import { draftName } from '../../money/invoices/find.ts'
import { addInvoiceLine, settleDraft } from '../../money/invoices/lines.ts'
import {
  finalOfDeal,
  partOfDeal,
  type PartWish,
  requireNoFinal,
} from '../../money/invoices/parts.ts'
import { find } from '../../records/lookup.ts'
import { currencyOf } from '../shared/own-money.ts'
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
    'Of a deal, it has the lines of the deal, else its title and amount. A deal can be billed step by step: ' +
    '--deposit and --part bill a share of it, or an amount before tax, with a line for each rate of tax; --final has ' +
    `all of its lines, and takes off what was billed before. ${LINE_FORM}`,
  arguments: [
    { syntax: '[client]', help: 'its number, or part of its name; not needed with --deal' },
  ],
  options: {
    deal: option('--deal <deal>', 'the deal that it is for'),
    deposit: option('--deposit <share>', 'a deposit on the deal: 30%, or an amount before tax'),
    part: option('--part <share>', 'a part of the deal: 40%, or an amount before tax'),
    final: flag('--final', 'the rest of the deal, less what deposits and parts billed'),
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
    'invoice add --deal 1 --deposit 30%',
    'invoice add --deal 1 --final',
  ],
  run: (context, [clientText], { deal, deposit, part, final, line = [], currency, ...options }) =>
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
      const step = stepOf({ deposit, part, final }, own?.currency ?? null, book)
      if (step && !of) {
        const hint = `name it: funnel invoice add --deal 1 ${step.typed}`
        throw new Fault('usage', `${step.typed} is a part of a deal`, hint)
      }
      if (step && step.kind !== 'final' && line.length > 0) {
        const hint = 'leave out --line; its text can be changed: funnel invoice line edit'
        throw new Fault('usage', 'the lines of a deposit or a part follow from the deal', hint)
      }
      if (of && step) await requireNoFinal(db, of.id, step.kind)
      if (of) await warnOfInvoices(context, db, of.id, step?.kind ?? null)
      const id =
        of && line.length === 0
          ? await billDeal(context, db, { id: of.id, clientId: own?.client_id ?? 0 }, step, values)
          : await addDraft(
              db,
              {
                clientId: own?.client_id ?? client?.id ?? 0,
                dealId: of?.id ?? null,
                currency: currency?.code ?? own?.currency ?? book.code,
                ...values,
                ...(step ? { part: step.kind } : {}),
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

/** A step in which a deal is billed. */
type Step = { typed: string } & ({ kind: 'final' } | { kind: 'deposit' | 'part'; wish: PartWish })

/** @throws Fault `usage` if several steps are given, or one cannot be read. */
function stepOf(
  {
    deposit,
    part,
    final,
  }: Record<'deposit' | 'part', string | undefined> & { final?: boolean | undefined },
  code: string | null,
  book: Currency,
): Step | null {
  const all: Step[] = [
    ...(final ? [{ kind: 'final', typed: '--final' } as const] : []),
    ...Object.entries({ deposit, part }).flatMap(([kind, text]): Step[] =>
      text === undefined
        ? []
        : [
            {
              kind: kind === 'deposit' ? 'deposit' : 'part',
              typed: `--${kind} ${text}`,
              wish: text.includes('%')
                ? { portion: parsePortion(text, 'share of a deal') }
                : { amount: parseMoney(text, currencyOf(code, book)) },
            },
          ],
    ),
  ]
  const [only, other] = all
  if (!other) return only ?? null
  const message = `${only?.typed} and ${other.typed} cannot be used together`
  throw new Fault('usage', message, 'make a draft for each')
}

/** Makes a draft of a deal, or of a step of it. */
async function billDeal(
  context: Context,
  db: Db,
  deal: { id: number; clientId: number },
  step: Step | null,
  values: DraftValues,
): Promise<number> {
  const { settings } = await context.book()
  const [book, moment] = [settings.currency, await context.moment()]
  if (step === null) return draftOfDeal(db, deal.id, book, values, moment)
  if (step.kind === 'final') return finalOfDeal(db, deal.id, book, values, moment)
  const language = await languageOf(db, deal.clientId, settings.documentLanguage)
  return partOfDeal(db, deal.id, book, { ...step, language }, values, moment)
}

function dealOf(db: Db, id: number) {
  return db
    .selectFrom('deals')
    .select(['client_id', 'currency'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
