/** A run of letters or of digits in a text, in capitals. */
export interface Atom {
  text: string
  isDigits: boolean
  /** What stands between it and the run before. */
  before: string
}

const RUN = /\p{Nd}+|\p{L}[\p{L}\p{M}]*/gu
const DIGITS = /^\p{Nd}/u

/** The runs of letters and of digits of a text: `RG2026-0042` has three, RG, 2026 and 0042. */
export function atomsOf(text: string): Atom[] {
  const plain = text.normalize('NFKC').toUpperCase()
  const atoms: Atom[] = []
  let last = 0
  for (const { 0: run, index } of plain.matchAll(RUN)) {
    atoms.push({ text: run, isDigits: DIGITS.test(run), before: plain.slice(last, index) })
    last = index + run.length
  }
  return atoms
}

/** A text without anything but letters and digits, in capitals: what spellings of a number share. */
export function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{M}\p{Nd}]/gu, '')
}

/** What spellings of the number of a bank account share: an IBAN in groups, a number with leading zeros. */
export function accountKey(account: string): string {
  return squeezed(account).replace(/^0+(?=.)/, '')
}
