import { isQrIban, isQrReference } from '../invoices/qr-reference.ts'
import { centsText, type Encoded, MOST_CENTS, oneLine } from './code.ts'

/** Somebody with an address, as invoices keep them. */
interface Party {
  name: string
  street: string | null
  postcode: string | null
  town: string | null
  /** A code of ISO 3166. */
  country: string | null
}

/** What a Swiss QR bill asks for. */
export interface Bill {
  iban: string
  creditor: Party
  debtor: Party
  currency: string
  /** In cents, or in hundredths of a franc. */
  cents: number
  /** A QR reference to a QR-IBAN; otherwise a creditor reference, or any other text. */
  reference: string | null
  message: string
}

/** A structured address, in the order of a bill: type, name, street, number, postcode, town, country. */
export type Lines = readonly string[]

const NOBODY: Lines = ['', '', '', '', '', '', '']

/** What Swiss bills may be written with: Latin letters with the accents of Europe. */
const WRITABLE = /^[\u0020-\u007E\u00A0-\u017F\u0218-\u021B\u20AC]*$/

const SIGNS: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‐': '-',
  '–': '-',
  '—': '-',
  '…': '...',
}

/** A text as bills are written; undefined if it has letters that they may not have. */
function written(text: string, most: number): string | undefined {
  const plain = oneLine(text, 1000).replaceAll(/[‘’‚“”„‐–—…]/g, (sign) => SIGNS[sign] ?? sign)
  const bare = WRITABLE.test(plain)
    ? plain
    : Array.from(plain, (sign) =>
        WRITABLE.test(sign) ? sign : sign.normalize('NFD').replaceAll(/\p{M}/gu, ''),
      ).join('')
  return WRITABLE.test(bare) ? oneLine(bare, most) : undefined
}

/** A street and the number of a house: `Lange Gasse 12a` is `Lange Gasse` and `12a`. */
function houseOf(street: string): [street: string, number: string] {
  const found = /^(.*\D)\s+(\d[\w/-]{0,8}(?:\s[a-zA-Z])?)$/.exec(street.trim())
  return [found?.[1]?.replace(/,$/, '') ?? street, found?.[2] ?? '']
}

/** An address of a bill, or what it lacks: a word for it. */
function addressLines({ name, street, postcode, town, country }: Party): Lines | string {
  if (!postcode?.trim()) return 'postcode'
  if (!town?.trim()) return 'town'
  if (country === null || !/^[A-Z]{2}$/.test(country)) return 'country'
  const [road, house] = houseOf(street ?? '')
  const lines = [
    written(name, 70),
    written(road, 70),
    written(house, 16),
    written(postcode, 16),
    written(town, 35),
  ]
  if (lines.includes(undefined)) return 'name in Latin letters'
  if (lines[0] === '') return 'name'
  return ['S', ...lines.map((line) => line ?? ''), country]
}

const REFERENCE = /^RF\d{2}[A-Z0-9]{1,21}$/

/** The kind of a reference and the reference: `QRR`, `SCOR` or `NON`; undefined if it does not fit the account. */
function referenceLines({ iban, reference }: Bill): [kind: string, text: string] | undefined {
  const text = reference ?? ''
  if (isQrIban(iban)) return isQrReference(text) ? ['QRR', text] : undefined
  return REFERENCE.test(text) ? ['SCOR', text] : ['NON', '']
}

/**
 * A Swiss QR bill as the text of its QR code (Swiss Implementation Guidelines QR-bill 2.3, structured addresses only). A
 * debtor whose address is not complete is left for the payer to fill in.
 */
export function swissPayload(bill: Bill): Encoded {
  const { iban, creditor, debtor, currency, cents, message } = bill
  if (!/^(?:CH|LI)/.test(iban)) return { lacks: 'the account is not Swiss' }
  if (currency !== 'CHF' && currency !== 'EUR') return { lacks: 'bills are in CHF or EUR' }
  if (cents < 1 || cents > MOST_CENTS) return { lacks: 'bills ask for 0.01 to 999,999,999.99' }
  const own = addressLines(creditor)
  if (typeof own === 'string') return { lacks: `your company has no ${own}` }
  const theirs = addressLines(debtor)
  const reference = referenceLines(bill)
  if (!reference) return { lacks: 'the account is a QR-IBAN, and the reference is not one for it' }
  const [kind, text] = reference
  const note = written(kind === 'NON' ? (bill.reference ?? message) : message, 140) ?? ''
  const lines = [
    ['SPC', '0200', '1', iban],
    own,
    NOBODY,
    [centsText(cents), currency],
    typeof theirs === 'string' ? NOBODY : theirs,
    [kind, text, note, 'EPD'],
  ]
  return { payload: lines.flat().join('\n') }
}

/** What stands on a bill, for people. */
export interface BillText {
  iban: string
  creditor: Lines
  /** Empty lines if the payer is to write its name. */
  debtor: Lines
  amount: string
  currency: string
  reference: string
  message: string
}

/** Reads a bill from the text of its code, so that both say the same. */
export function billText(payload: string): BillText {
  const lines = payload.split('\n')
  const at = (index: number): string => lines[index] ?? ''
  return {
    iban: at(3),
    creditor: lines.slice(4, 11),
    debtor: lines.slice(20, 27),
    amount: at(18),
    currency: at(19),
    reference: at(28),
    message: at(29),
  }
}
