import { list, option, type OptionSpec, type Values } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { checkWith } from '../../cli/questions.ts'
import { type Requirement, REQUIRED_INTERACTIONS } from '../../domain/stage-requirement.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { type Answers, missingRequirements } from '../../records/stage-requirements.ts'
import { readProperty } from './client-fields.ts'
import type { Db } from '../../book/store/db.ts'
import type { Exchanging } from './exchanged.ts'
import { given } from './given.ts'
import { type DealMoney, moneyOfDeal } from './deal-money.ts'
import { dealOptions } from './deal-fields.ts'

const { need, amount, cost, expectedClose, chance } = dealOptions

/** The options that meet the requirements of a stage. */
export const answerOptions = {
  need,
  amount,
  cost,
  expectedClose,
  contact: option('--contact <name>', 'a person at the client'),
  property: list('--property <property=value>', 'a property of the client (repeatable)'),
  dealProperty: list('--deal-property <property=value>', 'a property of the deal (repeatable)'),
  log: list('--log <kind: text>', 'what was said: "call: they agreed" (repeatable)'),
}

/** The same for a deal that stays open, whose chance to win may change with its stage. */
export const movingOptions = { ...answerOptions, chance }

type Interaction = NonNullable<Answers['interactions']>[number]

function readInteraction(text: string): Interaction {
  const [, word, said = ''] = /^\s*(\w+)\s*:\s*(.*)$/s.exec(text) ?? []
  const kind = REQUIRED_INTERACTIONS.find((name) => name === word?.toLowerCase())
  if (kind) return { kind, text: said }
  const hint = `write it as --log "call: they agreed"; kinds: ${REQUIRED_INTERACTIONS.join(', ')}`
  throw new Fault('usage', `“${text}” is not an interaction`, hint)
}

/** Answers as they were given: their amounts wait for the currency of the deal. */
export type GivenAnswers = Omit<Answers, 'amount' | 'cost' | 'currency'> & DealMoney

/** The same for the deal that they are about, on a day. */
export async function answersFor(
  context: Context,
  db: Db,
  dealId: number,
  answers: GivenAnswers,
  to: Exchanging,
): Promise<Answers> {
  const { amount: worth, cost: outlay, ...others } = answers
  const money = given({ amount: worth, cost: outlay })
  return { ...others, ...(await moneyOfDeal(context, db, dealId, money, to)) }
}

/** What the options give; what is not given is left out. */
export function readAnswers(options: Partial<Values<typeof movingOptions>>): GivenAnswers {
  const { property = [], dealProperty = [], log = [], ...plain } = options
  return {
    ...(given(plain) as Omit<GivenAnswers, 'properties' | 'dealProperties' | 'interactions'>),
    properties: property.map(readProperty),
    dealProperties: dealProperty.map(readProperty),
    interactions: log.map(readInteraction),
  }
}

/** Where answers keep what is required of a client's or a deal's properties. */
const PLACES = { property: 'properties', 'deal-property': 'dealProperties' } as const

/** What can be asked for; what becomes of money is not typed in. */
type Asked = Exclude<Requirement, { kind: 'money' }>

function isGiven(requirement: Asked, answers: GivenAnswers): boolean {
  if (requirement.kind === 'property' || requirement.kind === 'deal-property') {
    const key = nameKey(requirement.name)
    return answers[PLACES[requirement.kind]]?.some(({ name }) => nameKey(name) === key) ?? false
  }
  if (requirement.kind === 'interaction') {
    return answers.interactions?.some(({ kind }) => kind === requirement.interaction) ?? false
  }
  return (
    answers[requirement.field === 'expected-close' ? 'expectedClose' : requirement.field] != null
  )
}

const requireText = (text: string): string => {
  if (text.trim() !== '') return text.trim()
  throw new Fault('usage', 'it must not be empty')
}

async function askFor<T>(context: Context, message: string, spec: OptionSpec<T>): Promise<T> {
  const read = async (text: string): Promise<T> =>
    (await spec.read?.(requireText(text), context)) as T
  const questions = await context.ask()
  return read(await questions.input(message, { validate: checkWith(read) }))
}

async function answer(
  context: Context,
  requirement: Asked,
  answers: GivenAnswers,
): Promise<GivenAnswers> {
  const text = option('--text <text>', 'anything')
  if (requirement.kind === 'property' || requirement.kind === 'deal-property') {
    const value = await askFor(context, `${requirement.name}:`, text)
    const place = PLACES[requirement.kind]
    return { ...answers, [place]: [...(answers[place] ?? []), { name: requirement.name, value }] }
  }
  if (requirement.kind === 'interaction') {
    const said = await askFor(context, `What was said (${requirement.interaction})?`, text)
    const interaction = { kind: requirement.interaction, text: said }
    return { ...answers, interactions: [...(answers.interactions ?? []), interaction] }
  }
  switch (requirement.field) {
    case 'need':
      return { ...answers, need: await askFor(context, 'What does the client need?', need) }
    case 'amount':
      return { ...answers, amount: await askFor(context, 'Amount:', amount) }
    case 'cost':
      return { ...answers, cost: await askFor(context, 'Cost:', cost) }
    case 'expected-close':
      return { ...answers, expectedClose: await askFor(context, 'Expected close:', expectedClose) }
    case 'contact':
      return { ...answers, contact: await askFor(context, 'Who is the contact?', text) }
  }
}

/** Asks the person at the terminal for the requirements of the deal’s stage that are not met yet. */
export async function askMissing(
  context: Context,
  dealId: number,
  first: GivenAnswers,
): Promise<GivenAnswers> {
  if (!context.interactive) return first
  const missing = await missingRequirements((await context.book()).db, dealId)
  let answers = first
  for (const requirement of missing) {
    if (requirement.kind === 'money') continue
    if (!isGiven(requirement, answers)) answers = await answer(context, requirement, answers)
  }
  return answers
}
