import type { Db } from '../../book/store/db.ts'
import { fold } from '../../domain/fold.ts'
import { fitOf } from '../../domain/occurrences.ts'
import { judge, type Judged } from './judge.ts'
import { type FieldText, loadTexts, type RecordTexts } from './texts.ts'

/** Of how many products the deals are looked at, and of how many deals, the newest first. */
const PRODUCTS = 20
const DEALS = 200

interface Sold extends RecordTexts {
  kind: 'product'
}

function fieldsOf(product: { name: string; code: string | null; text: string | null }) {
  const { name, code, text } = product
  const fields: FieldText[] = [{ field: 'name', text: name, rank: 0 }]
  if (code !== null) fields.push({ field: 'code', text: code, rank: 0 })
  if (text !== null) fields.push({ field: 'text', text, rank: 2 })
  return fields
}

/** How many of the words a product holds. */
function wordsHeld({ fields }: Sold, words: readonly string[]): number {
  const texts = fields.map(({ text }) => fold(text))
  return words.filter((word) => texts.some((text) => fitOf(text, word) !== null)).length
}

/** Deals with some products in their lines, and these as texts of the deal. */
async function dealsWith(db: Db, products: readonly Sold[]): Promise<RecordTexts[]> {
  if (products.length === 0) return []
  const sold = new Map(products.map((product) => [product.id, product]))
  const lines = await db
    .selectFrom('deal_lines')
    .select(['deal_id', 'product_id'])
    .distinct()
    .where('product_id', 'in', [...sold.keys()])
    .orderBy('deal_id', 'desc')
    .limit(DEALS)
    .execute()
  const deals = await loadTexts(db, 'deal', [...new Set(lines.map((line) => line.deal_id))])
  const textsOf = (deal: number): FieldText[] =>
    lines
      .filter((line) => line.deal_id === deal)
      .flatMap((line) => sold.get(line.product_id ?? 0)?.fields ?? [])
      .map(({ text }) => ({ field: 'product', text, rank: 2 }))
  return deals.map((deal) => ({ ...deal, fields: [...deal.fields, ...textsOf(deal.id)] }))
}

/**
 * Products that hold all the words, and deals that hold them together with a product in their lines. A book has
 * few products: they are looked through without an index.
 * @param isWanted is a record one of those that are searched?
 */
export async function lookInProducts(
  db: Db,
  words: readonly string[],
  isWanted: (record: RecordTexts) => boolean,
): Promise<Judged[]> {
  const rows = await db.selectFrom('products').select(['id', 'name', 'code', 'text']).execute()
  const products = rows
    .map((row): Sold => {
      const none = { clientId: null, client: null, day: null }
      return { kind: 'product', id: row.id, ...none, fields: fieldsOf(row) }
    })
    .map((product) => ({ product, held: wordsHeld(product, words) }))
    .filter(({ held }) => held > 0)
    .toSorted((a, b) => b.held - a.held)
    .map(({ product }) => product)
  const deals = await dealsWith(db, products.slice(0, PRODUCTS))
  return [...products, ...deals].filter(isWanted).flatMap((record) => judge(record, words) ?? [])
}
