import type { Selectable } from 'kysely'
import { ownAmounts } from '../../book/worth.ts'
import type { DealsTable } from '../../book/schema/deals.ts'
import type { Store } from '../../book/store/store.ts'
import type { Cells } from '../row-cells.ts'
import { rowDeals } from '../row-deals.ts'

/** The deal that a row of a history is about. */
export interface Meant {
  /** Its amount and cost are in its own currency, as those of its history. */
  deal: Selectable<DealsTable>
  /** Why no file can give the deal's history, if that is so. */
  refusal: string | null
}

/** Finds the deals that rows of a history name; many rows name one. */
export function historyDeals(store: Store): (cells: Cells) => Meant {
  const dealOf = rowDeals(store)
  const known = new Map<string, Meant>()
  const find = (cells: Cells): Meant => {
    const { deal: found, by, unknown } = dealOf(cells)
    const deal = { ...found, ...ownAmounts(found) }
    if (by === 'number') return { deal, refusal: `${unknown}, and deal ${deal.id} has other steps` }
    const own = `deal ${deal.id} was opened in this book, which knows its course`
    return { deal, refusal: deal.import_id === null ? own : null }
  }
  return (cells) => {
    const names = ['deal', 'title', 'client', 'client-ref'].map(cells.one)
    const key = JSON.stringify(names)
    const deal = known.get(key) ?? find(cells)
    known.set(key, deal)
    return deal
  }
}
