import type { DealChoice } from '../../records/deal-list.ts'
import { readDealWhere } from './choose-deals.ts'
import { chooseOptions, readChoice } from './choose-clients.ts'
import { list, type OptionSpec, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { counted } from '../../domain/text.ts'
import { find, type Named } from '../../records/lookup.ts'
import type { ClientTest } from '../../records/choose/index.ts'

/** `expectedClose` as it is typed: `expected-close`. */
const typedName = (option: string): string =>
  option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** `--set region=North`, which says the same as `--region North`. */
export const setOption = list(
  '--set <field=value>',
  'the same as --FIELD VALUE, such as owner=Ann (repeatable)',
)

const LEAVE_OUT = 'leave out the names, or --where and --segment'

const NUMBER = /^#?\d{1,15}$/

/**
 * One text, or several numbers, each once: `3 4`, also with commas between them.
 * @throws Fault `usage` if there are several texts that are not all numbers.
 */
export function oneOrNumbers(texts: readonly string[]): readonly string[] {
  const parts = texts.flatMap((text) => text.split(',')).filter((part) => part !== '')
  if (parts.length > 1 && parts.every((part) => NUMBER.test(part))) {
    return [...new Map(parts.map((part) => [Number(part.replace('#', '')), part])).values()]
  }
  const word = texts.find((text) => !NUMBER.test(text))
  if (texts.length < 2 || word === undefined) return texts
  throw new Fault(
    'usage',
    `several at once are given by their numbers, and “${word}” is not one`,
    'put a name of several words in quotes',
  )
}

/** `--set property:Colour=red` says the same as `--set property=Colour=red`. */
const PROPERTY = /^(\s*property)\s*:\s*(?="?[^=\s])/i

/**
 * The values of `--set`, read as the options of the same names read theirs.
 * @throws Fault `usage` if there is no such option, it is given twice, or the value is not one of its choices.
 */
export async function readSet(
  context: Context,
  texts: readonly string[] | undefined,
  specs: Readonly<Record<string, OptionSpec<unknown>>>,
): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {}
  for (const written of texts ?? []) {
    const text = written.replace(PROPERTY, '$1=')
    const [, name = '', value = ''] = /^\s*([\w-]+)\s*=(.*)$/s.exec(text) ?? []
    const key = name.toLowerCase().replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    const spec = Object.hasOwn(specs, key) ? specs[key] : undefined
    if (!spec?.read || key === 'set') {
      const known = Object.entries(specs).flatMap(([option, { read }]) =>
        read && option !== 'set' ? [typedName(option)] : [],
      )
      throw new Fault(
        'usage',
        name === '' ? `“${text}” does not say what to set to what` : `“${name}” cannot be set`,
        `write --set field=value; a field is one of: ${known.join(', ')}`,
      )
    }
    if (spec.choices && !spec.choices.includes(value.trim())) {
      throw new Fault('usage', `${name} is one of: ${spec.choices.join(', ')}`, `not “${value}”`)
    }
    const read = await spec.read(value.trim(), context)
    if (spec.repeat) values[key] = [...((values[key] as unknown[] | undefined) ?? []), read]
    else if (Object.hasOwn(values, key)) throw new Fault('usage', `${name} is set twice`)
    else values[key] = read
  }
  return values
}

/** The clients that meet a test, by number. */
async function testedClients(db: Db, test: ClientTest): Promise<Named[]> {
  return db
    .selectFrom('clients as c')
    .select(['c.id', 'c.name'])
    .where(test('c'))
    .orderBy('c.id')
    .execute()
}

/**
 * The clients that a command is about: one by name, several by number, or all that meet conditions.
 * @throws Fault `usage` if nothing or both is given; `not-found` if one is unknown.
 */
export async function chosenClients(
  db: Db,
  texts: readonly string[],
  test: ClientTest | undefined,
): Promise<Named[]> {
  if (test !== undefined && texts.length > 0) {
    throw new Fault('usage', 'clients are named or chosen with --where, not both', LEAVE_OUT)
  }
  if (test !== undefined) return testedClients(db, test)
  if (texts.length === 0)
    throw new Fault('usage', 'which client?', 'name it, or choose with --where')
  const found: Named[] = []
  for (const text of oneOrNumbers(texts)) found.push(await find(db, 'client', text))
  return found
}

/** @throws Fault `usage` if several records would get what only one can have. */
export function requireForAll(
  named: readonly Named[],
  only: Record<string, string | null | undefined>,
): void {
  const [unique] = Object.entries(only).find(([, value]) => value != null) ?? []
  if (named.length < 2 || unique === undefined) return
  throw new Fault('usage', `--${unique} is for one, and these are ${named.length}`)
}

/** The options of a command that chooses deals to change. */
export const dealChoiceOptions = {
  ...chooseOptions,
  where: { ...chooseOptions.where, help: 'only deals that meet this condition (repeatable)' },
}

/** Which deals are chosen by conditions; undefined if there are none. */
export async function chosenDealsTest(
  context: Context,
  given: Partial<Values<typeof chooseOptions>>,
): Promise<DealChoice | undefined> {
  if (given.where === undefined && given.segment === undefined) return undefined
  const where = await readDealWhere(context, given.where ?? [])
  const { test } = await readChoice(context, { ...given, where: where.clients })
  return { clients: test, deals: where.test, ...(where.asksOutcome ? {} : { status: 'open' }) }
}

/**
 * The deals that a command is about: one by name, several by number, or all that meet conditions.
 * @throws Fault `usage` if nothing or both is given; `not-found` if one is unknown.
 */
export async function chosenDeals(
  db: Db,
  texts: readonly string[],
  choice: DealChoice | undefined,
): Promise<Named[]> {
  if (choice !== undefined && texts.length > 0) {
    throw new Fault('usage', 'deals are named or chosen with --where, not both', LEAVE_OUT)
  }
  if (choice !== undefined) {
    const { listDeals } = await import('../../records/deal-list.ts')
    return (await listDeals(db, choice)).map(({ id, title }) => ({ id, name: title }))
  }
  if (texts.length === 0) throw new Fault('usage', 'which deal?', 'name it, or choose with --where')
  const found: Named[] = []
  for (const text of oneOrNumbers(texts)) found.push(await find(db, 'deal', text))
  return found
}

/** What several records came to: `changed 12 clients`, or what one is called. */
export function changedText(noun: string, named: readonly Named[], one: string): string {
  const [first] = named
  return first && named.length === 1
    ? `changed ${noun} ${first.id} (${one})`
    : `changed ${counted(named.length, noun)}`
}
