import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../book/store/db.ts'
import type { DealsTable } from '../book/schema/deals.ts'
import { ratedOn } from '../book/rates.ts'
import { ownAmounts } from '../book/worth.ts'
import type { Rate } from '../domain/rate.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey, tidyName, tidyText } from '../domain/name.ts'
import { DEAL_TEXTS, type DealTexts, givenTexts } from '../domain/text-fields.ts'
import type { Share } from '../domain/share.ts'
import { type DealState, stateOf, type StageRanks, type Terms } from '../domain/deal-state.ts'
import { isConstraint } from '../book/store/fault.ts'
import { type Moment, requirePast } from './moment.ts'
import { activeStages, loadProcess, type Process, requireStage } from './processes.ts'
import { requireActive } from './retired.ts'
import { dealRow } from './rows/deal.ts'
import { type EventColumns, eventRow, termsColumns } from './rows/event.ts'
import { handOverStageTasks, type OpenedTask, openStageTask } from './stage-tasks.ts'
import { projectDeal } from './project-deal.ts'

/** What a new deal consists of; a text that is left out is not known. */
export interface NewDeal
  extends Omit<Terms, 'chance' | 'currency'>, Partial<Pick<Terms, 'currency'>>, Partial<DealTexts> {
  clientId: number
  processId: number
  title: string
  ref: string | null
  sourceId: number | null
  /** The stage it is opened in; null is the first. */
  stageId: number | null
  /** Its contact: a person at the client. */
  contactId?: number | null
  /** The chance to win that is set by hand. */
  chance?: Share | null
}

/** The stage that a deal is opened in, checked against its process; null in a plain one. */
export function openingStage(process: Process, stageId: number | null): number | null {
  if (process.kind === 'plain') {
    if (stageId === null) return null
    throw new Fault('usage', `the process ${process.name} has no stages`, 'leave --stage out')
  }
  const stages = activeStages(process)
  if (stageId === null) return stages[0]?.stageId ?? null
  requireStage(process, stageId)
  return stageId
}

function needMissing({ name }: Process): Fault {
  const message = `the process ${name} asks what the client needs before a deal is opened`
  return new Fault('usage', message, 'give it: --need "TEXT"')
}

function isRetired({ name }: Process): Fault {
  const hint = `name another with --process, or bring it back: funnel process edit "${name}" --restore`
  return new Fault('usage', `the process ${name} is retired: no new deals are opened in it`, hint)
}

/** A deal just opened. */
export interface OpenedDeal {
  id: number
  state: DealState
  /** The task of its first stage. */
  task: OpenedTask | null
}

/**
 * Opens a deal as its process requires: with the client's need, if the process asks for it, and with the task
 * of its first stage.
 * @throws Fault `usage` if the need is missing, or the process or the owner is retired.
 */
export async function openDeal(db: Db, deal: NewDeal, moment: Moment): Promise<OpenedDeal> {
  const process = await loadProcess(db, deal.processId)
  if (process.retired) throw isRetired(process)
  await requireActive(db, 'owner', deal.ownerId)
  if (process.asksNeed && !tidyText(deal.need ?? '')) throw needMissing(process)
  const { id, state } = await addDeal(db, deal, moment)
  return { id, state, task: await openStageTask(db, id, process, state, moment) }
}

/** A deal that has just been opened has reached no second stage. */
const NO_RANKS: StageRanks = new Map()

/** Adds a deal: the deal and its `opened` event. Returns its number and state. */
export async function addDeal(
  db: Db,
  deal: NewDeal,
  moment: Moment,
): Promise<{ id: number; state: DealState }> {
  requirePast(moment)
  const title = tidyName(deal.title)
  if (title === '')
    throw new Fault(
      'usage',
      'a deal needs a title',
      'give it after the client: deal add CLIENT "TITLE"',
    )
  const stage = openingStage(await loadProcess(db, deal.processId), deal.stageId)
  const { amount, cost, ownerId, expectedClose, chance = null, currency = null } = deal
  const terms = { amount, cost, ownerId, expectedClose, chance, currency }
  const opening = { kind: 'opened', at: moment.on, stageId: stage, dayKnown: true, terms } as const
  const state = stateOf([{ ...opening, id: 0 }], NO_RANKS)
  // Its amount in the book's currency is settled when it is closed.
  const { id } = await insertDeal(db, dealRow({ ...deal, title }, state, 0))
  const rated = await ratedOn(db, currency, moment.on)
  const event = { kind: opening.kind, stage_id: stage, ...termsColumns(terms), ...rated }
  await addEvent(db, id, event, moment)
  return { id, state }
}

async function insertDeal(db: Db, row: Insertable<DealsTable>): Promise<{ id: number }> {
  try {
    return await db.insertInto('deals').values(row).returning('id').executeTakeFirstOrThrow()
  } catch (error) {
    if (!isConstraint(error, 'UNIQUE')) throw error
    throw new Fault('usage', 'there is a deal with that reference already', undefined, error)
  }
}

async function addEvent(
  db: Db,
  dealId: number,
  event: EventColumns,
  moment: Moment,
): Promise<void> {
  const note = tidyText(event.note ?? '') || null
  await db
    .insertInto('events')
    .values(eventRow(dealId, { ...event, note }, moment))
    .execute()
}

/** Writes an event and what follows from it for the deal's state. */
export async function record(
  db: Db,
  dealId: number,
  event: EventColumns,
  moment: Moment,
): Promise<DealState> {
  requirePast(moment)
  await addEvent(db, dealId, event, moment)
  return projectDeal(db, dealId)
}

/** The client and the owner of a deal, which its tasks and interactions have by default. */
export function dealDefaults(
  db: Db,
  id: number,
): Promise<{ clientId: number; ownerId: number | null }> {
  return db
    .selectFrom('deals')
    .select(['client_id as clientId', 'owner_id as ownerId'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** What may be changed about a deal; what is left out stays as it is. */
export interface DealChanges extends Partial<Terms>, Partial<DealTexts> {
  title?: string
  sourceId?: number | null
  clientId?: number
  contactId?: number | null
  /** The rate of its currency that it was closed with. */
  rate?: Rate
}

const TERMS = ['amount', 'cost', 'ownerId', 'expectedClose', 'chance', 'currency', 'rate'] as const

function termsChanged(changes: DealChanges): boolean {
  return TERMS.some((key) => key in changes)
}

/**
 * Changes a deal. Its terms (amount, cost, owner, expected close, chance) change by an `amended` event on
 * the day given, the rest in place.
 * @throws Fault `failed` if the terms were amended after that day; `usage` for an amount or a cost that
 *   follows the deal's lines.
 */
export async function editDeal(
  db: Db,
  id: number,
  changes: DealChanges,
  moment: Moment,
): Promise<void> {
  const set = {
    ...(changes.title === undefined
      ? {}
      : { title: tidyName(changes.title), title_key: nameKey(changes.title) }),
    ...givenTexts(DEAL_TEXTS, changes),
    ...(changes.sourceId === undefined ? {} : { source_id: changes.sourceId }),
    ...(changes.clientId === undefined ? {} : { client_id: changes.clientId }),
    ...(changes.contactId === undefined ? {} : { contact_id: changes.contactId }),
  }
  if (Object.keys(set).length > 0) {
    if (set.title === '') throw new Fault('usage', 'a deal needs a title')
    await db.updateTable('deals').set(set).where('id', '=', id).execute()
  }
  const { clientId } = changes
  if (clientId !== undefined) {
    await db.updateTable('tasks').set({ client_id: clientId }).where('deal_id', '=', id).execute()
  }
  if ('amount' in changes || 'cost' in changes) await requireNoLines(db, id)
  if ('currency' in changes) await requireSamePrices(db, id, changes.currency ?? null)
  if (termsChanged(changes)) await amend(db, id, changes, moment)
}

/** Amount and cost of a deal with lines are theirs. @throws Fault `usage` with how to change these. */
async function requireNoLines(db: Db, id: number): Promise<void> {
  const line = await db
    .selectFrom('deal_lines')
    .select('position')
    .where('deal_id', '=', id)
    .where('counts', '=', 1)
    .executeTakeFirst()
  if (!line) return
  throw new Fault(
    'usage',
    `amount and cost of deal ${id} follow its lines`,
    `change a line: funnel deal line edit ${id} ${line.position} --price MONEY; see: funnel deal line list ${id}`,
  )
}

/** The prices of lines are in the currency of their deal. @throws Fault `usage` if it has lines, and another one. */
async function requireSamePrices(db: Db, id: number, currency: string | null): Promise<void> {
  const line = await db
    .selectFrom('deal_lines as l')
    .innerJoin('deals as d', 'd.id', 'l.deal_id')
    .select('d.currency')
    .where('d.id', '=', id)
    .executeTakeFirst()
  if (!line || line.currency === currency) return
  throw new Fault(
    'usage',
    `the prices of deal ${id} are in ${line.currency ?? 'the currency of the book'}`,
    `drop its lines first, see: funnel deal line list ${id}`,
  )
}

type DealNow = Pick<Selectable<DealsTable>, 'status' | 'closed_on' | 'currency' | 'rate'>

/** The rate that an amended event states: that of its day, or for a closed deal the one that it was closed with. */
async function amendedRate(
  db: Db,
  id: number,
  deal: DealNow,
  { currency, rate }: { currency: string | null; rate?: Rate | undefined },
  { on }: Moment,
): Promise<Rate | null> {
  const { closed_on: closed } = deal
  if (rate !== undefined) {
    const open = `deal ${id} is open: it counts at the rate of the day`
    const hint = `add the rate of a day: funnel rate add ${currency} ${rate}`
    if (currency === null)
      throw new Fault(
        'usage',
        `deal ${id} is in the currency of the book, so it needs no rate`,
        `an amount in another one changes that: funnel deal edit ${id} --amount "1000 USD"`,
      )
    if (closed === null) throw new Fault('usage', open, hint)
    if (on < closed) {
      const message = `deal ${id} was ${deal.status} on ${closed}, after ${on}`
      throw new Fault('failed', message, `give --on ${closed} or a later day`)
    }
    return rate
  }
  if (currency === null) return null
  if (closed === null || on < closed) return (await ratedOn(db, currency, on)).rate
  if (currency === deal.currency) return deal.rate
  return (await ratedOn(db, currency, closed)).rate
}

/**
 * Writes the terms that differ as an `amended` event.
 * @throws Fault `failed` if they were amended later; `usage` for a rate of a deal that is open, or in the book's
 *   currency.
 */
export async function amend(
  db: Db,
  id: number,
  { rate, ...changes }: Partial<Terms> & { rate?: Rate },
  moment: Moment,
): Promise<void> {
  const deal = await db
    .selectFrom('deals')
    .select(['amount', 'cost', 'own_amount', 'own_cost', 'owner_id', 'expected_close', 'chance'])
    .select(['currency', 'rate', 'status', 'closed_on'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { owner_id, expected_close, chance, currency } = deal
  const own = ownAmounts(deal)
  const now = { ...own, ownerId: owner_id, expectedClose: expected_close, chance, currency }
  const next = termsColumns({ ...now, ...changes })
  const isSame = Object.entries(termsColumns(now)).every(
    ([key, was]) => next[key as 'amount'] === was,
  )
  if (isSame && (rate === undefined || rate === deal.rate)) return
  const rated = await amendedRate(db, id, deal, { currency: next.currency, rate }, moment)
  const later = await db
    .selectFrom('events')
    .select('at')
    .where('deal_id', '=', id)
    .where('kind', 'in', ['opened', 'amended'])
    .where('at', '>', moment.on)
    .orderBy('at', 'desc')
    .executeTakeFirst()
  if (later) {
    const message = `the deal's terms were set on ${later.at}, after ${moment.on}`
    throw new Fault('failed', message, `give --on ${later.at} or a later day`)
  }
  await record(db, id, { kind: 'amended', ...next, rate: rated }, moment)
  if (next.owner_id !== owner_id) await handOverStageTasks(db, id, owner_id, next.owner_id)
}
