import { sql, type SqlBool } from 'kysely'
import { contactMade } from '../book/contact-made.ts'
import { ownAmounts } from '../book/worth.ts'
import type { Db } from '../book/store/db.ts'
import type { ContactPoint } from '../domain/contact-point.ts'
import type { Day } from '../domain/day.ts'
import {
  type Requirement,
  requirementCommand,
  requirementFlag,
  requirementText,
} from '../domain/stage-requirement.ts'
import { Fault } from '../domain/fault.ts'
import type { Money } from '../domain/money.ts'
import type { Share } from '../domain/share.ts'
import { nameKey } from '../domain/name.ts'
import { addDetails } from './clients.ts'
import { addDealDetails } from './deal-details.ts'
import { dealDefaults, editDeal } from './deals.ts'
import { addInteraction } from './interactions.ts'
import type { Moment } from './moment.ts'
import { stageRules } from './processes.ts'

interface Facts {
  clientId: number
  dealId: number
  since: Day
}

type Interaction = Extract<Requirement, { kind: 'interaction' }>['interaction']

async function hasProperty(
  db: Db,
  table: 'client_properties' | 'deal_properties',
  id: number,
  name: string,
): Promise<boolean> {
  const owner = table === 'client_properties' ? 'v.client_id' : 'v.deal_id'
  const { rows } = await sql`SELECT v.id FROM ${sql.table(table)} AS v
    JOIN properties AS p ON p.id = v.property_id
    WHERE ${sql.ref(owner)} = ${id} AND p.name_key = ${nameKey(name)}`.execute(db)
  return rows.length > 0
}

/**
 * An interaction about the deal, or about no deal, since it entered the stage; unanswered ones do not count.
 */
async function hasInteraction(db: Db, facts: Facts, kind: Interaction): Promise<boolean> {
  const row = await db
    .selectFrom('interactions')
    .select('id')
    .where('client_id', '=', facts.clientId)
    .where('at', '>=', facts.since)
    .where('kind', '=', kind)
    .where((eb) => eb.or([eb('deal_id', '=', facts.dealId), eb('deal_id', 'is', null)]))
    .where(sql<SqlBool>`${sql.raw(contactMade('interactions'))}`)
    .executeTakeFirst()
  return row !== undefined
}

async function hasContact(db: Db, { clientId }: Facts): Promise<boolean> {
  const row = await db
    .selectFrom('contacts')
    .select('id')
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Was the deal billed, by an invoice that stands; and was something paid for it, with nothing open any more? Deposits
 * and parts bill it once they come to all of its amount, or the final invoice is issued.
 */
async function hasMoney(
  db: Db,
  dealId: number,
  money: 'invoiced' | 'paid',
  amount: Money | null,
): Promise<boolean> {
  const { rows } = await sql<{
    invoices: number
    whole: number
    parts: Money
    open: number
    paid: number
  }>`
    SELECT count(*) AS invoices, sum(CASE WHEN i.part IN ('deposit', 'part') THEN 0 ELSE 1 END) AS whole,
      sum(i.net - coalesce((SELECT sum(c.net) FROM invoices AS c WHERE c.corrects_id = i.id
        AND c.issued_on IS NOT NULL AND c.voided_on IS NULL), 0)) AS parts, sum(CASE WHEN i.settled_on IS NULL THEN 1 ELSE 0 END) AS open,
      sum(CASE WHEN EXISTS (SELECT 1 FROM allocations AS a JOIN payments AS p ON p.id = a.payment_id
        WHERE a.invoice_id = i.id AND p.kind = 'in') THEN 1 ELSE 0 END) AS paid
    FROM invoices AS i
    WHERE i.deal_id = ${dealId} AND i.kind = 'invoice' AND i.issued_on IS NOT NULL AND i.voided_on IS NULL`.execute(
    db,
  )
  const { invoices = 0, whole = 0, parts = 0, open = 0, paid = 0 } = rows[0] ?? {}
  const isBilled = invoices > 0 && (whole > 0 || parts >= (amount ?? 0))
  return isBilled && (money === 'invoiced' || (paid > 0 && open === 0))
}

/** What the stage of a deal requires but is still missing. */
export async function missingRequirements(db: Db, dealId: number): Promise<Requirement[]> {
  const deal = await db
    .selectFrom('deals')
    .selectAll()
    .where('id', '=', dealId)
    .executeTakeFirstOrThrow()
  if (deal.closed_on !== null) return []
  const { requirements } = await stageRules(db, deal.process_id, deal.stage_id)
  const facts = { clientId: deal.client_id, dealId, since: deal.stage_since }
  const isMet = (requirement: Requirement): Promise<boolean> | boolean => {
    if (requirement.kind === 'property') {
      return hasProperty(db, 'client_properties', facts.clientId, requirement.name)
    }
    if (requirement.kind === 'deal-property') {
      return hasProperty(db, 'deal_properties', facts.dealId, requirement.name)
    }
    if (requirement.kind === 'interaction')
      return hasInteraction(db, facts, requirement.interaction)
    if (requirement.kind === 'money')
      return hasMoney(db, dealId, requirement.money, ownAmounts(deal).amount)
    if (requirement.field === 'contact') return hasContact(db, facts)
    const column = requirement.field === 'expected-close' ? 'expected_close' : requirement.field
    if (column === 'amount' || column === 'cost') return ownAmounts(deal)[column] !== null
    return deal[column] !== null
  }
  const missing: Requirement[] = []
  for (const requirement of requirements) if (!(await isMet(requirement))) missing.push(requirement)
  return missing
}

/** `give: --need TEXT; type: funnel invoice add --deal 7, then funnel invoice issue`. */
function missingHint(missing: readonly Requirement[], dealId: number): string {
  const flags = missing.flatMap((one) => (one.kind === 'money' ? [] : [requirementFlag(one)]))
  const commands = missing.flatMap((one) => requirementCommand(one, dealId) ?? [])
  return [
    ...(flags.length > 0 ? [`give: ${flags.join(' ')}`] : []),
    ...commands.map((command) => `type: ${command}`),
  ].join('; ')
}

/**
 * Holds a deal in its stage until everything that the stage requires is there.
 * @throws Fault `usage` that names what is missing and the flags that give it.
 */
export async function checkRequirements(
  db: Db,
  deal: { id: number; title: string; stage: string | null },
): Promise<void> {
  const missing = await missingRequirements(db, deal.id)
  if (missing.length === 0) return
  throw new Fault(
    'usage',
    `deal ${deal.id} (${deal.title}) cannot leave ${deal.stage} without: ` +
      missing.map(requirementText).join(', '),
    missingHint(missing, deal.id),
  )
}

/** What is given to meet the requirements of a stage. */
export interface Answers {
  need?: string | null
  amount?: Money | null
  cost?: Money | null
  /** Of amount and cost; null is the book's. */
  currency?: string | null
  expectedClose?: Day | null
  chance?: Share | null
  contact?: string
  properties?: { name: string; value: string }[]
  /** Those of the deal. */
  dealProperties?: { name: string; value: string }[]
  interactions?: { kind: Interaction; text: string }[]
}

const NO_POINTS: ContactPoint[] = []

/** Writes answers down where they belong: with the deal, with its client, as interactions. */
export async function giveAnswers(
  db: Db,
  dealId: number,
  answers: Answers,
  moment: Moment,
): Promise<void> {
  const { contact, properties = [], dealProperties = [], interactions = [], ...changes } = answers
  const { clientId, ownerId } = await dealDefaults(db, dealId)
  await editDeal(db, dealId, changes, moment)
  await addDetails(db, clientId, {
    contacts: contact === undefined ? [] : [{ name: contact, role: null, points: NO_POINTS }],
    properties,
  })
  await addDealDetails(db, dealId, { tags: [], properties: dealProperties })
  for (const { kind, text } of interactions) {
    const more = { direction: null, result: null, text }
    await addInteraction(db, { kind, clientId, dealId, ownerId, ...more }, moment)
  }
}
