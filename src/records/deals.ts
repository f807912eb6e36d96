import type { Insertable } from 'kysely'
import type { Db } from '../book/store/db.ts'
import type { DealsTable } from '../book/schema/deals.ts'
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
export interface NewDeal extends Omit<Terms, 'chance'>, Partial<DealTexts> {
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
  const { amount, cost, ownerId, expectedClose, chance = null } = deal
  const terms = { amount, cost, ownerId, expectedClose, chance }
  const opening = { kind: 'opened', at: moment.on, stageId: stage, dayKnown: true, terms } as const
  const state = stateOf([{ ...opening, id: 0 }], NO_RANKS)
  const { id } = await insertDeal(db, dealRow({ ...deal, title }, state))
  const event = { kind: opening.kind, stage_id: stage, ...termsColumns(terms) }
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
}

function termsChanged(changes: DealChanges): boolean {
  return (['amount', 'cost', 'ownerId', 'expectedClose', 'chance'] as const).some(
    (key) => key in changes,
  )
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
  if ('amount' in changes || 'cost' in changes) await requireNoLines(db, id)
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

/** Writes the terms that differ as an `amended` event. @throws Fault `failed` if they were amended later. */
export async function amend(
  db: Db,
  id: number,
  changes: Partial<Terms>,
  moment: Moment,
): Promise<void> {
  const deal = await db
    .selectFrom('deals')
    .select(['amount', 'cost', 'owner_id', 'expected_close', 'chance'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { amount, cost, owner_id, expected_close, chance } = deal
  const now = { amount, cost, ownerId: owner_id, expectedClose: expected_close, chance }
  const next = termsColumns({ ...now, ...changes })
  if (Object.entries(termsColumns(now)).every(([key, was]) => next[key as 'amount'] === was)) return
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
  await record(db, id, { kind: 'amended', ...next }, moment)
  if (next.owner_id !== owner_id) await handOverStageTasks(db, id, owner_id, next.owner_id)
}
