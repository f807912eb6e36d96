import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import { nameKey } from '../../domain/name.ts'
import { isDoubtfulStage } from '../values/stage-words.ts'
import type { StageOrder } from './order.ts'

/** A stage of a process that got stages from a file. */
interface Place {
  processId: number
  process: string
  stage: string
  isNew: 0 | 1
  retired: 0 | 1
  /** The last day on which one of its deals is expected to close; null if it has none. */
  lastClose: string | null
}

const ORDERS: Record<StageOrder['by'], string> = {
  numbers: 'ordered by the numbers in their names',
  chances: 'ordered by the chances to win in the file',
  words: 'in the usual order of a sale',
  appearance: 'in the order in which the file first names them',
}

/** A stage all of whose deals should have closed by now may be a word for how they did. */
function endedNote(added: readonly Place[], today: Day): string {
  const ended = added.find(({ lastClose }) => lastClose !== null && lastClose < today)?.stage
  if (ended === undefined) return ''
  return `. If “${ended}” means won, take it back and give --won "${ended}"; if lost, --lost "${ended}"`
}

/** Stages whose names may also say how a deal ended; their deals are open for now. */
function doubtfulNotes(added: readonly Place[]): string[] {
  return added
    .filter(({ stage }) => isDoubtfulStage(stage))
    .map(
      ({ stage }) =>
        `“${stage}” is read as a stage, whose deals are open. If it means won, take it back and give ` +
        `--won "${stage}"; if lost, --lost "${stage}"`,
    )
}

function orderCommand(process: string): string {
  return `funnel process edit "${process}" --stages "…"`
}

function madeNote(places: readonly Place[], by: StageOrder['by']): string {
  const process = places[0]?.process ?? ''
  const how = places.length === 1 ? '' : `, ${ORDERS[by]}`
  return (
    `the process ${process} is made of the file's stages${how}: ` +
    `${places.map(({ stage }) => stage).join(', ')}. They have no chances to win yet. Another order: ` +
    `${orderCommand(process)}; another name: funnel process edit "${process}" --name NAME; ` +
    'funnel undo takes it back'
  )
}

/** Where each new stage went: before the next one that the process had. */
function placedNote(places: readonly Place[]): string {
  const process = places[0]?.process ?? ''
  const parts = places.flatMap(({ stage, isNew }, at) => {
    if (isNew === 0) return []
    const next = places.slice(at + 1).find((place) => place.isNew === 0)
    return [next ? `${stage} before ${next.stage}` : stage]
  })
  return (
    `stages added to the process ${process}: ${parts.join(', ')}. Another order: ` +
    `${orderCommand(process)}; funnel undo takes it back`
  )
}

/** Remembers what stages processes have, and says what they got since. */
export function stageNews(store: Store, orders: ReadonlyMap<string, StageOrder>) {
  const last = (table: string): number =>
    store.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get() as number
  const lastPlace = last('process_stages')
  const lastProcess = last('processes')
  const staged = new Set(
    store.prepare('SELECT DISTINCT process_id FROM process_stages').pluck().all() as number[],
  )
  const isBlank = (process: number): boolean => !staged.has(process)
  return {
    /** Was the process added since? */
    isMade: (process: number): boolean => process > lastProcess,
    /** Has it no stages except those it got since? */
    isBlank,
    notes(today: Day): { made: string[]; placed: string[]; doubtful: string[] } {
      const rows = store
        .prepare(
          `SELECT p.id AS "processId", p.name AS process, s.name AS stage, ps.id > :last AS "isNew",
             ps.retired, CASE WHEN ps.id > :last THEN (
               SELECT max(coalesce(d.expected_close, '9999')) FROM deals d
               WHERE d.status = 'open' AND d.process_id = p.id AND d.stage_id = s.id
             ) END AS "lastClose"
           FROM process_stages ps JOIN processes p ON p.id = ps.process_id
           JOIN stages s ON s.id = ps.stage_id
           WHERE p.id IN (SELECT process_id FROM process_stages WHERE id > :last)
           ORDER BY p.id, ps.position`,
        )
        .all({ last: lastPlace }) as Place[]
      const made: string[] = []
      const placed: string[] = []
      for (const id of new Set(rows.map(({ processId }) => processId))) {
        const places = rows.filter((row) => row.processId === id && row.retired === 0)
        const ended = endedNote(
          places.filter(({ isNew }) => isNew === 1),
          today,
        )
        const by = orders.get(nameKey(places[0]?.process ?? ''))?.by ?? 'appearance'
        if (isBlank(id)) made.push(madeNote(places, by) + ended)
        else placed.push(placedNote(places) + ended)
      }
      return { made, placed, doubtful: doubtfulNotes(rows.filter(({ isNew }) => isNew === 1)) }
    },
  }
}
