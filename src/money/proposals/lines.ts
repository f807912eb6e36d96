import type { Insertable, Selectable } from 'kysely'
import type { ProposalLinesTable } from '../../book/schema/documents.ts'
import type { DealsTable } from '../../book/schema/deals.ts'
import type { Db } from '../../book/store/db.ts'
import { ownAmounts } from '../../book/worth.ts'
import { Fault } from '../../domain/fault.ts'
import { type InvoiceTotals, invoiceTotals } from '../../domain/invoices/taxes.ts'
import { lineNet } from '../../domain/lines/line.ts'
import { NO_DISCOUNT, ONE, PRICE_DIGITS, type UnitPrice } from '../../domain/lines/scaled.ts'
import { currencyDigits, type Money } from '../../domain/money.ts'
import { type DealLine, loadLines } from '../../records/lines/load.ts'
import { lineTaxes } from '../invoices/line-tax.ts'

/** A line of a proposal as the book has it. */
export type ProposalLine = Selectable<ProposalLinesTable>

/** The same before it is written. */
export type OfferedLine = Omit<Insertable<ProposalLinesTable>, 'id' | 'proposal_id' | 'taken'> &
  Omit<ProposalLine, 'id' | 'proposal_id' | 'taken'>

/** The lines of a proposal in their order. */
export function loadProposalLines(db: Db, proposalId: number): Promise<ProposalLine[]> {
  return db
    .selectFrom('proposal_lines')
    .selectAll()
    .where('proposal_id', '=', proposalId)
    .orderBy('position')
    .execute()
}

/** What the lines come to that count. */
export function offerTotals(
  lines: readonly Pick<OfferedLine, 'net' | 'category' | 'tax' | 'reason' | 'counts'>[],
): InvoiceTotals {
  const counted = lines.filter(({ counts }) => counts === 1)
  return invoiceTotals(counted.map((line) => ({ ...line, rate: line.tax })))
}

/** What the lines that count would come to without their discounts. */
export function fullNet(lines: readonly OfferedLine[], currency: string): Money {
  const digits = currencyDigits(currency)
  return lines
    .filter(({ counts }) => counts === 1)
    .reduce(
      (sum, { quantity, price }) =>
        sum + lineNet({ quantity, price, cost: null, discount: NO_DISCOUNT }, digits),
      0,
    ) as Money
}

/** What offers say of the products of lines, by their numbers. */
async function productTexts(
  db: Db,
  lines: readonly DealLine[],
): Promise<Map<number, string | null>> {
  const ids = [...new Set(lines.flatMap(({ product_id: id }) => (id === null ? [] : [id])))]
  const found = new Map<number, string | null>()
  for (let at = 0; at < ids.length; at += 500) {
    const rows = await db
      .selectFrom('products')
      .select(['id', 'text'])
      .where('id', 'in', ids.slice(at, at + 500))
      .execute()
    for (const { id, text } of rows) found.set(id, text)
  }
  return found
}

/**
 * The lines that an offer of a deal has now: those of the deal, options among them, each with its product's name and
 * what offers say of it; of a deal without lines, its title and amount as one.
 * @param book the code of the book's currency.
 * @throws Fault `failed` if the deal has neither lines nor an amount.
 */
export async function linesOfDeal(
  db: Db,
  deal: Selectable<DealsTable>,
  book: string,
): Promise<OfferedLine[]> {
  const lines = await loadLines(db, deal.id)
  const taxOf = await lineTaxes(db)
  if (lines.length === 0) {
    const { amount } = ownAmounts(deal)
    if (amount === null || amount === 0) {
      const hint = `add its lines: funnel deal line add ${deal.id}; or its amount: funnel deal edit ${deal.id} --amount MONEY`
      throw new Fault('failed', `deal ${deal.id} (${deal.title}) has nothing to offer yet`, hint)
    }
    const digits = currencyDigits(deal.currency ?? book)
    const { category, rate, reason } = taxOf(null)
    return [
      {
        position: 1,
        deal_line_id: null,
        product_id: null,
        text: deal.title,
        quantity: ONE,
        unit: null,
        price: (amount * 10 ** (PRICE_DIGITS - digits)) as UnitPrice,
        discount: NO_DISCOUNT,
        tax: rate,
        category,
        reason,
        net: amount,
        optional: 0,
        alternative_of: null,
        counts: 1,
      },
    ]
  }
  const said = await productTexts(db, lines)
  const positions = new Map(lines.map(({ id, position }) => [id, position]))
  return lines.map((line): OfferedLine => {
    const { category, rate, reason } = taxOf(line.tax)
    const text = line.text ?? (line.product_id === null ? null : said.get(line.product_id))
    const other = line.alternative_of
    return {
      position: line.position,
      deal_line_id: line.id,
      product_id: line.product_id,
      text: [line.product, text].filter((part) => part != null).join('\n'),
      quantity: line.quantity,
      unit: line.unit,
      price: line.price,
      discount: line.discount,
      tax: rate,
      category,
      reason,
      net: line.net,
      optional: line.optional,
      alternative_of: other === null ? null : (positions.get(other) ?? null),
      counts: line.counts,
    }
  })
}

/** Of a line what an offer says, and what a client agrees to. */
const SAID = [
  'text',
  'product_id',
  'quantity',
  'unit',
  'price',
  'discount',
  'tax',
  'optional',
  'alternative_of',
] as const satisfies (keyof OfferedLine)[]

/** Do two lists of lines say the same, whichever of their options are chosen? */
export function saySame(a: readonly OfferedLine[], b: readonly OfferedLine[]): boolean {
  return (
    a.length === b.length &&
    a.every((line, at) => SAID.every((part) => line[part] === b[at]?.[part]))
  )
}
