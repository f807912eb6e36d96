import { exchanger } from '../../book/rates.ts'
import type { Db } from '../../book/store/db.ts'
import { decimalOf, ONE, PRICE_DIGITS, type UnitPrice } from '../../domain/lines/scaled.ts'
import type { Currency } from '../../domain/money.ts'
import { exchanged, exchangeText } from '../../domain/rate.ts'
import type { Moment } from '../../records/moment.ts'
import { priceFor } from '../../records/products/prices.ts'
import { rowRemarks } from '../left-alone.ts'
import type { KnownProduct } from '../products/find.ts'
import type { LineDraft } from './draft.ts'

interface Books {
  db: Db
  /** The book's. */
  currency: Currency
  moment: Moment
}

const DIGITS = { from: PRICE_DIGITS, to: PRICE_DIGITS }

/** What rows that name a product do not say of price and cost: the product's, at the rate of the day of the import. */
export function usualPrices({ db, currency, moment }: Books) {
  const remarks = rowRemarks()
  let rates: ReturnType<typeof exchanger> | undefined
  return {
    /** Prices and costs in the currency of a deal. @throws Fault `failed` where there is no rate for one. */
    into({ code }: Pick<Currency, 'code'>, row: number) {
      const worth = async (
        what: string,
        { name, currency: own }: KnownProduct,
        value: UnitPrice | null,
      ): Promise<UnitPrice | null> => {
        const from = own ?? currency.code
        if (value === null || from === code) return value
        rates ??= exchanger(db, moment.today)
        const exchange = (await rates)(from, code)
        const price = exchanged(value, from, exchange, DIGITS)
        const text = (one: UnitPrice): string => decimalOf(one, PRICE_DIGITS)
        remarks.add(
          () =>
            `row ${row}: the ${what} of ${name} is ${text(price)} ${code} for ${text(value)} ${from} (${exchangeText(exchange)})`,
        )
        return price
      }
      return {
        async price(
          product: KnownProduct,
          { client_id: clientId }: { client_id: number },
          { quantity }: Pick<LineDraft, 'quantity'>,
        ): Promise<UnitPrice | null> {
          const asked = { clientId, quantity: quantity ?? ONE, on: moment.today }
          return worth('price', product, (await priceFor(db, product, asked))?.price ?? null)
        },
        cost: (product: KnownProduct) => worth('cost', product, product.cost),
      }
    },
    notes: () => remarks.notes(),
  }
}
