import { sql } from 'kysely'
import { nameKey } from '../../domain/name.ts'
import { find } from '../lookup.ts'
import { allow, among, anyOf, column, type Compile, splitNone, type Truth } from './test.ts'

/** Deals with a line of a product: `product=CR-20`, also as an option. A field alone: of any product. */
export const withProduct: Compile = async (db, condition) => {
  allow(condition, ['=', '!=', '~'])
  const { known: texts } = splitNone(condition)
  const having = (deal: string, fits: Truth): Truth => sql`EXISTS (
    SELECT 1 FROM deal_lines AS l JOIN products AS p ON p.id = l.product_id
    WHERE l.deal_id = ${column(deal, 'id')} AND ${fits})`
  const ids =
    condition.operator === '~'
      ? await containing(db, texts)
      : await Promise.all(texts.map(async (text) => (await find(db, 'product', text)).id))
  return (deal) =>
    anyOf(condition, having(deal, sql`true`), () => having(deal, among(sql`p.id`, ids)))
}

/** The products with one of some texts in code or name. */
async function containing(db: Parameters<Compile>[0], texts: readonly string[]): Promise<number[]> {
  const keys = texts.map(nameKey)
  const rows = await db.selectFrom('products').select(['id', 'name_key', 'code_key']).execute()
  return rows
    .filter(({ name_key: name, code_key: code }) =>
      keys.some((key) => name.includes(key) || code?.includes(key)),
    )
    .map(({ id }) => id)
}
