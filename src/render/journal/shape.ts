import type { Entry, Posting } from '../../domain/journal/entry.ts'
import { type Currency, toDecimal } from '../../domain/money.ts'

/** A journal on its way into a file: its entries, and the names in it. */
export interface Journal {
  currency: Currency
  /** Its entries, by day; they can be read more than once. */
  entries: () => AsyncIterable<Entry>
  client: (id: number) => string
  account: (posting: Posting) => string
  /** Accounts that files written before have declared. */
  declared: ReadonlySet<string>
}

/** The longest text, in characters: ledger reads lines of up to 4,096 bytes. */
const LONGEST = 500

/** A text on one line, with a dash for signs that mean something in a journal, cut where it is too long. */
export function plain(text: string, signs: RegExp): string {
  const line = text
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .replaceAll(signs, '-')
    .trim()
  if (line.length <= LONGEST) return line
  return `${Array.from(line).slice(0, LONGEST).join('')}…`
}

/** The accounts that a journal uses and no file has declared yet, in order. */
export async function newAccounts({ entries, declared, account }: Journal): Promise<string[]> {
  const accounts = new Set<string>()
  for await (const { postings } of entries()) for (const one of postings) accounts.add(account(one))
  return [...accounts].filter((name) => !declared.has(name)).toSorted()
}

/** An amount as journals write it: `-2280.00 EUR`. */
export function amountText(minor: number, currency: Currency): string {
  return `${toDecimal(minor, currency).toFixed(currency.digits)} ${currency.code}`
}
