import { Fault } from '../../domain/fault.ts'
import { parsePortion } from '../../domain/lines/read.ts'
import {
  type Portion,
  PRICE_DIGITS,
  type Quantity,
  QUANTITY_DIGITS,
  type UnitPrice,
} from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import type { Cells } from '../row-cells.ts'
import { isBlankWord } from '../values/blank.ts'
import { isTicked, yesNo } from '../values/words.ts'

/** What a row says about a line; null is not said. */
export interface LineDraft {
  code: string | null
  product: string | null
  text: string | null
  position: number | null
  quantity: Quantity | null
  unit: string | null
  price: UnitPrice | null
  cost: UnitPrice | null
  discount: Portion | null
  /** The discount if its cell is an amount, which it may be without a percent sign. */
  discountOrAmount: Money | null
  /** What is surely an amount, off the line or off each unit. */
  discountAmount: Money | null
  unitDiscount: UnitPrice | null
  tax: Portion | null
  optional: boolean | null
  /** The number of another line of the deal. */
  alternativeTo: number | null
  chosen: boolean | null
  total: Money | null
}

/** What of a row is money. */
const MONEY = ['price', 'cost', 'discount', 'discount-amount', 'unit-discount', 'total'] as const

/**
 * Makes sure that the prices of a row are in the currency of its deal, if that is not the book's.
 * @throws Fault `usage` if they are not, or nothing says so.
 */
function requireCurrencyOf(
  { id, currency: own }: { id: number; currency: string | null },
  cells: Cells,
  book: string,
): void {
  if (own === null) return
  const currency = cells.currency(MONEY)
  const isPriced = MONEY.some((field) => !(cells.one(field) ?? '%').includes('%'))
  if (currency === own || !isPriced) return
  const way = currency === null ? ` (a column “currency” would say that they are in ${own})` : ''
  const is = currency ?? book
  throw new Fault('usage', `deal ${id} is in ${own}, and the prices of the row are in ${is}${way}`)
}

/** Does a row say what is taken off? */
export function saysDiscount(draft: LineDraft): boolean {
  const { discount, discountOrAmount, discountAmount, unitDiscount } = draft
  return [discount, discountOrAmount, discountAmount, unitDiscount].some((one) => one !== null)
}

/** A number above zero that counts lines. @throws Fault `usage` for anything else. */
function lineNumber(cells: Cells, field: string): number | null {
  const text = cells.one(field)
  if (text === null || isBlankWord(text)) return null
  const number = /^0*(\d{1,9})(?:[.,]0+)?$/.exec(text)?.[1]
  if (number !== undefined && number !== '') {
    const value = Number(number)
    if (value > 0) return value
  }
  throw new Fault('usage', `the ${field} “${text}” is not the number of a line`)
}

/** @throws Fault `usage` if the cell says neither yes nor no. */
function yesOrNo(cells: Cells, field: string): boolean | null {
  const text = cells.one(field)
  if (text === null || isBlankWord(text)) return null
  const answer = isTicked(text) ? cells.ticks(field) : yesNo(text)
  if (answer !== null) return answer
  throw new Fault('usage', `${field} is “${text}”, which is neither yes nor no`)
}

/** A percentage in a text, with four decimals at most; one below zero is left for the reader to refuse. */
function percentIn(text: string): string | undefined {
  const found = /(?<![\d.,-])\d{1,3}(?:[.,]\d+)?\s*%/.exec(text)?.[0]
  return found?.replace(/([.,]\d{4})\d+/, '$1')
}

/** A share in percent, also with words around it: `VAT 19%`. @throws Fault `usage` if there is none. */
function taxRate(cells: Cells): Portion | null {
  const text = cells.one('tax')
  if (text === null || isBlankWord(text)) return null
  return parsePortion(percentIn(text) ?? text, 'tax rate')
}

/** A discount in percent, or a number that may be an amount. @throws Fault `usage` if it is neither. */
function discountIn(
  cells: Cells,
  currency: string | null,
): Pick<LineDraft, 'discount' | 'discountOrAmount'> {
  const text = cells.one('discount')
  if (text === null || isBlankWord(text)) return { discount: null, discountOrAmount: null }
  const share = percentIn(text)
  if (share !== undefined) {
    return { discount: parsePortion(share, 'discount'), discountOrAmount: null }
  }
  const discountOrAmount = cells.money('discount', currency)
  try {
    return { discount: parsePortion(text, 'discount'), discountOrAmount }
  } catch (error) {
    // Over 100 it is an amount; a share such as 0.05 is neither.
    if (!(error instanceof Fault) || discountOrAmount === null || /^0*[.,]/.test(text)) throw error
    return { discount: null, discountOrAmount }
  }
}

/**
 * Reads a row as a line of a deal, in its currency.
 * @param deal `currency` null is the book's.
 * @param book the code of the book's currency.
 * @throws Fault `usage` with the reason if it cannot be read.
 */
export function draftLine(
  cells: Cells,
  deal: { id: number; currency: string | null },
  book: string,
): LineDraft {
  requireCurrencyOf(deal, cells, book)
  const { currency } = deal
  const [code, product] = [cells.one('code'), cells.one('product')]
  const text = cells.all('text').join('\n') || null
  if (code === null && product === null && text === null) {
    throw new Fault('usage', 'the row names neither a product nor a text')
  }
  const quantity = cells.number('quantity', QUANTITY_DIGITS) as Quantity | null
  if (quantity === 0) throw new Fault('usage', 'the quantity is 0')
  const alternativeTo = lineNumber(cells, 'alternative-to')
  const optional = yesOrNo(cells, 'optional')
  const chosen = yesOrNo(cells, 'chosen')
  if (optional === true && alternativeTo !== null) {
    throw new Fault('usage', 'a line is an option or an alternative, and not both')
  }
  return {
    code,
    product,
    text,
    position: lineNumber(cells, 'position'),
    quantity,
    unit: cells.one('unit'),
    price: cells.scaled('price', PRICE_DIGITS, currency) as UnitPrice | null,
    cost: cells.scaled('cost', PRICE_DIGITS, currency) as UnitPrice | null,
    ...discountIn(cells, currency),
    discountAmount: cells.money('discount-amount', currency),
    unitDiscount: cells.scaled('unit-discount', PRICE_DIGITS, currency) as UnitPrice | null,
    tax: taxRate(cells),
    optional,
    alternativeTo,
    chosen,
    total: cells.money('total', currency),
  }
}
