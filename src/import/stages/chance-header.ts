import type { Proposal } from '../map/target.ts'
import { namesChance } from '../values/chance-words.ts'

/** The column of chances to win: set by hand, if it was mapped so, else whatever the other program wrote there. */
export function chanceColumn(columns: readonly Proposal[]): Proposal | undefined {
  return (
    columns.find(({ target }) => target.to === 'field' && target.field === 'chance') ??
    columns.find(({ target, header }) => target.to !== 'field' && namesChance(header))
  )
}
