import { rowAdder } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { termsRow } from '../../records/firm/terms.ts'
import { nameRow } from '../../records/rows/name.ts'

/** What terms of payment at once are called in files. */
const AT_ONCE = new Set(
  `due on receipt, on receipt, immediate, immediately, prepaid, prepayment, at once, cash, sofort, sofort fällig,
  vorkasse, bar, barzahlung, à réception, comptant, al contado, contado, предоплата, 预付, 立即付款, เงินสด`
    .split(',')
    .map(nameKey),
)

const MOST_DAYS = 365

/** A number of days and nothing else; months, discounts and ends of months are for a person to read. */
const DAYS =
  /^(?:net|netto|zahlbar|zahlbar in|payable in|within|innerhalb von|à|a|en)?\s*(\d{1,3})\s*(?:days?|d|tagen?|jours?|jrs?|días?|dias?|giorni|дней|дня|день|วัน|天)?\s*(?:net|netto|netos?)?$/u

/** The days in `Net 30`, `30 Tage netto`, `30 дней`; null if a text says anything else. */
function daysIn(text: string): number | null {
  if (AT_ONCE.has(nameKey(text))) return 0
  const [, number] = DAYS.exec(nameKey(text)) ?? []
  return number === undefined || Number(number) > MOST_DAYS ? null : Number(number)
}

/** Price lists and terms of payment by the names that files have. */
export interface TradeBook {
  priceList: NamedRow
  terms: NamedRow
  /** True if the book has such terms, or they can be added: their name says how many days. */
  knowsTerms: (text: string) => boolean
}

/** The rows of a table by their names. */
export interface NamedRow {
  /** The number of a name; null if the book has none of that name. */
  known: (text: string) => number | null
  /** The same, but adds what the book lacks: only for a client that gets it. */
  id: (text: string) => number
}

/** The price lists and terms of a book. */
export function tradeBook(store: Store): TradeBook {
  const named = (table: 'price_lists' | 'terms', add: (name: string) => number): NamedRow => {
    const byName = store.prepare(`SELECT id FROM ${table} WHERE name_key = ?`).pluck()
    const known = (text: string): number | null =>
      (byName.get(nameKey(text)) as number | undefined) ?? null
    return { known, id: (text) => known(text) ?? add(tidyName(text)) }
  }
  const [addList, addTerms] = [rowAdder(store, 'price_lists'), rowAdder(store, 'terms')]
  const terms = named('terms', (name) => {
    const days = daysIn(name) ?? 0
    return addTerms(termsRow(name, { days, endOfMonth: false, discount: null, discountDays: null }))
  })
  return {
    priceList: named('price_lists', (name) => addList(nameRow(name))),
    terms,
    knowsTerms: (text) => terms.known(text) !== null || daysIn(text) !== null,
  }
}
