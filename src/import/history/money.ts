import type { RateFinder } from '../../book/rates.ts'
import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import type { Rate } from '../../domain/rate.ts'
import type { FileEvent } from '../events.ts'
import type { Cells } from '../row-cells.ts'
import { saidCurrency } from '../said-currency.ts'

const MONEY = ['amount', 'cost'] as const

/**
 * The currency of the amounts of a row: null is the book's. A row without amounts, or of a deal in the book's currency,
 * need not say so.
 * @param deal its currency: null is the book's.
 * @throws Fault `usage` if nothing says in what they are.
 */
export function rowCurrency(
  cells: Cells,
  { id, currency: own }: { id: number; currency: string | null },
  book: string,
): string | null {
  const said = saidCurrency(cells, MONEY, book)
  if (said !== undefined) return said
  if (own === null || MONEY.every((field) => cells.one(field) === null)) return own
  const way = `a column “currency” would say that they are in ${own}`
  throw new Fault(
    'usage',
    `deal ${id} is in ${own}, and the amounts of the row are in ${book} (${way})`,
  )
}

/**
 * The amount of a row in the currency of its deal.
 * @param isAlone does the row name no event, which would have an amount of its own?
 * @throws Fault `usage` if it is in another currency, and stands alone.
 */
export function stepAmount(
  cells: Cells,
  deal: { id: number; currency: string | null },
  book: string,
  isAlone: boolean,
): Money | null {
  const { id, currency: own } = deal
  const currency = own === null && isAlone ? null : rowCurrency(cells, deal, book)
  if (currency === own) return cells.money('amount', own)
  if (!isAlone) return null
  const [is, would] = [own ?? book, currency ?? book]
  throw new Fault('usage', `deal ${id} is in ${is}, and the amount of the row in ${would}`)
}

/**
 * Events with the rates that nothing gives: those of their days, and once the deal is closed, the one that it was closed
 * with.
 * @param events in their order.
 */
export function withRates(events: readonly FileEvent[], rateOf: RateFinder): FileEvent[] {
  let closed: Rate | null | undefined
  return events.map((event) => {
    const { kind, at, currency = null } = event
    const usual = (): Rate | null =>
      currency === null ? null : (rateOf(currency, at)?.rate ?? null)
    const kept = kind === 'amended' ? closed : undefined
    const rate = event.rate === undefined ? (kept ?? usual()) : event.rate
    if (kind === 'won' || kind === 'lost') closed = rate
    if (kind === 'reopened') closed = undefined
    return { ...event, currency, rate }
  })
}
