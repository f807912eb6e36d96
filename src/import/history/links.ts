import { nameKey } from '../../domain/name.ts'
import type { Day } from '../../domain/day.ts'
import type { HistoryRow } from './events-from-rows.ts'
import type { FileEvent } from '../events.ts'

interface Link extends HistoryRow {
  row: number
  event: FileEvent | null
}

/** The stage that a row says the deal was in before; null if its process has no such stage. */
export function fromStage(
  name: string | null,
  stages: readonly { name: string; stageId: number }[],
): number | null {
  if (name === null) return null
  return stages.find((stage) => nameKey(stage.name) === nameKey(name))?.stageId ?? null
}

function earliest(days: readonly Day[]): Day | null {
  return days.toSorted()[0] ?? null
}

/** Rows by day, then as the file has them. An opening without a day comes first. */
export function inOrderOfDay<T extends Link>(rows: readonly T[]): T[] {
  const first = earliest(rows.map(({ at }) => at))
  const dated = rows.map((row) =>
    row.event?.day_known === 0 && first !== null
      ? { ...row, at: first, event: { ...row.event, at: first } }
      : row,
  )
  return dated.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.row - b.row))
}

/** The rows that come from another stage than the one the row before entered. */
export function brokenLinks(inOrder: readonly Link[]): number[] {
  return inOrder.flatMap(({ from, row }, at) => {
    const before = inOrder[at - 1]?.stageId ?? null
    const isBroken = from != null && before !== null && from !== before
    return isBroken ? [row] : []
  })
}

/** How many rows a note names. */
const NAMED = 5

/** Says where steps seem to be missing. */
export function brokenNote(rows: readonly number[]): string[] {
  if (rows.length === 0) return []
  const shown = rows.slice(0, NAMED).join(', ')
  const more = rows.length > NAMED ? ` and ${rows.length - NAMED} more` : ''
  const which = rows.length === 1 ? 'Row' : 'Rows'
  const name = rows.length === 1 ? 'names' : 'name'
  return [
    `${which} ${shown}${more} ${name} another stage before than the row above: steps may be missing`,
  ]
}
