import type { Store } from '../../book/store/store.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { dueDay } from '../../domain/firm/terms.ts'
import { parsePlan } from '../../domain/invoices/plan.ts'
import { type StoredTerms, termsOf } from '../../records/firm/terms.ts'
import type { InvoiceDraft } from './draft.ts'

const USUAL_DAYS = 30

/** Finds when invoices of files are due: as they say, else by the terms of their client, else by the default ones. */
export function dueDays(store: Store) {
  const all = store.prepare('SELECT * FROM terms').all() as StoredTerms[]
  const ofClient = store.prepare('SELECT terms_id FROM clients WHERE id = ?').pluck()
  return (draft: InvoiceDraft, clientId: number): { dueOn: Day; termsId: number | null } => {
    const { issuedOn, dueOn, plan, kind } = draft
    if (dueOn !== null) return { dueOn, termsId: null }
    if (kind === 'credit') return { dueOn: issuedOn, termsId: null }
    if (plan !== null) {
      const days = parsePlan(plan).at(-1)?.days ?? 0
      return { dueOn: addDays(issuedOn, days), termsId: null }
    }
    const own = ofClient.get(clientId) as number | null
    const terms = all.find(({ id, is_default }) => (own === null ? is_default === 1 : id === own))
    if (!terms) return { dueOn: addDays(issuedOn, USUAL_DAYS), termsId: null }
    return { dueOn: dueDay(termsOf(terms), issuedOn), termsId: terms.id }
  }
}
