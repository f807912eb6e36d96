import { centsText, type Encoded, MOST_CENTS, oneLine } from './code.ts'

/** A transfer that a code asks for. */
export interface Transfer {
  /** Who is paid. */
  name: string
  iban: string
  bic: string | null
  /** In euro cents. */
  cents: number
  /** A creditor reference (RF…), or any other text. */
  reference: string | null
}

/** What a QR code of version 13 holds at level M, in bytes. */
const MOST_BYTES = 331
const MOST_NAME = 70
const MOST_TEXT = 140

const encoder = new TextEncoder()

/**
 * A SEPA credit transfer as the text of a QR code (EPC069-12, version 002, UTF-8; Girocode). The bytes must be coded at
 * level M. A name over 70 letters is cut.
 */
export function epcPayload({ name, iban, bic, cents, reference }: Transfer): Encoded {
  const payee = oneLine(name, MOST_NAME)
  if (payee === '') return { lacks: 'the account has no name of its holder' }
  if (cents < 1 || cents > MOST_CENTS) {
    return { lacks: 'codes in euros ask for 0.01 to 999,999,999.99' }
  }
  const text = oneLine(reference ?? '', MOST_TEXT)
  const isReference = /^RF\d{2}[A-Z0-9]{1,21}$/.test(text)
  const payload = (title: string): string =>
    [
      'BCD',
      '002',
      '1',
      'SCT',
      bic ?? '',
      title,
      iban,
      `EUR${centsText(cents)}`,
      '',
      isReference ? text : '',
      isReference ? '' : text,
    ]
      .join('\n')
      .trimEnd()
  const letters = Array.from(payee)
  if (encoder.encode(payload(letters[0] ?? '')).length > MOST_BYTES) {
    return { lacks: 'the reference is too long' }
  }
  // Letters of other scripts take two or three bytes each.
  while (encoder.encode(payload(letters.join(''))).length > MOST_BYTES) letters.pop()
  return { payload: payload(letters.join('').trim()) }
}
