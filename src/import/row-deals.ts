import type { Selectable } from 'kysely'
import type { DealsTable } from '../book/schema/deals.ts'
import type { Store } from '../book/store/store.ts'
import { Fault } from '../domain/fault.ts'
import { nameKey } from '../domain/name.ts'
import { nearestDeals } from './deal-names.ts'
import { madeNumber } from './made-refs.ts'
import type { Cells } from './row-cells.ts'
import { titledDeals } from './titled-deals.ts'

type DealRow = Selectable<DealsTable>

/** A deal of the book that a row names. */
export interface RowDeal {
  deal: DealRow
  /** How it was found: a number that an export turned into a reference may be that of another book's deal. */
  by: 'ref' | 'number' | 'title'
  /** What the row says of it, for a refusal: `the book has no deal with the reference “X”`. */
  unknown: string
}

function unknownDeal(ref: string | null, title: string | null, client: string | null): string {
  const names = [
    ...(ref === null ? [] : [`the reference${title === null ? ' or title' : ''} “${ref}”`]),
    ...(title === null ? [] : [`the title “${title}”`]),
  ].join(', or ')
  return `the book has no deal with ${names}${client === null ? '' : `, of the client “${client}”`}`
}

/**
 * Finds the deals that rows name: by reference, else by a number that an export turned into
 * a reference, else by title, among the client's deals if the row names a client. If a file
 * has one column for the deal, it may contain references or titles.
 */
export function rowDeals(store: Store): (cells: Cells) => RowDeal {
  const byRef = store.prepare('SELECT * FROM deals WHERE ref = ?')
  const byNumber = store.prepare('SELECT * FROM deals WHERE id = ? AND ref IS NULL')
  const byId = store.prepare('SELECT * FROM deals WHERE id = ?')
  const titled = titledDeals(store)
  const near = nearestDeals(store)
  const clientNamed = store.prepare('SELECT id FROM clients WHERE name_key = ? LIMIT 1').pluck()

  /** @throws Fault `usage` if the row names none, none matches, or several have the title. */
  return (cells) => {
    const ref = cells.one('deal')
    const title = cells.one('title')
    if (ref === null && title === null) throw new Fault('usage', 'the row names no deal')
    const client = { ref: cells.one('client-ref'), name: cells.one('client') }
    const unknown = unknownDeal(ref, title, client.name)
    const referred = ref === null ? undefined : (byRef.get(ref) as DealRow | undefined)
    if (referred) return { deal: referred, by: 'ref', unknown }
    const number = madeNumber('deals', ref)
    const numbered = number === null ? undefined : (byNumber.get(number) as DealRow | undefined)
    if (numbered) return { deal: numbered, by: 'number', unknown }
    const id = titled({ title: title ?? ref ?? '', ref: title === null ? null : ref, client })
    if (id !== null) return { deal: byId.get(id) as DealRow, by: 'title', unknown }
    const owner = (clientNamed.get(nameKey(client.name ?? '')) as number | undefined) ?? null
    const by = title === null ? 'either' : 'title'
    throw new Fault('usage', unknown + near(by, title ?? ref ?? '', owner))
  }
}
