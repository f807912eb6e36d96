import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import { type DealEvent, type DealState, stateOf } from '../domain/deal-state.ts'
import { ranksOf, stageRanks } from '../book/projection.ts'
import { ratedOn } from '../book/rates.ts'
import { record } from './deals.ts'
import type { EventColumns } from './rows/event.ts'
import { checkRequirements, missingRequirements } from './stage-requirements.ts'
import type { Moment } from './moment.ts'
import { makeRoom } from './opening.ts'
import {
  loadProcess,
  type Process,
  type ProcessStage,
  requireStage,
  stageRules,
} from './processes.ts'
import { requireActive } from './retired.ts'
import {
  closeStageTasks,
  dropFollowUps,
  type OpenedTask,
  openFollowUp,
  openStageTask,
} from './stage-tasks.ts'
import { loadEvents } from './project-deal.ts'

interface DealAtStep {
  id: number
  title: string
  process: Process
  /** Its state after everything known about it. */
  now: DealState
  /** Its state at the end of the day of the step. */
  before: DealState
  /** The day of its last step; changed terms are not a step. */
  lastOn: Day
  /** The first step after that day. */
  next: DealEvent | undefined
}

/** A step taken: where the deal came from, where the step led, where the deal stands now. */
export interface Step {
  title: string
  from: string | null
  to: string | null
  state: DealState
  /** The stage that it is in now: different from `to` if the step was inserted before others. */
  now: string | null
  /** The task that it opened: the next stage's, or the follow-up of a loss. */
  task: OpenedTask | null
}

async function dealAtStep(db: Db, id: number, { on }: Moment): Promise<DealAtStep> {
  const deal = await db
    .selectFrom('deals')
    .select(['title', 'process_id', 'opened_on', 'opened_known'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (deal.opened_known === 0) await makeRoom(db, id, on)
  else if (on < deal.opened_on) {
    const message = `deal ${id} (${deal.title}) was opened on ${deal.opened_on}, after ${on}`
    throw new Fault('failed', message, `give --on ${deal.opened_on} or a later day`)
  }
  const events = await loadEvents(db, id)
  const steps = events.filter((event) => event.kind !== 'amended')
  const ranks = ranksOf(await stageRanks(db), deal.process_id)
  return {
    id,
    title: deal.title,
    process: await loadProcess(db, deal.process_id),
    now: stateOf(events, ranks),
    before: stateOf(
      events.filter((event) => event.at <= on),
      ranks,
    ),
    lastOn: steps.at(-1)?.at ?? deal.opened_on,
    next: steps.find((event) => event.at > on),
  }
}

function stageName(process: Process, id: number | null): string | null {
  return process.stages.find((stage) => stage.stageId === id)?.name ?? null
}

/** `deal 7 (Cold store)`. */
function nameOf({ id, title }: DealAtStep): string {
  return `deal ${id} (${title})`
}

function requireOpen(deal: DealAtStep, state: DealState): void {
  if (state.status === 'open') return
  throw new Fault(
    'failed',
    `${nameOf(deal)} was ${state.status} on ${state.closedOn}`,
    `to go on with it: funnel reopen ${deal.id}`,
  )
}

/** Steps that depend on the deal's current stage cannot come before the step that led there. */
function requireAfterLast(deal: DealAtStep, { on }: Moment): void {
  if (on >= deal.lastOn) return
  throw new Fault(
    'failed',
    `${nameOf(deal)} took its last step on ${deal.lastOn}, after ${on}`,
    `give --on ${deal.lastOn} or a later day; funnel move puts a stage in between`,
  )
}

/** What a step does to tasks: closes the one of the stage that it leaves, opens what comes next. */
async function followWithTasks(
  db: Db,
  deal: DealAtStep,
  event: EventColumns,
  state: DealState,
  moment: Moment,
): Promise<OpenedTask | null> {
  const { id, process } = deal
  // If inserted before later steps, it does not change where the deal stands now.
  if (moment.on < deal.lastOn) return null
  const isDone = event.kind === 'won' || (event.kind === 'moved' && isForward(deal, event))
  await closeStageTasks(db, id, isDone ? 'done' : 'dropped', event.note ?? null, moment)
  if (event.kind === 'won') return null
  if (event.kind === 'lost') return openFollowUp(db, id, state, moment)
  if (event.kind === 'reopened') await dropFollowUps(db, id, moment)
  return openStageTask(db, id, process, state, moment)
}

function isForward({ process, now }: DealAtStep, event: EventColumns): boolean {
  const position = (stageId: number | null | undefined): number =>
    process.stages.find((stage) => stage.stageId === stageId)?.position ?? 0
  return position(event.stage_id) > position(now.stageId)
}

/** A deal moves on only with what its stage requires; going back and losing ask for nothing. */
async function requireLeave(
  db: Db,
  deal: DealAtStep,
  event: EventColumns,
  { on }: Moment,
): Promise<void> {
  if (on < deal.lastOn || event.kind === 'lost' || event.kind === 'reopened') return
  if (event.kind === 'moved' && !isForward(deal, event)) return
  const { id, title } = deal
  await checkRequirements(db, { id, title, stage: stageName(deal.process, deal.now.stageId) })
}

/** The currency of a deal and its rate of the day, with the steps after which its amount counts in another way. */
async function rated(
  db: Db,
  { now: { currency } }: DealAtStep,
  event: EventColumns,
  { on }: Moment,
): Promise<EventColumns> {
  if (currency === null || event.kind === 'moved') return event
  return { ...event, ...(await ratedOn(db, currency, on)) }
}

async function step(db: Db, deal: DealAtStep, event: EventColumns, moment: Moment): Promise<Step> {
  await requireLeave(db, deal, event, moment)
  const state = await record(db, deal.id, await rated(db, deal, event, moment), moment)
  const task = await followWithTasks(db, deal, event, state, moment)
  return {
    task,
    title: deal.title,
    from: stageName(deal.process, deal.before.stageId),
    to: stageName(deal.process, event.stage_id ?? state.stageId),
    state,
    now: stageName(deal.process, state.stageId),
  }
}

/** The stage after the one where the deal stood; undefined at the last. */
function nextStage(deal: DealAtStep): ProcessStage | undefined {
  const { stages } = deal.process
  const here = stages.find((stage) => stage.stageId === deal.before.stageId)
  if (here?.retired) {
    throw new Fault(
      'failed',
      `${nameOf(deal)} is in ${here.name}, which the process ${deal.process.name} no longer has`,
      `say where it goes on: funnel move ${deal.id} STAGE`,
    )
  }
  return stages.find((stage) => !stage.retired && stage.position > (here?.position ?? 0))
}

/**
 * Takes a deal to the next stage of its process.
 * @throws Fault `usage` in a process without stages; `failed` at the last stage, or where it is closed.
 */
export async function advance(db: Db, id: number, moment: Moment, note?: string): Promise<Step> {
  const deal = await dealAtStep(db, id, moment)
  requireOpen(deal, deal.now)
  if (deal.process.kind === 'plain') {
    const hint = `close it: funnel win ${id}, or funnel lose ${id}`
    throw new Fault('usage', `the process ${deal.process.name} has no stages`, hint)
  }
  requireAfterLast(deal, moment)
  const next = nextStage(deal)
  if (!next) {
    const here = stageName(deal.process, deal.now.stageId)
    const hint = `close it: funnel win ${id}, or funnel lose ${id}`
    throw new Fault('failed', `${nameOf(deal)} is in ${here}, the last stage`, hint)
  }
  const event = { kind: 'moved' as const, stage_id: next.stageId, note: note ?? null }
  return step(db, deal, event, moment)
}

/** In a guided process stages follow one another: back is free, forward goes by one. */
function requireNoSkip(deal: DealAtStep, stageId: number): void {
  const { process, before, id } = deal
  const here = process.stages.find((stage) => stage.stageId === before.stageId)
  // From a stage that the process no longer has, any stage is allowed.
  if (process.kind !== 'guided' || here?.retired) return
  const next = nextStage(deal)
  const wanted = process.stages.find((stage) => stage.stageId === stageId)
  if (!next || !wanted || wanted.position <= next.position) return
  throw new Fault(
    'failed',
    `the process ${process.name} is guided: after ${here?.name} comes ${next.name}, not ${wanted.name}`,
    `take it one stage on: funnel advance ${id}`,
  )
}

/**
 * Takes a deal to a stage of its process, forward or back. With a day before its last step, the
 * step is put where it belongs among the earlier ones, and must fit there.
 * @throws Fault `usage` if the process has no such stage; `failed` if the deal was closed or in that stage
 *   already, or would skip a stage of a guided process.
 */
export async function move(
  db: Db,
  id: number,
  stageId: number,
  moment: Moment,
  note?: string,
): Promise<Step> {
  const deal = await dealAtStep(db, id, moment)
  requireStage(deal.process, stageId)
  requireOpen(deal, deal.before)
  if (deal.before.stageId === stageId) {
    const when = moment.on < deal.lastOn ? `was on ${moment.on}` : 'is'
    const message = `${nameOf(deal)} ${when} in ${stageName(deal.process, stageId)} already`
    throw new Fault('failed', message)
  }
  requireNoSkip(deal, stageId)
  const { next } = deal
  if (next?.kind === 'moved' && next.stageId === stageId) {
    throw new Fault(
      'failed',
      `${nameOf(deal)} came into ${stageName(deal.process, stageId)} on ${next.at}`,
      'to give that step an earlier day, take it back first: funnel history, then funnel undo N',
    )
  }
  const event = { kind: 'moved' as const, stage_id: stageId, note: note ?? null }
  return step(db, deal, event, moment)
}

/** Closes a deal as won. @throws Fault `failed` if it is closed already. */
export async function win(db: Db, id: number, moment: Moment, note?: string): Promise<Step> {
  const deal = await dealAtStep(db, id, moment)
  requireOpen(deal, deal.now)
  requireAfterLast(deal, moment)
  return step(db, deal, { kind: 'won', note: note ?? null }, moment)
}

/** Does the stage of an open deal wait for its payment, and for nothing else any more? */
async function isPaidUp(db: Db, id: number): Promise<boolean> {
  const deal = await db
    .selectFrom('deals')
    .select(['process_id', 'stage_id', 'closed_on'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (deal.closed_on !== null) return false
  const { requirements } = await stageRules(db, deal.process_id, deal.stage_id)
  const waits = requirements.some((one) => one.kind === 'money' && one.money === 'paid')
  return waits && (await missingRequirements(db, id)).length === 0
}

/**
 * Takes a deal on whose stage requires that it is paid, once it is: to the next stage, or to won at the last. On the
 * day of the payment, or of its last step if that was later. Null if it waits for something else, or for nothing.
 */
export async function advancePaid(db: Db, id: number, moment: Moment): Promise<Step | null> {
  if (!(await isPaidUp(db, id))) return null
  const { last } = await db
    .selectFrom('events')
    .select(({ fn }) => fn.max('at').as('last'))
    .where('deal_id', '=', id)
    .executeTakeFirstOrThrow()
  const on = last !== null && last > moment.on ? last : moment.on
  const deal = await dealAtStep(db, id, { ...moment, on })
  return nextStage(deal) ? advance(db, id, { ...moment, on }) : win(db, id, { ...moment, on })
}

/** Closes a deal as lost, at any stage. @throws Fault `failed` if it is closed already. */
export async function lose(
  db: Db,
  id: number,
  reasonId: number | null,
  moment: Moment,
  note?: string,
): Promise<Step> {
  const deal = await dealAtStep(db, id, moment)
  requireOpen(deal, deal.now)
  requireAfterLast(deal, moment)
  const event = { kind: 'lost' as const, reason_id: reasonId, note: note ?? null }
  return step(db, deal, event, moment)
}

/** A deal that is open again, and the task of its stage, need an owner and a source that are in use. */
async function requireActiveAgain(db: Db, { id, now }: DealAtStep): Promise<void> {
  const { source_id: sourceId } = await db
    .selectFrom('deals')
    .select('source_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const edit = (noun: string): string =>
    `give the deal another one first: funnel deal edit ${id} --${noun} NAME`
  await requireActive(db, 'owner', now.ownerId, edit('owner'))
  await requireActive(db, 'source', sourceId, edit('source'))
}

/**
 * Reopens a closed deal in the stage where it stopped.
 * @throws Fault `failed` if it is open; `usage` if its owner or source is retired.
 */
export async function reopen(db: Db, id: number, moment: Moment, note?: string): Promise<Step> {
  const deal = await dealAtStep(db, id, moment)
  if (deal.now.status === 'open') throw new Fault('failed', `${nameOf(deal)} is open`)
  requireAfterLast(deal, moment)
  await requireActiveAgain(db, deal)
  return step(db, deal, { kind: 'reopened', note: note ?? null }, moment)
}
