import type { Db } from '../../book/store/db.ts'
import type { Terms } from '../../domain/firm/terms.ts'
import { nameKey } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import { addTerms, listTerms, termsOf } from '../../records/firm/terms.ts'
import { find } from '../../records/lookup.ts'

/** When invoices are due in a book without terms of payment. */
const USUAL: Terms = { days: 30, endOfMonth: false, discount: null, discountDays: null }

const DAYS = /^(\d{1,4})\s*d(?:ays?)?$/

/**
 * Finds terms of payment by name, or by days: `30d`. Plain terms of so many days are added if the book has none.
 * @throws Fault `not-found` if it is neither.
 */
export async function termsNamed(
  db: Db,
  text: string,
): Promise<{ id: number; name: string; isNew: boolean }> {
  const key = nameKey(text)
  const days = DAYS.exec(key)?.[1]
  const all = await listTerms(db)
  const named = all.find(({ name_key: name }) => name === key)
  if (named || days === undefined)
    return { ...(named ?? (await find(db, 'terms', text))), isNew: false }
  const plain = { ...USUAL, days: Number(days) }
  const same = all.find(
    (terms) => terms.days === plain.days && terms.end_of_month === 0 && terms.discount === null,
  )
  if (same) return { ...same, isNew: false }
  const name = counted(plain.days, 'day')
  const { id } = await addTerms(db, name, plain, undefined)
  return { id, name, isNew: true }
}

/** The terms of an invoice: its own, else those of its client, else the default ones, else 30 days. */
export async function termsFor(
  db: Db,
  { terms_id: own, client_id: client }: { terms_id: number | null; client_id: number },
): Promise<{ terms: Terms; id: number | null; name: string | null }> {
  const all = await listTerms(db)
  const { terms_id: usual } = await db
    .selectFrom('clients')
    .select('terms_id')
    .where('id', '=', client)
    .executeTakeFirstOrThrow()
  const wanted = own ?? usual
  const found = all.find(({ id, is_default }) =>
    wanted === null ? is_default === 1 : id === wanted,
  )
  if (!found) return { terms: USUAL, id: null, name: null }
  return { terms: termsOf(found), id: found.id, name: found.name }
}
