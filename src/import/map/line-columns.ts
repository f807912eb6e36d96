import { columnTitle } from './header.ts'
import { type Proposal, proposeColumns } from './propose.ts'

/** What only a line of a deal has. */
const OF_LINES = new Set(['quantity', 'unit', 'price', 'code', 'discount', 'discount-amount'])

/**
 * The columns of a list of deals that no field took and that say what is sold, if there is one for the quantity:
 * each row may be a line of its deal.
 */
export function lineColumns(columns: readonly Proposal[]): string[] {
  const headers = columns.map(({ header }) => header)
  const asLines = proposeColumns('lines', headers, { map: [], ignore: [] }, [])
  const found = columns.flatMap((column, place) => {
    const target = asLines[place]?.target
    const field = target?.to === 'field' ? target.field : ''
    return column.by === 'none' && OF_LINES.has(field) ? [{ column, field }] : []
  })
  if (found.length < 2 || !found.some(({ field }) => field === 'quantity')) return []
  return found.map(({ column: { header, index } }) => columnTitle(header, index))
}
