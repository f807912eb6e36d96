import type { Db } from '../../book/store/db.ts'
import { list, option, type Values } from '../../cli/command.ts'
import { chanceOption, clearable, dueOption, textOptions } from '../../cli/options.ts'
import { Fault } from '../../domain/fault.ts'
import { DEAL_TEXTS } from '../../domain/text-fields.ts'
import type { DealDetails, DealRemoval } from '../../records/deal-details.ts'
import type { Named } from '../../records/lookup.ts'
import { findPerson } from '../../records/people.ts'
import { moneyOption } from './typed-money.ts'
import { readProperty } from './client-fields.ts'

/** The options that `deal add` and `deal edit` share. */
export const dealOptions = {
  amount: clearable(moneyOption('--amount <money>', 'the value of the deal: 1500, "1000 USD"')),
  cost: clearable(moneyOption('--cost <money>', 'what it would cost: 600, "400 USD"')),
  owner: clearable(option('--owner <owner>', 'the salesperson responsible for it')),
  source: clearable(option('--source <source>', 'where it came from')),
  expectedClose: clearable(dueOption('--expected-close <day>', 'when it should be decided')),
  chance: clearable(chanceOption('--chance <percent>', 'its chance to win, set by hand: 70%')),
  ...textOptions(DEAL_TEXTS),
}

/** Those for what a deal has besides its fields. */
export const dealDetailOptions = {
  contact: clearable(option('--contact <person>', 'its contact: a person at the client')),
  tag: list('--tag <tag>', 'a tag (repeatable)'),
  property: list(
    '--property <property=value>',
    'a field of your own (repeatable; empty clears it)',
  ),
}

type DetailOptions = Partial<Values<typeof dealDetailOptions>>

/** The tags and properties that options give to a deal. */
export function readDealDetails({ tag = [], property = [] }: DetailOptions): DealDetails {
  return { tags: tag, properties: property.map(readProperty) }
}

/** The person at the client that `--contact` names; nothing if it is not given. */
export async function readContact(
  db: Db,
  client: Named,
  { contact }: DetailOptions,
): Promise<{ contactId?: number | null }> {
  if (contact === undefined) return {}
  return { contactId: contact === null ? null : await findPerson(db, client, contact) }
}

/** What to take off a deal: `tag:expo`, `property:Colour`. @throws Fault `usage` for anything else. */
export function readDealRemoval(text: string): DealRemoval {
  const [, word = '', value = ''] = /^([^:]*):(.*)$/s.exec(text) ?? []
  const what = (['tag', 'property'] as const).find((known) => known === word.trim().toLowerCase())
  if (what !== undefined && value.trim() !== '') return { what, value: value.trim() }
  const hint =
    'write it as --drop tag:expo or --drop property:Colour; --contact none takes off the contact'
  throw new Fault('usage', `“${text}” does not say what to drop`, hint)
}
