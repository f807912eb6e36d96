import { defineCommand, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { onOption } from '../../cli/options.ts'
import { find, findId } from '../../records/lookup.ts'
import { defaultProcess, loadProcess } from '../../records/processes.ts'
import { findActiveId } from '../../records/retired.ts'
import {
  dealDetailOptions,
  dealOptions,
  readContact,
  readDealDetails,
} from '../shared/deal-fields.ts'
import { currencyOption } from '../shared/currency.ts'
import { moneyOfDeal } from '../shared/deal-money.ts'
import { type Exchanged, withExchanged } from '../shared/exchanged.ts'
import { given as present } from '../shared/given.ts'
import { openNewDeal } from '../shared/open-deal.ts'

/** The need given; asked for on a terminal if the process requires it. */
async function needOf(
  context: Context,
  processId: number,
  given: string | null | undefined,
): Promise<string | null> {
  if (given != null || !context.interactive) return given ?? null
  const { asksNeed } = await loadProcess((await context.book()).db, processId)
  if (!asksNeed) return null
  return (await context.ask()).input('What does the client need?')
}

export default defineCommand({
  description: 'Without --owner or --source, the deal gets those of its client.',
  arguments: [
    { syntax: '<client>', help: 'its number, or part of its name' },
    { syntax: '<title>', help: 'what the deal is about' },
  ],
  options: {
    process: option('--process <process>', 'its process; default: the first'),
    stage: option('--stage <stage>', 'the stage it is in; default: the first'),
    ref: option('--ref <text>', 'its number in another system'),
    currency: currencyOption('--currency <code>', 'its currency, if not the book’s: USD'),
    on: { ...onOption, help: 'the day it was opened, if not today' },
    ...dealOptions,
    ...dealDetailOptions,
  },
  examples: [
    'deal add harbour "Cold store" --amount 12000 --expected-close 2026-12-15',
    'deal add 1 "Second order" --process plain --amount 900 --cost 400 --on 2026-11-02',
    'deal add harbour "Second hall" --amount 8000 --chance 30%',
    'deal add harbour "Winch" --amount "1000 USD"',
    'deal add harbour "Spare pump" --tag expo --property Colour=red',
  ],
  async run(context, [client = '', title = ''], options) {
    const { on, process, stage, owner, source, contact, tag, property, ...most } = options
    const { amount, cost, currency, ...terms } = most
    const { db } = await context.book()
    const found = await find(db, 'client', client)
    const clientId = found.id
    const more = readDealDetails({ tag, property })
    const processId = (await findId(db, 'process', process)) ?? (await defaultProcess(db))
    const need = await needOf(context, processId, terms.need)
    const given = Object.entries(terms).filter(([, value]) => value !== undefined)
    await context.change({ on }, async (tx, moment) => {
      const converted: Exchanged[] = []
      const to = { on: moment.on, converted }
      const details = {
        clientId,
        title,
        processId,
        stageId: await findId(tx, 'stage', stage),
        ...(owner === undefined ? {} : { ownerId: await findActiveId(tx, 'owner', owner) }),
        ...(source === undefined ? {} : { sourceId: await findActiveId(tx, 'source', source) }),
        ...Object.fromEntries(given),
        ...(await moneyOfDeal(context, tx, null, present({ amount, cost, currency }), to)),
        ...(await readContact(tx, found, { contact })),
        need,
      }
      return withExchanged(await openNewDeal(context, tx, details, moment, more), converted)
    })
  },
})
