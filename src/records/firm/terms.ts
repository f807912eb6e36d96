import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { TermsTable } from '../../book/schema/firm.ts'
import { Fault } from '../../domain/fault.ts'
import type { Terms } from '../../domain/firm/terms.ts'
import { counted } from '../../domain/text.ts'
import { nameColumns } from '../dictionaries.ts'
import { addNamed, dropNamed, editNamed, inOrder } from './named.ts'

/** Terms as the book has them. */
export type StoredTerms = Selectable<TermsTable>

/** Terms of payment out of the columns of the book. */
export function termsOf(row: StoredTerms): Terms {
  return {
    days: row.days,
    endOfMonth: row.end_of_month === 1,
    discount: row.discount,
    discountDays: row.discount_days,
  }
}

/** @throws Fault `usage` if a discount has no days or days no discount, or they are beyond those to pay in. */
function requireSound({ days, endOfMonth, discount, discountDays }: Terms): void {
  if ((discount === null) !== (discountDays === null)) {
    const hint = 'write --discount 2% --within 10'
    throw new Fault('usage', 'an early discount needs a percentage and days', hint)
  }
  if (discountDays !== null && discountDays > days && !endOfMonth) {
    const message = `the discount would end after ${discountDays} days, and payment is due after ${days}`
    throw new Fault('usage', message, 'give fewer days with --within, or more with --days')
  }
}

function columns(terms: Terms) {
  return {
    days: terms.days,
    end_of_month: terms.endOfMonth ? (1 as const) : (0 as const),
    discount: terms.discount,
    discount_days: terms.discountDays,
  } satisfies Updateable<TermsTable>
}

/** Terms as a new row of the book. */
export function termsRow(name: string, terms: Terms): Insertable<TermsTable> {
  return { ...nameColumns(name), ...columns(terms), is_default: 0 }
}

/** Adds terms of payment. Returns their number, and whether they are the default ones. */
export async function addTerms(
  db: Db,
  name: string,
  terms: Terms,
  isDefault: true | undefined,
): Promise<{ id: number; isDefault: boolean }> {
  requireSound(terms)
  return addNamed(db, 'terms', termsRow(name, terms), isDefault)
}

/** Changes terms of payment; what is left out stays. */
export async function editTerms(
  db: Db,
  id: number,
  edit: Partial<Terms> & { name?: string | undefined; isDefault?: true | undefined },
): Promise<void> {
  const { name, isDefault, ...changes } = edit
  const terms = { ...termsOf(await loadTerms(db, id)), ...changes }
  requireSound(terms)
  const set = {
    ...(Object.keys(changes).length === 0 ? {} : columns(terms)),
    ...(name === undefined ? {} : nameColumns(name)),
  }
  await editNamed(db, 'terms', id, set, isDefault)
}

/** Terms by their number. */
function loadTerms(db: Db, id: number): Promise<StoredTerms> {
  return db.selectFrom('terms').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** All terms, the default ones first. */
export async function listTerms(db: Db, locale: string | null = null): Promise<StoredTerms[]> {
  return inOrder(await db.selectFrom('terms').selectAll().execute(), locale)
}

/** Removes terms. Returns whether none of several are the default ones now. @throws Fault `usage` if clients have them. */
export async function dropTerms(
  db: Db,
  { id, name }: { id: number; name: string },
): Promise<boolean> {
  const { count } = await db
    .selectFrom('clients')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('terms_id', '=', id)
    .executeTakeFirstOrThrow()
  if (count > 0) {
    const message = `${counted(count, 'client')} ${count === 1 ? 'has' : 'have'} the terms ${name}`
    const hint = `give them others: funnel client edit --where "terms=${name}" --set terms=none`
    throw new Fault('usage', message, hint)
  }
  return dropNamed(db, 'terms', id)
}
