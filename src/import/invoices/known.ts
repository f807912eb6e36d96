import type { Selectable } from 'kysely'
import type { InvoicesTable } from '../../book/schema/money.ts'
import type { Store } from '../../book/store/store.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { clientNames } from '../client-names.ts'
import type { dealNames } from '../deal-names.ts'
import type { NameBook } from '../names.ts'
import type { Origin } from '../outcome.ts'
import type { Cells } from '../row-cells.ts'
import type { InvoiceDraft } from './draft.ts'

/** An invoice of the book. */
export type KnownInvoice = Selectable<InvoicesTable>

function orNull<T>(look: () => T): T | null {
  try {
    return look()
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

/** Compares rows with the invoices of the book that have their numbers: those were issued, and never change. */
export function invoiceComparison(
  store: Store,
  { names, dealOf }: { names: NameBook; dealOf: ReturnType<typeof dealNames> },
) {
  const clientOf = clientNames(store, null)
  const client = store.prepare('SELECT ref, name_key FROM clients WHERE id = ?')

  const isClient = (cells: Cells, id: number, origin: Origin): boolean => {
    const named = { ref: cells.one('client-ref'), name: cells.one('client') }
    if (named.ref === null && named.name === null) return true
    const own = client.get(id) as { ref: string | null; name_key: string }
    if (named.ref !== null && named.ref === own.ref) return true
    if (named.name !== null && nameKey(named.name) === own.name_key) return true
    return orNull(() => clientOf(named, origin)) === id
  }
  const isDeal = (cells: Cells, known: KnownInvoice): boolean => {
    const named = { ref: cells.one('deal-ref'), title: cells.one('deal') }
    if (named.ref === null && named.title === null) return true
    const deal = orNull(() => dealOf(named, () => known.client_id))
    return deal?.id === known.deal_id
  }
  /** The fields whose cells say something else than the book. */
  return (known: KnownInvoice, draft: InvoiceDraft, cells: Cells, origin: Origin): string[] => {
    const owner = draft.owner === null ? null : names.known('owners', draft.owner)
    const isSame: [field: string, same: boolean][] = [
      ['kind', draft.kind === known.kind],
      ['client', isClient(cells, known.client_id, origin)],
      ['deal', isDeal(cells, known)],
      ['owner', draft.owner === null || owner === known.owner_id],
      ['issued', draft.issuedOn === known.issued_on],
      ['due', draft.dueOn === null || draft.dueOn === known.due_on],
      ['voided', draft.voidedOn === null || draft.voidedOn === known.voided_on],
      ['amount', draft.gross === known.gross],
      ['tax', !draft.isTaxed || draft.tax === known.tax],
      ['currency', draft.currency === known.currency],
    ]
    return isSame.flatMap(([field, same]) => (same ? [] : [field]))
  }
}
