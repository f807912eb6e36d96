import type { Store } from '../../book/store/store.ts'
import { dealTagRow } from '../../records/rows/deal.ts'
import { tagBook } from '../tags.ts'
import type { DealTables } from './tables.ts'

/** Writes the tags that rows give to deals; a deal keeps those that it has. */
export function dealTagWriter(store: Store, to: DealTables) {
  const names = tagBook(store, 'categories')
  const ofDeal = store.prepare('SELECT category_id FROM deal_tags WHERE deal_id = ?').pluck()
  return {
    /** Gives a new deal its tags. */
    add(deal: number, tags: readonly string[]): void {
      if (tags.length === 0) return
      for (const id of new Set(tags.map(names.id))) to.tags.add(dealTagRow(deal, id))
    },
    /** Gives a deal of the book the tags that it lacks. Returns whether there were any. */
    fill(deal: number, tags: readonly string[]): boolean {
      if (tags.length === 0) return false
      const has = new Set(ofDeal.all(deal) as number[])
      const lacking = [...new Set(tags.map(names.id))].filter((id) => !has.has(id))
      for (const id of lacking) to.tags.add(dealTagRow(deal, id))
      return lacking.length > 0
    },
    forget: names.forget,
  }
}
