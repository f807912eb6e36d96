import type { Db } from '../book/store/db.ts'
import type { Place } from '../domain/chance/seen.ts'

/** A stage as a funnel lists it. */
export interface FunnelStage {
  id: number
  name: string
}

/** A stage's place in a process, with what the process says of it. */
export interface StagePlace {
  processId: number
  stageId: number
  name: string
  probability: number | null
  limitDays: number | null
  retired: boolean
  position: number
  /** The stage's position in the dictionary. */
  order: number
}

/** Every stage of every process. */
export async function loadPlaces(db: Db): Promise<StagePlace[]> {
  const rows = await db
    .selectFrom('process_stages as ps')
    .innerJoin('stages as s', 's.id', 'ps.stage_id')
    .select([
      'ps.process_id as processId',
      'ps.stage_id as stageId',
      's.name as name',
      'ps.probability as probability',
      'ps.limit_days as limitDays',
      'ps.retired as retired',
      'ps.position as position',
      's.position as order',
    ])
    .execute()
  return rows.map((row) => ({ ...row, retired: row.retired === 1 }))
}

/** Places as chances are learnt by: in the order of process, then position. */
export function inProcessOrder(places: readonly StagePlace[]): Place[] {
  return places
    .toSorted((a, b) => a.processId - b.processId || a.position - b.position)
    .map(({ processId, stageId, name, probability }) => ({
      processId,
      stageId,
      name,
      template: probability,
    }))
}

/**
 * The stages of a funnel over the deals of some processes, first stage first: in the process's own
 * order if there is one process, in the dictionary's if there are several.
 * @param used stages that deals are in or reached; retired ones are listed only if they are among them.
 */
export function funnelStages(
  places: readonly StagePlace[],
  processes: ReadonlySet<number>,
  used: ReadonlySet<number>,
): FunnelStage[] {
  const wanted = places.filter(
    (place) => processes.has(place.processId) && (!place.retired || used.has(place.stageId)),
  )
  const rank = (place: StagePlace): number => (processes.size === 1 ? place.position : place.order)
  const stages = new Map<number, FunnelStage>()
  for (const place of wanted.toSorted((a, b) => rank(a) - rank(b))) {
    stages.set(place.stageId, { id: place.stageId, name: place.name })
  }
  return [...stages.values()]
}

/** The place of stages in a funnel, from 0; a stage that it does not list has that of the first. */
export function placesIn(stages: readonly FunnelStage[]): (stageId: number | null) => number {
  const places = new Map<number | null, number>(stages.map(({ id }, index) => [id, index]))
  return (stageId) => places.get(stageId) ?? 0
}

/** The note on the order of the stages of several processes. */
export function mergedNote(processes: ReadonlySet<number>, stages: FunnelStage[]): string[] {
  if (processes.size < 2 || stages.length === 0) return []
  return [
    `Deals of ${processes.size} processes, stages in the dictionary's order; --process shows one.`,
  ]
}
