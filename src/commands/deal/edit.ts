import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import type { Moment } from '../../records/moment.ts'
import { defineCommand, flag, list, option, type Values } from '../../cli/command.ts'
import { clearable, onOption, openedOption } from '../../cli/options.ts'
import { writtenChance } from '../../domain/chance/typed.ts'
import { Fault } from '../../domain/fault.ts'
import type { Currency } from '../../domain/money.ts'
import { parseRate } from '../../domain/rate-text.ts'
import { currencyOption } from '../shared/currency.ts'
import { dealCurrency, moneyOfDeal } from '../shared/deal-money.ts'
import { moneyText } from '../shared/own-money.ts'
import { type Exchanged, withExchanged } from '../shared/exchanged.ts'
import { nameChange } from '../../domain/name.ts'
import { DEAL_TEXTS, perField } from '../../domain/text-fields.ts'
import { type DealChanges, editDeal } from '../../records/deals.ts'
import { find, findId, type Named } from '../../records/lookup.ts'
import { correctReason } from '../../records/deal-corrections.ts'
import { setOpening } from '../../records/opening.ts'
import { nothingToChange } from '../../records/dictionaries.ts'
import { requireActive } from '../../records/retired.ts'
import type { Touched } from '../../records/oddities.ts'
import { given } from '../shared/given.ts'
import { addDealDetails, removeDealDetails } from '../../records/deal-details.ts'
import { samePersonAt } from '../../records/people.ts'
import {
  dealDetailOptions,
  dealOptions,
  readContact,
  readDealDetails,
  readDealRemoval,
} from '../shared/deal-fields.ts'
import {
  changedText,
  chosenDeals,
  chosenDealsTest,
  dealChoiceOptions,
  readSet,
  requireForAll,
  setOption,
} from '../shared/several.ts'
import { warnOfOddities } from '../shared/deal-warnings.ts'

/**
 * An open deal cannot be given a retired owner or source; a closed one may have had them, and has no chance
 * any more.
 */
async function requireTerms(
  db: Db,
  { id, name }: Named,
  { ownerId, sourceId, chance }: DealChanges,
): Promise<void> {
  const { status } = await db
    .selectFrom('deals')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (status !== 'open') {
    if (chance == null) return
    const hint = `to go on with it: funnel reopen ${id}`
    throw new Fault(
      'failed',
      `deal ${id} (${name}) is ${status}: only open deals have a chance`,
      hint,
    )
  }
  await requireActive(db, 'owner', ownerId)
  await requireActive(db, 'source', sourceId)
}

/** Amounts and chances as they were read, so that a slip shows: `: amount 12,500.50 EUR`. */
function amountsText({ amount, cost, chance, rate }: DealChanges, currency: Currency): string {
  const text = (name: string, minor: number | null | undefined): string[] =>
    minor == null ? [] : [`${name} ${moneyText(minor, currency)}`]
  const said = [
    ...text('amount', amount),
    ...text('cost', cost),
    ...(chance == null ? [] : [`chance ${writtenChance(chance)}`]),
    ...(rate === undefined ? [] : [`rate ${rate}`]),
  ]
  return said.length === 0 ? '' : `: ${said.join(', ')}`
}

function touchedBy(changes: DealChanges): Touched[] {
  return [
    ...('amount' in changes || 'cost' in changes || 'currency' in changes
      ? (['terms'] as const)
      : []),
    ...('expectedClose' in changes ? (['close'] as const) : []),
    ...('chance' in changes ? (['chance'] as const) : []),
    ...('title' in changes || 'clientId' in changes ? (['name'] as const) : []),
  ]
}

/** The contact that is asked for; a deal that goes to another client keeps its own if that client has it. */
async function contactChange(
  db: Db,
  id: number,
  { clientId }: DealChanges,
  contact: string | null | undefined,
): Promise<{ contactId?: number | null }> {
  const { client, contactId } = await db
    .selectFrom('deals')
    .select(['client_id as client', 'contact_id as contactId'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (contact !== undefined) {
    return readContact(db, await find(db, 'client', String(clientId ?? client)), { contact })
  }
  if (clientId === undefined || clientId === client || contactId === null) return {}
  return { contactId: await samePersonAt(db, contactId, clientId) }
}

const settable = {
  title: option('--title <text>', 'the new title'),
  client: option('--client <client>', 'the client it belongs to'),
  on: onOption,
  opened: clearable(openedOption, 'not known'),
  reason: clearable(option('--reason <reason>', 'why it was lost')),
  currency: currencyOption('--currency <code>', 'its currency; amounts are given again'),
  rate: option(
    '--rate <rate>',
    'the rate that it was closed with: units of its currency for one of the book’s',
    async (text, context) => parseRate(text, (await context.book()).settings.currency),
  ),
  ...dealOptions,
  ...dealDetailOptions,
  drop: list('--drop <what:name>', 'take off tag:NAME or property:NAME (repeatable)'),
}

const options = {
  ...settable,
  set: setOption,
  ...dealChoiceOptions,
  dryRun: flag('--dry-run', 'only say how many would be changed'),
}

type Own = Partial<Values<typeof settable>>

/** What is to be done to each deal. */
interface Edit {
  own: Own
  more: ReturnType<typeof readDealDetails>
  drops: ReturnType<typeof readDealRemoval>[]
  /** The amounts that were converted. */
  converted: Exchanged[]
}

function readEdit(own: Own): Edit {
  const drops = (own.drop ?? []).map(readDealRemoval)
  return { own, more: readDealDetails(own), drops, converted: [] }
}

/** Changes a deal. Returns what of its own values were given. */
async function editOne(
  context: Context,
  db: Db,
  deal: Named,
  { own, more, drops, converted }: Edit,
  moment: Moment,
): Promise<DealChanges> {
  const { id } = deal
  const { title, expectedClose, chance, owner, source, client, opened, reason } = own
  const { amount, cost, currency, rate } = own
  const texts = perField(DEAL_TEXTS, (field) => own[field])
  const changes: DealChanges = {
    ...given({ title, expectedClose, chance, rate, ...texts }),
    ...(await moneyOfDeal(context, db, id, given({ amount, cost, currency }), {
      on: moment.on,
      converted,
    })),
    ...(owner === undefined ? {} : { ownerId: await findId(db, 'owner', owner ?? undefined) }),
    ...(source === undefined ? {} : { sourceId: await findId(db, 'source', source ?? undefined) }),
    ...(client === undefined ? {} : { clientId: (await find(db, 'client', client)).id }),
  }
  Object.assign(changes, await contactChange(db, id, changes, own.contact))
  const isMore = more.tags.length > 0 || more.properties.length > 0 || drops.length > 0
  const isDated = opened !== undefined || reason !== undefined
  if (Object.keys(changes).length === 0 && !isDated && !isMore) throw nothingToChange('deal')
  await requireTerms(db, deal, changes)
  if (opened !== undefined) await setOpening(db, id, opened)
  if (reason !== undefined) {
    await correctReason(db, deal, await findId(db, 'reason', reason ?? undefined))
  }
  await editDeal(db, id, changes, moment)
  await removeDealDetails(db, deal, drops)
  await addDealDetails(db, id, more)
  await warnOfOddities(context, db, id, touchedBy(changes))
  return changes
}

export default defineCommand({
  description:
    'A change of amount, cost, owner, expected close or chance is part of the deal’s history: reports as ' +
    'of an earlier day still count what was known then. A chance set by hand goes before the one that the ' +
    'book has learnt, but not in the forecast; --chance none takes it back. Several deals are given by their numbers, or ' +
    'chosen with --where: open ones, unless a condition is about the status or the end of deals.',
  arguments: [
    {
      syntax: '[deal...]',
      help: 'its number, part of its title, or words from client and title; several numbers',
    },
  ],
  options,
  examples: [
    'deal edit 1 --amount 15000 --expected-close +2w',
    'deal edit cold --need "Two halls"',
    'deal edit 1 --chance 70%',
    'deal edit 1 --opened 2026-09-01',
    'deal edit --where "deal:stage=presentation" --set owner=Ann --dry-run',
    'deal edit 1 --tag expo --property Colour=red --contact "Mai Brandt"',
    'deal edit 1 --amount "1000 USD" --cost "600 USD"',
    'deal edit 1 --drop tag:expo --contact none',
  ],
  async run(context, texts, { where, segment, dryRun, set, ...typed }) {
    const own = { ...typed, ...(await readSet(context, set, settable)) } as Own
    const book = (await context.book()).settings.currency
    const chosen = await chosenDealsTest(context, { where, segment })
    await context.change({ on: own.on, dryRun }, async (db, moment) => {
      const deals = await chosenDeals(db, texts, chosen)
      requireForAll(deals, { title: own.title })
      const edit = readEdit(own)
      let changes: DealChanges = {}
      for (const deal of deals) changes = await editOne(context, db, deal, edit, moment)
      const [first] = deals
      const inWhich = first ? await dealCurrency(context, db, first.id) : book
      const one = first ? nameChange(first.name, own.title) : ''
      const said = `${changedText('deal', deals, one)}${amountsText(changes, inWhich)}`
      const done = {
        summary: dryRun ? `would have ${said}` : said,
        result: {
          deal: deals.length === 1 ? first?.id : null,
          deals: deals.map(({ id }) => id),
        },
      }
      return withExchanged(done, edit.converted)
    })
  },
})
