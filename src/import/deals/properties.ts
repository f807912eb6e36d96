import type { Store } from '../../book/store/store.ts'
import { dealPropertyRow } from '../../records/rows/deal.ts'
import { tagBook } from '../tags.ts'
import type { DealDraft } from './draft.ts'
import type { DealTables } from './tables.ts'

type Properties = DealDraft['properties']

/** Writes what rows know of deals beyond the fields, by the rules of clients' properties. */
export function dealPropertyWriter(store: Store, to: DealTables) {
  const names = tagBook(store, 'properties')
  const update = store.prepare(
    'UPDATE deal_properties SET value = ? WHERE deal_id = ? AND property_id = ?',
  )
  const ofDeal = store
    .prepare('SELECT property_id, value FROM deal_properties WHERE deal_id = ?')
    .raw()
  return {
    /** Gives a new deal its properties, the first of each name. */
    add(deal: number, properties: Properties): void {
      const has = new Set<number>()
      for (const { name, value } of properties) {
        const id = names.id(name)
        if (!has.has(id)) to.properties.add(dealPropertyRow(deal, id, value))
        has.add(id)
      }
    },
    /**
     * Gives a deal of the book the properties that it lacks; with `overwrite` also those with other values.
     * @returns how many were written, and the names of those that differ and were left alone.
     */
    fill(deal: number, properties: Properties, overwrite: boolean) {
      const done = { written: 0, left: [] as string[] }
      if (properties.length === 0) return done
      const has = new Map(ofDeal.all(deal) as [number, string][])
      for (const { name, value } of properties) {
        const id = names.id(name)
        const before = has.get(id)
        if (before === value) continue
        if (before !== undefined && !overwrite) {
          done.left.push(name)
          continue
        }
        if (before === undefined) to.properties.add(dealPropertyRow(deal, id, value))
        else update.run(value, deal, id)
        has.set(id, value)
        done.written += 1
      }
      return done
    },
    forget: names.forget,
  }
}
