import type { Store } from '../../book/store/store.ts'
import type { Selectable } from 'kysely'
import type { DealsTable } from '../../book/schema/deals.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import type { Cells } from '../row-cells.ts'
import { nearestDeals } from '../deal-names.ts'
import { madeNumber } from '../made-refs.ts'
import { titledDeals } from '../titled-deals.ts'

type DealRow = Selectable<DealsTable>

/** The deal that a row of a history is about. */
export interface Meant {
  deal: DealRow
  /** Why no file can give the deal's history, if that is so. */
  refusal: string | null
}

function unknown(ref: string | null, title: string | null, client: string | null): string {
  const names = [
    ...(ref === null ? [] : [`the reference${title === null ? ' or title' : ''} “${ref}”`]),
    ...(title === null ? [] : [`the title “${title}”`]),
  ].join(', or ')
  return `the book has no deal with ${names}${client === null ? '' : `, of the client “${client}”`}`
}

function byTheFile(deal: DealRow): Meant {
  const own = `deal ${deal.id} was opened in this book, which knows its course`
  return { deal, refusal: deal.import_id === null ? own : null }
}

/**
 * Finds the deals that rows of a history name: by reference, else by a number that an export turned into
 * a reference, else by title, among the client's deals if the row names a client. If a file
 * has one column for the deal, it may contain references or titles.
 */
export function historyDeals(store: Store): (cells: Cells) => Meant {
  const byRef = store.prepare('SELECT * FROM deals WHERE ref = ?')
  const byNumber = store.prepare('SELECT * FROM deals WHERE id = ? AND ref IS NULL')
  const byId = store.prepare('SELECT * FROM deals WHERE id = ?')
  const titled = titledDeals(store)
  const near = nearestDeals(store)
  const clientNamed = store.prepare('SELECT id FROM clients WHERE name_key = ? LIMIT 1').pluck()
  const found = new Map<string, Meant>()

  const find = (ref: string | null, title: string | null, cells: Cells): Meant => {
    const referred = ref === null ? undefined : (byRef.get(ref) as DealRow | undefined)
    if (referred) return byTheFile(referred)
    const client = { ref: cells.one('client-ref'), name: cells.one('client') }
    const text = unknown(ref, title, client.name)
    const number = madeNumber('deals', ref)
    const numbered = number === null ? undefined : (byNumber.get(number) as DealRow | undefined)
    if (numbered) {
      return { deal: numbered, refusal: `${text}, and deal ${numbered.id} has other steps` }
    }
    const id = titled({ title: title ?? ref ?? '', ref: title === null ? null : ref, client })
    if (id === null) {
      const owner = (clientNamed.get(nameKey(client.name ?? '')) as number | undefined) ?? null
      throw new Fault(
        'usage',
        text + near(title === null ? 'either' : 'title', title ?? ref ?? '', owner),
      )
    }
    return byTheFile(byId.get(id) as DealRow)
  }

  /** @throws Fault `usage` if the row names none, none matches, or several have the title. */
  return (cells) => {
    const ref = cells.one('deal')
    const title = cells.one('title')
    if (ref === null && title === null) throw new Fault('usage', 'the row names no deal')
    const key = JSON.stringify([ref, title, cells.one('client'), cells.one('client-ref')])
    const deal = found.get(key) ?? find(ref, title, cells)
    found.set(key, deal)
    return deal
  }
}
