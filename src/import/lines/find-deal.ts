import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { madeNumber } from '../made-refs.ts'
import type { Cells } from '../row-cells.ts'
import { type RowDeal, rowDeals } from '../row-deals.ts'

/** A deal that a line is of. */
export type LineDeal = RowDeal['deal']

/** The fields that say which deal a line is of. */
export const OF_DEAL = ['deal', 'title', 'client', 'client-ref'] as const

/**
 * Finds the deal of each row of a list of lines. A number of this book counts only if the row's title or client is
 * the deal's.
 */
export function lineDeals(store: Store): (cells: Cells) => LineDeal {
  const find = rowDeals(store)
  const clientKey = store.prepare('SELECT name_key FROM clients WHERE id = ?').pluck()
  const byNumber = store.prepare('SELECT * FROM deals WHERE id = ?')
  const deals = new Map<string, LineDeal>()

  const isMeant = (deal: LineDeal, cells: Cells): boolean => {
    const [title, client] = [cells.one('title'), cells.one('client')]
    const agrees = new Set([
      title === null ? null : nameKey(title) === deal.title_key,
      client === null ? null : nameKey(client) === clientKey.get(deal.client_id),
    ])
    return agrees.has(true) && !agrees.has(false)
  }

  /** The deal of this book whose number the row gives, as `7` or as an export writes it. */
  const numbered = (cells: Cells, cause: Fault): LineDeal => {
    const text = cells.one('deal') ?? ''
    const number = madeNumber('deals', text) ?? (/^\d{1,15}$/.test(text) ? Number(text) : null)
    const deal = number === null ? undefined : (byNumber.get(number) as LineDeal | undefined)
    if (!deal) throw cause
    if (isMeant(deal, cells)) return deal
    const way = `its title or client in the row would say that deal ${deal.id} of this book is meant`
    throw new Fault('usage', `${cause.message.split('; nearest')[0]} (${way})`)
  }

  const look = (cells: Cells): LineDeal => {
    try {
      const { deal, by, unknown } = find(cells)
      return by === 'number' ? numbered(cells, new Fault('usage', unknown)) : deal
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return numbered(cells, error)
    }
  }

  /** @throws Fault `usage` if the row names none, none matches, or several have the title. */
  return (cells) => {
    const key = JSON.stringify(OF_DEAL.map(cells.one))
    const deal = deals.get(key) ?? look(cells)
    deals.set(key, deal)
    return deal
  }
}
