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

/** Finds price lists and terms of payment by the names that files have. */
export interface TradeBook {
  /** The number of a price list, which is added if the book has none of that name. */
  priceList: (text: string) => number
  /** True if the book has such terms, or they can be added: their name says how many days. */
  knowsTerms: (text: string) => boolean
  /** The number of terms, which are added if the book has none of that name. */
  terms: (text: string) => number
  /** What was added. */
  notes: () => string[]
}

/** The price lists and terms of a book. */
export function tradeBook(store: Store): TradeBook {
  const byName = (table: 'price_lists' | 'terms') =>
    store.prepare(`SELECT id FROM ${table} WHERE name_key = ?`).pluck()
  const [lists, terms] = [byName('price_lists'), byName('terms')]
  const [addList, addTerms] = [rowAdder(store, 'price_lists'), rowAdder(store, 'terms')]
  const added = { 'price list': new Set<string>(), terms: new Set<string>() }
  const known = (text: string): number | undefined => terms.get(nameKey(text)) as number | undefined
  return {
    priceList(text) {
      const found = lists.get(nameKey(text)) as number | undefined
      if (found !== undefined) return found
      added['price list'].add(tidyName(text))
      return addList(nameRow(tidyName(text)))
    },
    knowsTerms: (text) => known(text) !== undefined || daysIn(text) !== null,
    terms(text) {
      const found = known(text)
      if (found !== undefined) return found
      added.terms.add(tidyName(text))
      const days = daysIn(text) ?? 0
      return addTerms(
        termsRow(tidyName(text), { days, endOfMonth: false, discount: null, discountDays: null }),
      )
    },
    notes: () =>
      Object.entries(added).flatMap(([what, names]) =>
        names.size === 0 ? [] : [`new ${what}: ${[...names].join(', ')}`],
      ),
  }
}
