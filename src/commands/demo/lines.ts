import type { Db } from '../../book/store/db.ts'
import { addDays } from '../../domain/day.ts'
import type { Portion, Quantity, UnitPrice } from '../../domain/lines/scaled.ts'
import type { Money } from '../../domain/money.ts'
import { addLine, settleLines } from '../../records/lines/change.ts'
import type { Moment } from '../../records/moment.ts'

/** What each title of a deal stands for: so many of the product with this code. */
const SOLD: Record<string, [code: string, pieces: number]> = {
  'Cold store': ['CS-40', 1],
  'Ten freezers': ['FR-10', 10],
  'Service contract': ['SC-12', 1],
  'Display cases': ['DC-2', 5],
  'Spare parts': ['SP-1', 2],
}

const DAYS_BACK = 365
const PIECE = 1_000_000
/** A price has two decimals more than an amount in euros. */
const FINER = 100

/** The price of a piece if so many come to an amount; every amount of the demo can be divided so. */
function priceOf(amount: Money, pieces: number): UnitPrice {
  return ((amount * FINER) / pieces) as UnitPrice
}

/** Gives the deals of the last year the product that they are about, at the amount and cost that they have. */
export async function sellProducts(db: Db, moment: Moment): Promise<void> {
  const products = await db.selectFrom('products').select(['id', 'code', 'unit', 'tax']).execute()
  const deals = await db
    .selectFrom('deals')
    .select(['id', 'title', 'amount', 'cost'])
    .where('opened_on', '>=', addDays(moment.today, -DAYS_BACK))
    .execute()
  for (const { id, title, amount, cost } of deals) {
    const [code, pieces] = SOLD[title] ?? []
    const product = products.find((one) => one.code === code)
    if (!product || pieces === undefined || amount === null || cost === null) continue
    const change = { dealId: id, digits: 2, moment }
    await addLine(db, change, {
      productId: product.id,
      text: null,
      quantity: (pieces * PIECE) as Quantity,
      unit: product.unit,
      price: priceOf(amount, pieces),
      cost: priceOf(cost, pieces),
      discount: 0 as Portion,
      tax: product.tax,
      optional: false,
      alternativeOf: null,
      chosen: false,
    })
    await settleLines(db, change)
  }
}
