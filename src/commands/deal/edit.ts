import type { Db } from '../../book/store/db.ts'
import { defineCommand, list, option } from '../../cli/command.ts'
import { clearable, onOption, openedOption } from '../../cli/options.ts'
import { type Currency, formatMoney } from '../../domain/money.ts'
import { nameChange } from '../../domain/name.ts'
import { DEAL_TEXTS, perField } from '../../domain/text-fields.ts'
import { type DealChanges, editDeal } from '../../records/deals.ts'
import { find, findId } from '../../records/lookup.ts'
import { correctReason } from '../../records/corrections.ts'
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
import { warnOfOddities } from '../shared/deal-warnings.ts'

/** An open deal cannot be given a retired owner or source; a closed one may have had them. */
async function requireActiveTerms(
  db: Db,
  id: number,
  { ownerId, sourceId }: DealChanges,
): Promise<void> {
  const { status } = await db
    .selectFrom('deals')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (status !== 'open') return
  await requireActive(db, 'owner', ownerId)
  await requireActive(db, 'source', sourceId)
}

/** Amounts as they were read, so that a slip shows: `: amount 12,500.50 EUR`. */
function amountsText({ amount, cost }: DealChanges, currency: Currency): string {
  const text = (name: string, minor: number | null | undefined): string[] =>
    minor == null ? [] : [`${name} ${formatMoney(minor, currency, true)} ${currency.code}`]
  const said = [...text('amount', amount), ...text('cost', cost)]
  return said.length === 0 ? '' : `: ${said.join(', ')}`
}

function touchedBy(changes: DealChanges): Touched[] {
  return [
    ...('amount' in changes || 'cost' in changes ? (['terms'] as const) : []),
    ...('expectedClose' in changes ? (['close'] as const) : []),
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

export default defineCommand({
  description:
    'A change of amount, cost, owner or expected close is part of the deal’s history: reports as ' +
    'of an earlier day still count what was known then.',
  arguments: [
    { syntax: '<deal>', help: 'its number, part of its title, or words from client and title' },
  ],
  options: {
    title: option('--title <text>', 'the new title'),
    client: option('--client <client>', 'the client it belongs to'),
    on: onOption,
    opened: clearable(openedOption, 'not known'),
    reason: clearable(option('--reason <reason>', 'why it was lost')),
    ...dealOptions,
    ...dealDetailOptions,
    drop: list('--drop <what:name>', 'take off tag:NAME or property:NAME (repeatable)'),
  },
  examples: [
    'deal edit 1 --amount 15000 --expected-close +2w',
    'deal edit cold --need "Two halls"',
    'deal edit 1 --opened 2026-09-01',
    'deal edit 1 --tag expo --property Colour=red --contact "Mai Brandt"',
    'deal edit 1 --drop tag:expo --contact none',
  ],
  async run(context, [text = ''], options) {
    const { currency } = (await context.book()).settings
    const more = readDealDetails(options)
    const drops = (options.drop ?? []).map(readDealRemoval)
    await context.change({ on: options.on }, async (db, moment) => {
      const { id, name } = await find(db, 'deal', text)
      const { title, amount, cost, expectedClose, owner, source, client } = options
      const texts = perField(DEAL_TEXTS, (field) => options[field])
      const changes: DealChanges = {
        ...given({ title, amount, cost, expectedClose, ...texts }),
        ...(owner === undefined ? {} : { ownerId: await findId(db, 'owner', owner ?? undefined) }),
        ...(source === undefined
          ? {}
          : { sourceId: await findId(db, 'source', source ?? undefined) }),
        ...(client === undefined ? {} : { clientId: (await find(db, 'client', client)).id }),
      }
      const { opened, reason } = options
      Object.assign(changes, await contactChange(db, id, changes, options.contact))
      const isMore = more.tags.length > 0 || more.properties.length > 0 || drops.length > 0
      const isDated = opened !== undefined || reason !== undefined
      if (Object.keys(changes).length === 0 && !isDated && !isMore) {
        throw nothingToChange('deal')
      }
      await requireActiveTerms(db, id, changes)
      if (opened !== undefined) await setOpening(db, id, opened)
      if (reason !== undefined) {
        await correctReason(db, { id, name }, await findId(db, 'reason', reason ?? undefined))
      }
      await editDeal(db, id, changes, moment)
      await removeDealDetails(db, { id, name }, drops)
      await addDealDetails(db, id, more)
      await warnOfOddities(context, db, id, touchedBy(changes))
      const summary = `changed deal ${id} (${nameChange(name, title)})${amountsText(changes, currency)}`
      return { summary, result: { deal: id } }
    })
  },
})
