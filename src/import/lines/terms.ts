import { discountOf } from '../../domain/lines/discount.ts'
import { lineNet, taxOn } from '../../domain/lines/line.ts'
import type { Portion, Quantity, UnitPrice } from '../../domain/lines/scaled.ts'
import { ONE, PRICE_DIGITS } from '../../domain/lines/scaled.ts'
import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import { type LineDraft, saysDiscount } from './draft.ts'

/** Quantity, price and discount of a row, worked out of what it gives. */
export interface DraftTerms {
  quantity: Quantity
  price: UnitPrice
  discount: Portion
}

const NONE = 0 as Portion

/**
 * The price of a unit of a line that says only what it comes to; null if that is not exact. A total may be before
 * a discount or after it, so with one it says nothing.
 */
function priceOfTotal(draft: LineDraft, digits: number): UnitPrice | null {
  const { total, quantity } = draft
  if (total === null || saysDiscount(draft)) return null
  const units = (quantity ?? ONE) / ONE
  const price = Math.round((total * 10 ** (PRICE_DIGITS - digits)) / units) as UnitPrice
  const terms = { quantity: quantity ?? ONE, price, cost: null, discount: NONE }
  return lineNet(terms, digits) === total ? price : null
}

/** @throws Fault `usage` if what is taken off comes to no discount. */
function discountIn(
  draft: LineDraft,
  { quantity, price }: Omit<DraftTerms, 'discount'>,
  digits: number,
): Portion {
  const { discount, discountOrAmount, discountAmount, unitDiscount, total } = draft
  const line = { quantity, price, cost: null }
  const isTotal = (portion: Portion | null): boolean =>
    portion !== null && total === lineNet({ ...line, discount: portion }, digits)
  const asAmount = discountOrAmount === null ? null : discountOf(line, discountOrAmount, digits)
  // A number without a percent sign is an amount if the total says so.
  if (discount !== null && (isTotal(discount) || !isTotal(asAmount))) return discount
  const off =
    unitDiscount === null
      ? (discountOrAmount ?? discountAmount)
      : lineNet({ ...line, price: unitDiscount, discount: NONE }, digits)
  if (off === null) return NONE
  const found = discountOf(line, off, digits)
  if (found !== null) return found
  throw new Fault('usage', 'what is taken off the line comes to no discount: give it in percent')
}

/**
 * Quantity, price and discount of a line. Without a quantity it is one; without a price the product's if its
 * total agrees or there is none, else what the total says, else the product's all the same.
 * @param usual the price that the book has for it; null if none.
 * @throws Fault `usage` if nothing gives a price.
 */
export function termsOf(draft: LineDraft, usual: UnitPrice | null, digits: number): DraftTerms {
  const quantity = draft.quantity ?? ONE
  const at = (price: UnitPrice): DraftTerms => ({
    quantity,
    price,
    discount: discountIn(draft, { quantity, price }, digits),
  })
  if (draft.price !== null) return at(draft.price)
  if (usual !== null && otherTotal(draft, at(usual), digits) === null) return at(usual)
  const price = priceOfTotal(draft, digits) ?? usual
  if (price === null) throw new Fault('usage', 'the line has no price, and no product that has one')
  return at(price)
}

/** What the line comes to if that is not its total, which may be before the discount or with tax; else null. */
export function otherTotal(
  { total, tax }: LineDraft,
  terms: DraftTerms,
  digits: number,
): Money | null {
  if (total === null) return null
  const line = { ...terms, cost: null }
  const net = lineNet(line, digits)
  const gross = lineNet({ ...line, discount: NONE }, digits)
  const taxed = tax === null ? net : net + taxOn(net, tax)
  return [net, gross, taxed].some((one) => Math.abs(one - total) <= 1) ? null : net
}
