import type { ProcessKind } from '../../book/schema/processes.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { requireNotDefault, setDefaultProcess } from '../default-process.ts'
import { editEntry } from '../dictionaries.ts'
import { addProcess, changePlace, editStages, type StagePlan } from '../edit-process.ts'
import { defaultProcess, loadProcess, type Process, stageRules } from '../processes.ts'
import { requireActive } from '../retired.ts'
import type { Brought, GivenProcess } from './given.ts'

/** Are these stages, in this order, what the process has already? */
function isInPlace({ stages: now }: Process, stages: readonly StagePlan[]): boolean {
  const isHere = ({ name, retired = false }: StagePlan, index: number): boolean =>
    nameKey(now[index]?.name ?? '') === nameKey(name) && now[index]?.retired === retired
  return now.length === stages.length && stages.every(isHere)
}

/** @throws Fault `usage` if the file gives a process of the book another kind. */
function requireKind({ name, kind }: Process, given: GivenProcess): void {
  if (given.kind === undefined || given.kind === kind) return
  throw new Fault(
    'usage',
    `the process ${name} is ${kind} in this book and ${given.kind} in the file`,
    `give the one of the book another name: funnel process edit "${name}" --name NAME`,
  )
}

/** @throws Fault `usage` if a process of the kind cannot have these stages. */
function requireFitting(name: string, kind: ProcessKind, plans: readonly StagePlan[]): void {
  if (kind === 'plain' && plans.length > 0) {
    const hint = 'a process with stages is guided or free'
    throw new Fault('usage', `the process ${name} is plain, so it has no stages`, hint)
  }
  if (kind !== 'plain' && plans.every(({ retired }) => retired)) {
    const hint =
      'list them: "stages": [{"stage": "Lead"}, {"stage": "Offer"}]; one without is plain'
    throw new Fault('usage', `the process ${name} is ${kind}, so it needs stages`, hint)
  }
}

/** Adds a process with its stages, or brings those of the book in the order of the file. */
export async function bringProcess(db: Db, given: GivenProcess): Promise<Brought> {
  const { name, asksNeed, stages } = given
  const plans = stages?.map((stage) => ({ name: stage.name, retired: stage.retired ?? false }))
  const known = await db
    .selectFrom('processes')
    .select('id')
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst()
  if (!known) {
    const { kind = 'guided' } = given
    requireFitting(name, kind, plans ?? [])
    const { id } = await addProcess(db, name, kind, plans ?? [], asksNeed)
    return { id, isNew: true, given }
  }
  const process = await loadProcess(db, known.id)
  requireKind(process, given)
  if (plans) requireFitting(name, process.kind, plans)
  if (plans && !isInPlace(process, plans)) await editStages(db, known.id, plans)
  await editEntry(db, 'process', known.id, {
    // The spelling of the file.
    ...(tidyName(name) === process.name ? {} : { name }),
    asks_need: (asksNeed ?? process.asksNeed) ? 1 : 0,
    retired: process.retired && given.retired !== false,
  })
  return { id: known.id, isNew: false, given }
}

/** Brings what a process says of its stages. */
export async function bringSettings(
  db: Db,
  { id, given }: Brought,
  ownerOf: (name: string) => number | undefined,
): Promise<void> {
  const { stages: places } = await loadProcess(db, id)
  for (const { name, who, ...settings } of given.stages ?? []) {
    const place = places.find((stage) => nameKey(stage.name) === nameKey(name))
    if (!place) continue
    const { doer } = await stageRules(db, id, place.stageId)
    const doerId = who == null ? null : (ownerOf(who) ?? null)
    // One who is retired stays, as none is in the file.
    const isOther = who !== undefined && nameKey(who ?? '') !== nameKey(doer ?? '')
    if (isOther) await requireActive(db, 'owner', doerId, 'name another in the file')
    await changePlace(db, id, place.stageId, { ...settings, ...(isOther ? { doerId } : {}) })
  }
}

/** Makes a process the default one, then retires others: the default one cannot be retired. */
export async function bringDefault(db: Db, brought: readonly Brought[]): Promise<void> {
  const wanted = brought.find(({ given }) => given.isDefault)
  const now = await defaultProcess(db).catch(() => null)
  if (wanted && wanted.id !== now) await setDefaultProcess(db, `#${wanted.id}`)
  for (const { id, given } of brought) {
    const { retired, name } = await loadProcess(db, id)
    if (!given.retired || retired) continue
    await requireNotDefault(db, { id, name })
    await editEntry(db, 'process', id, { retired: true })
  }
}
