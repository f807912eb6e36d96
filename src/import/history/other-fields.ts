import { counted } from '../../domain/text.ts'
import type { Cells } from '../row-cells.ts'
import { headerKey } from '../map/header.ts'
import { dictionaryOf, meaningsOf } from '../map/synonyms/index.ts'

const SHOWN = 3

/**
 * What a row of a history of all fields is about, if that is another field than the stage
 * (`Amount`, `CloseDate`, or that the deal was created); null if it is the stage, or no column says.
 */
export function otherChange(cells: Cells): string | null {
  const changed = cells.one('changed')
  if (changed === null) return null
  const key = headerKey(changed)
  const isStage = (['deals', 'history'] as const).some((kind) =>
    meaningsOf(key, dictionaryOf(kind)).some(({ field }) => field === 'stage'),
  )
  return isStage ? null : changed
}

/** Says how many rows were about other fields. @param others rows by what they were about. */
export function otherNotes(others: ReadonlyMap<string, number>): string[] {
  if (others.size === 0) return []
  const rows = [...others.values()].reduce((sum, count) => sum + count, 0)
  const names = [...others.keys()]
  const more = names.length - SHOWN
  const which = names.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '')
  const were = rows === 1 ? 'was' : 'were'
  return [`${counted(rows, 'row')} ${were} skipped: about other fields than the stage (${which})`]
}
