import type { Selectable } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { TaxesTable } from '../../book/schema/firm.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { requireFitting, type TaxCategory, usualCategory } from '../../domain/firm/tax-category.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import { parsePortion } from '../../domain/lines/read.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import { nameColumns } from '../dictionaries.ts'
import { find } from '../lookup.ts'
import { addNamed, dropNamed, editNamed, inOrder } from './named.ts'

/** A tax as the book has it. */
export type Tax = Selectable<TaxesTable>

/** What a tax has besides its name; what is left out is not known, or stays as it is. */
export interface TaxValues {
  rate?: Portion
  category?: TaxCategory
  reason?: string | null
  validFrom?: Day | null
  isDefault?: true | undefined
}

const tidy = (text: string | null): string | null => tidyName(text ?? '') || null

/** Adds a tax. Returns its number, and whether it is the default one. */
export async function addTax(
  db: Db,
  name: string,
  { rate, category, reason = null, validFrom = null, isDefault }: TaxValues & { rate: Portion },
): Promise<{ id: number; isDefault: boolean }> {
  const kind = category ?? usualCategory(rate, tidy(reason))
  requireFitting(kind, rate)
  const row = { ...nameColumns(name), rate, category: kind, reason: tidy(reason) }
  return addNamed(db, 'taxes', { ...row, valid_from: validFrom, is_default: 0 }, isDefault)
}

/**
 * Changes a tax. Products that have it get its new rate; lines of deals keep the rate they were entered with.
 * @returns how many products got another rate.
 */
export async function editTax(
  db: Db,
  id: number,
  { name, rate, category, reason, validFrom, isDefault }: TaxValues & { name?: string | undefined },
): Promise<number> {
  const before = await loadTax(db, id)
  const [next, kind] = [rate ?? before.rate, category ?? before.category]
  requireFitting(kind, next)
  const set = {
    ...(name === undefined ? {} : nameColumns(name)),
    ...(rate === undefined ? {} : { rate }),
    ...(category === undefined ? {} : { category }),
    ...(reason === undefined ? {} : { reason: tidy(reason) }),
    ...(validFrom === undefined ? {} : { valid_from: validFrom }),
  }
  await editNamed(db, 'taxes', id, set, isDefault)
  if (next === before.rate) return 0
  const { numUpdatedRows } = await db
    .updateTable('products')
    .set({ tax: next })
    .where('tax_id', '=', id)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** A tax by its number. */
function loadTax(db: Db, id: number): Promise<Tax> {
  return db.selectFrom('taxes').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** All taxes, the default one first. */
export async function listTaxes(db: Db, locale: string | null = null): Promise<Tax[]> {
  return inOrder(await db.selectFrom('taxes').selectAll().execute(), locale)
}

/** Removes a tax. Returns whether none of several is the default one now. @throws Fault `usage` if products have it. */
export async function dropTax(
  db: Db,
  { id, name }: { id: number; name: string },
): Promise<boolean> {
  const used = await db
    .selectFrom('products')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('tax_id', '=', id)
    .executeTakeFirstOrThrow()
  if (used.count > 0) {
    const message = `${counted(used.count, 'product')} ${used.count === 1 ? 'has' : 'have'} the tax ${name}`
    throw new Fault('usage', message, 'give them another: funnel product edit PRODUCT --tax NAME')
  }
  return dropNamed(db, 'taxes', id)
}

/** A rate, and the tax of the book that it is that of; null for none. */
export interface ChosenTax {
  rate: Portion
  id: number | null
  name: string | null
}

/** The tax that a rate is that of: the default one if it has that rate, else the only one that does, else none. */
export function taxWithRate<T extends Pick<Tax, 'rate' | 'is_default'>>(
  taxes: readonly T[],
  rate: Portion,
): T | undefined {
  const found = taxes.filter((tax) => tax.rate === rate)
  return found.find((tax) => tax.is_default === 1) ?? (found.length === 1 ? found[0] : undefined)
}

/** What is written as a rate, with or without its sign. */
const RATE = /^\s*\d[\d.,]*\s*%?\s*$/

/**
 * Finds a tax by its name, or takes a rate: `Standard`, `19%`.
 * @throws Fault `usage` if it is not a rate; `not-found` if no tax, or more than one, has such a name.
 */
export async function findTax(db: Db, text: string): Promise<ChosenTax> {
  const taxes = await listTaxes(db)
  const named = taxes.find((tax) => tax.name_key === nameKey(text))
  if (named) return named
  if (!RATE.test(text) && taxes.length > 0) return loadTax(db, (await find(db, 'tax', text)).id)
  const rate = parsePortion(text, 'tax rate')
  return taxWithRate(taxes, rate) ?? { rate, id: null, name: null }
}

/** The tax that is taken where none is named; null if the book has no taxes. */
export async function defaultTax(db: Db): Promise<ChosenTax | null> {
  return (await listTaxes(db)).find((tax) => tax.is_default === 1) ?? null
}

/** `19% (Standard)`; only the rate if it is of none of the book's taxes. */
export function taxText({ rate, name }: Pick<ChosenTax, 'rate' | 'name'>): string {
  return name === null ? percentText(rate) : `${percentText(rate)} (${name})`
}
