import type { Selectable } from 'kysely'
import type { DealsTable } from '../../book/schema/deals.ts'
import type { Store } from '../../book/store/store.ts'
import type { Cells } from '../row-cells.ts'
import { rowDeals } from '../row-deals.ts'

/** The deal that a row of a history is about. */
export interface Meant {
  deal: Selectable<DealsTable>
  /** Why no file can give the deal's history, if that is so. */
  refusal: string | null
}

/** Finds the deals that rows of a history name; many rows name one. */
export function historyDeals(store: Store): (cells: Cells) => Meant {
  const dealOf = rowDeals(store)
  const found = new Map<string, Meant>()
  const find = (cells: Cells): Meant => {
    const { deal, by, unknown } = dealOf(cells)
    if (by === 'number') return { deal, refusal: `${unknown}, and deal ${deal.id} has other steps` }
    const own = `deal ${deal.id} was opened in this book, which knows its course`
    return { deal, refusal: deal.import_id === null ? own : null }
  }
  return (cells) => {
    const names = ['deal', 'title', 'client', 'client-ref'].map(cells.one)
    const key = JSON.stringify(names)
    const deal = found.get(key) ?? find(cells)
    found.set(key, deal)
    return deal
  }
}
