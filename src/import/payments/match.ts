import type { PaymentKind } from '../../book/schema/money.ts'
import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import type { PaymentDraft } from './draft.ts'

/** A payment as far as rows are compared with it. */
export interface KnownPayment {
  id: number
  client_id: number
  kind: PaymentKind
  paid_on: Day
  amount: number
  currency: string
}

const refKey = (kind: string, ref: string): string => `${kind} ${ref}`

/**
 * Finds the payments that rows are about: by kind and reference, else by client, day, kind and amount. Of several that
 * are the same, the second row is about the second one.
 */
export function paymentMatches(store: Store) {
  const byId = store.prepare(
    'SELECT id, client_id, kind, paid_on, amount, currency FROM payments WHERE id = ?',
  )
  const same = store
    .prepare(
      `SELECT id FROM payments WHERE client_id = ? AND paid_on = ? AND kind = ? AND amount = ? AND currency = ?
       ORDER BY id LIMIT 1 OFFSET ?`,
    )
    .pluck()
  // There is no index for references.
  const rows = store.prepare('SELECT id, kind, ref FROM payments WHERE ref IS NOT NULL').all() as {
    id: number
    kind: string
    ref: string
  }[]
  const refs = new Map<string, KnownPayment | number>()
  for (const { id, kind, ref } of rows.toReversed()) refs.set(refKey(kind, ref), id)
  const seen = new Map<string, number>()
  const keyOf = ({ on, kind, amount, currency }: PaymentDraft, client: number): string =>
    `${client} ${on} ${kind} ${amount} ${currency}`
  return {
    find(draft: PaymentDraft, client: number): KnownPayment | undefined {
      const { ref, kind, on, amount, currency } = draft
      if (ref !== null) {
        const found = refs.get(refKey(kind, ref))
        return typeof found === 'number' ? (byId.get(found) as KnownPayment) : found
      }
      const place = seen.get(keyOf(draft, client)) ?? 0
      const id = same.get(client, on, kind, amount, currency, place) as number | undefined
      return id === undefined ? undefined : (byId.get(id) as KnownPayment)
    },
    /** Remembers a row that was taken, so that the next one like it is about another payment. */
    taken(draft: PaymentDraft, client: number, id: number): void {
      const { ref, kind, on, amount, currency } = draft
      const key = keyOf(draft, client)
      if (ref === null) seen.set(key, (seen.get(key) ?? 0) + 1)
      else if (!refs.has(refKey(kind, ref))) {
        const known = { id, client_id: client, kind, paid_on: on, amount, currency }
        refs.set(refKey(kind, ref), known)
      }
    },
  }
}
