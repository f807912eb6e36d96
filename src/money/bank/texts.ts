/** A text without blanks around it; null if nothing is left, or if it only says that there is none. */
export function given(text: string | null | undefined): string | null {
  const tidy = (text ?? '').replaceAll(/\s+/g, ' ').trim()
  return tidy === '' || NOTHING.test(tidy) ? null : tidy
}

const NOTHING = /^(?:not ?provided|nonref|notprovided\s.*|none given|n\/a)$/i

/**
 * An amount as a decimal with a point: `1234,5` is 1234.5, `+1,234.50` is 1234.50. A text that is not an amount
 * stays as it is, and is refused where it is read.
 */
export function decimalOf(text: string): string {
  const plain = text
    .replaceAll(/[\s\u00A0\u202F']/g, '')
    .replace(/^\+/, '')
    .replace(/^\u2212/, '-')
  const [comma, point] = [plain.lastIndexOf(','), plain.lastIndexOf('.')]
  const decimal =
    comma > point ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '')
  return decimal.replace(/\.$/, '').replace(/^(-?)\./, '$10.')
}

/** The same amount with the other sign. */
export function negated(decimal: string): string {
  if (decimal.startsWith('-')) return decimal.slice(1)
  return /[1-9]/.test(decimal) ? `-${decimal}` : decimal
}

const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d+))?$/
/** No currency has more decimals; those of ISO 20022 have five at most. */
const PLACES = 5

/** A decimal as a whole number of hundred-thousandths, to add up without rounding; null if it is not one. */
export function exactly(decimal: string | null): bigint | null {
  const [, sign, whole, fraction = ''] = DECIMAL.exec(decimal ?? '') ?? []
  if (whole === undefined || /[1-9]/.test(fraction.slice(PLACES))) return null
  const size = BigInt(whole + fraction.slice(0, PLACES).padEnd(PLACES, '0'))
  return sign === '-' ? -size : size
}

/** Such a whole number as a decimal again: 1234500000n is `12345.00`. */
export function decimalText(exact: bigint): string {
  const digits = String(exact < 0n ? -exact : exact).padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0{1,3}$/, '')
  return `${exact < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${fraction}`
}

/** The lines of a text one after another, without what ends them. */
export function* linesOf(text: string): Generator<string> {
  let from = 0
  while (from < text.length) {
    const end = text.indexOf('\n', from)
    const to = end < 0 ? text.length : end
    yield text.slice(from, to).replace(/\r+$/, '')
    from = to + 1
  }
}
