import { Fault } from './fault.ts'
import { tidyName } from './name.ts'

/** Kinds of interaction that a stage can require. */
export const REQUIRED_INTERACTIONS = ['call', 'email', 'meeting', 'sms', 'message'] as const

/** What has become of the money of a deal. */
const MONEY = ['invoiced', 'paid'] as const

const FIELDS = ['need', 'amount', 'cost', 'expected-close', 'contact'] as const

/**
 * Something required before a deal leaves a stage: a field of the deal, a person at the client, a property of
 * the client or of the deal, an interaction since the deal entered the stage, or that it was billed or paid for.
 */
export type Requirement =
  | { kind: 'field'; field: (typeof FIELDS)[number] }
  | { kind: 'property'; name: string }
  | { kind: 'deal-property'; name: string }
  | { kind: 'interaction'; interaction: (typeof REQUIRED_INTERACTIONS)[number] }
  | { kind: 'money'; money: (typeof MONEY)[number] }

/**
 * Reads a requirement: `need`, `amount`, `cost`, `expected-close`, `contact`, `property:Fleet`, `deal-property:Colour`, `call`,
 * `email`, `meeting`, `sms`, `message`, `invoiced`, `paid`.
 * @throws Fault `usage` for anything else.
 */
export function parseRequirement(text: string): Requirement {
  const word = text.trim().toLowerCase()
  const field = FIELDS.find((name) => name === word)
  if (field) return { kind: 'field', field }
  const interaction = REQUIRED_INTERACTIONS.find((name) => name === word)
  if (interaction) return { kind: 'interaction', interaction }
  const money = MONEY.find((name) => name === word)
  if (money) return { kind: 'money', money }
  const [, deal, property] = /^(deal-)?property\s*:(.*)$/is.exec(text.trim()) ?? []
  if (property !== undefined && tidyName(property) !== '') {
    return { kind: deal === undefined ? 'property' : 'deal-property', name: tidyName(property) }
  }
  throw new Fault(
    'usage',
    `a stage cannot require “${text.trim()}”`,
    `it can: ${[...FIELDS, ...REQUIRED_INTERACTIONS, ...MONEY].join(', ')}, property:NAME, deal-property:NAME`,
  )
}

/** A requirement as it is written: `expected-close`, `property:Fleet`, `call`. */
export function requirementText(requirement: Requirement): string {
  switch (requirement.kind) {
    case 'field':
      return requirement.field
    case 'interaction':
      return requirement.interaction
    case 'money':
      return requirement.money
    case 'property':
    case 'deal-property':
      return `${requirement.kind}:${requirement.name}`
  }
}

/** The requirements of a stage as they are stored: a JSON list of texts. */
export function storeRequirements(requirements: readonly Requirement[]): string {
  return JSON.stringify([...new Set(requirements.map(requirementText))])
}

/** Reads what `storeRequirements` wrote. */
export function storedRequirements(json: string): Requirement[] {
  return (JSON.parse(json) as string[]).map(parseRequirement)
}

const FIELD_FLAGS = {
  need: '--need TEXT',
  amount: '--amount MONEY',
  cost: '--cost MONEY',
  'expected-close': '--expected-close DAY',
  contact: '--contact NAME',
}

/** What is typed to bill a deal, and to enter its payment. */
const MONEY_COMMANDS = {
  invoiced: (deal: number) => `funnel invoice add --deal ${deal}, then funnel invoice issue`,
  paid: () => 'funnel payment add CLIENT AMOUNT --for INVOICE',
}

/** The command that meets a requirement of money; null for those that a flag of `advance` meets. */
export function requirementCommand(requirement: Requirement, deal: number): string | null {
  return requirement.kind === 'money' ? MONEY_COMMANDS[requirement.money](deal) : null
}

/** The flag of `advance` that meets the requirement: `--log "call: TEXT"`. */
export function requirementFlag(requirement: Exclude<Requirement, { kind: 'money' }>): string {
  if (requirement.kind === 'field') return FIELD_FLAGS[requirement.field]
  return requirement.kind === 'interaction'
    ? `--log "${requirement.interaction}: TEXT"`
    : `--${requirement.kind} "${requirement.name}=VALUE"`
}
