import { creditorReference } from './reference.ts'

const TABLE = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]

/** Digits before the check digit. */
const LENGTH = 26

/** The check digit of a Swiss QR reference (modulo 10, recursive): that of 26 digits that end in 20260042 is 7. */
function qrCheckDigit(digits: string): number {
  let carry = 0
  for (const digit of digits) carry = TABLE[(carry + Number(digit)) % 10] ?? 0
  return (10 - carry) % 10
}

/**
 * The reference by which a payment to a QR-IBAN names its invoice: 26 digits and a check digit. Letters of the number
 * count as two digits, as in a creditor reference (A is 10, Z is 35). 2026-0042 is `000000000000000000202600427`. Null if
 * the number has no letter or digit, or too many.
 */
function qrReference(number: string): string | null {
  const signs = number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const digits = Array.from(signs, (sign) => String(Number.parseInt(sign, 36))).join('')
  if (digits === '' || digits.length > LENGTH) return null
  const full = digits.padStart(LENGTH, '0')
  return `${full}${qrCheckDigit(full)}`
}

/** Is it a QR reference whose check digit fits? */
export function isQrReference(text: string): boolean {
  return /^\d{27}$/.test(text) && qrCheckDigit(text.slice(0, LENGTH)) === Number(text.slice(LENGTH))
}

/** Is an IBAN one of the accounts that Swiss QR bills with a QR reference are paid to? Its bank is 30000 to 31999. */
export function isQrIban(iban: string): boolean {
  return /^(?:CH|LI)\d{2}3[01]\d{3}/.test(iban)
}

/**
 * The reference that a payment to an account gives: a QR reference to a QR-IBAN, else a creditor reference. Null if none
 * can be made of the number.
 */
export function paymentReference(number: string, iban: string | null | undefined): string | null {
  return iban != null && isQrIban(iban) ? qrReference(number) : creditorReference(number)
}
