import type { Context } from '../../cli/context.ts'
import type { Column, Row } from '../../domain/table.ts'
import {
  dealProducts,
  dealProperties,
  type DealProperty,
  dealTags,
} from '../../records/deal-details.ts'
import { ownCells, type OwnMoney } from './own-money.ts'
import { nextSteps } from '../../records/next-steps.ts'

const PROPERTY = 'property:'

/** The column of a property of deals. */
export function propertyColumn(name: string): Column {
  return { key: PROPERTY + name, label: name, type: 'text' }
}

/** All properties of a deal, for programs. */
export const PROPERTIES: Column = {
  key: 'properties',
  label: 'Properties',
  type: 'pairs',
  hidden: true,
}

/** The properties of a deal as cells: together, and each by its name. */
function propertyCells(properties: readonly DealProperty[]): Row {
  const each = properties.map(({ name, value }) => [PROPERTY + name, value])
  return { ...Object.fromEntries(each), properties: JSON.stringify(properties) }
}

/**
 * Rows of deals with their tags, products, properties and next steps. They are read only where a column shows them, or for
 * programs: most lists on a screen have none of them.
 */
export async function withDetails<D extends { id: number } & OwnMoney>(
  { book, globals }: Pick<Context, 'book' | 'globals'>,
  columns: readonly Column[],
  deals: readonly D[],
): Promise<(Omit<D, 'currency' | 'own_amount'> & Row)[]> {
  const isForPrograms = globals.json === true || globals.csv === true
  const shows = (test: (key: string) => boolean): boolean =>
    isForPrograms || columns.some(({ key, hidden }) => hidden !== true && test(key))
  const { db, settings } = await book()
  const ids = deals.map(({ id }) => id)
  const tags = shows((key) => key === 'tags') ? await dealTags(db, ids) : null
  const products = shows((key) => key === 'products') ? await dealProducts(db, ids) : null
  const properties = shows((key) => key.startsWith(PROPERTY)) ? await dealProperties(db, ids) : null
  const steps = shows((key) => key === 'next_step' || key === 'next_on')
    ? await nextSteps(db, ids)
    : null
  return deals.map(({ currency, own_amount, ...deal }) => ({
    ...deal,
    ...ownCells({ currency, own_amount, ...deal }, settings.currency),
    tags: JSON.stringify(tags?.get(deal.id) ?? []),
    next_step: steps?.get(deal.id)?.text ?? null,
    next_on: steps?.get(deal.id)?.due ?? null,
    products: JSON.stringify(products?.get(deal.id) ?? []),
    ...propertyCells(properties?.get(deal.id) ?? []),
  }))
}
