import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { dealPropertyRow } from '../../records/rows/deal.ts'
import { tagBook } from '../tags.ts'
import type { DealDraft } from './draft.ts'

type Properties = DealDraft['properties']

/** Writes what rows know of deals beyond the fields, by the rules of clients' properties. */
export function dealPropertyWriter(store: Store) {
  const names = tagBook(store, 'properties')
  const add = rowAdder(store, 'deal_properties')
  const update = store.prepare(
    'UPDATE deal_properties SET value = ? WHERE deal_id = ? AND property_id = ?',
  )
  const ofDeal = store
    .prepare('SELECT property_id, value FROM deal_properties WHERE deal_id = ?')
    .raw()
  return {
    /**
     * Gives a deal the properties that it lacks; with `overwrite` also those that it has otherwise.
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
        if (before === undefined) add(dealPropertyRow(deal, id, value))
        else update.run(value, deal, id)
        has.set(id, value)
        done.written += 1
      }
      return done
    },
    forget: names.forget,
  }
}
