import { type Atom, squeezed } from './atoms.ts'

/** Shorter numbers occur in any text; digits alone need one more. */
const LEAST_SIGNS = 5

const YEAR = String.raw`(?:19|20)\d\d`
const MONTH = String.raw`(?:0?[1-9]|1[0-2])`
const DAY = String.raw`(?:0?[1-9]|[12]\d|3[01])`
const DATE = new RegExp(
  `^(?:(?:${DAY}-)?${MONTH}-${YEAR}|${YEAR}-${MONTH}(?:-${DAY})?|${YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))$`,
)

/**
 * Could the number of an invoice stand in a text by chance? It is short, or can be read as a day or a month: `42`,
 * `2026-11`, `20261128`.
 */
export function isCommonNumber(number: string, atoms: readonly Atom[]): boolean {
  const key = squeezed(number)
  const least = atoms.every(({ isDigits }) => isDigits) ? LEAST_SIGNS + 1 : LEAST_SIGNS
  return key.length < least || DATE.test(atoms.map(({ text }) => text).join('-'))
}

/** What is written right before the number of an invoice, without a blank. */
const WORDS = new Set(
  (
    'R RG RGNR RNR RE RENR RECH RECHNR RECHNUNG RECHNUNGSNR RECHNUNGSNUMMER NR NUMMER NO N NUM ' +
    'INV INVNO INVOICE BILL FACTURE FACT FAC FA F FACTURA FRA FATTURA FT FAKTURA СЧ СЧЕТ СЧЁТ СЧЕТУ СЧЁТУ СФ 发票'
  ).split(' '),
)

/** Does a word before a number say that it is an invoice's? Others have numbers of their own: an offer, an order. */
export function saysInvoice(word: string): boolean {
  return WORDS.has(word)
}
