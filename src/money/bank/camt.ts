import { counted } from '../../domain/text.ts'
import { batchParts } from './camt-batch.ts'
import {
  type Balance,
  blankStatement,
  type Booking,
  type Statement,
  type StatementFile,
  unknownFormat,
} from './statement.ts'
import { decimalOf, negated } from './texts.ts'
import { allInside, inside, readXml, textInside, type XmlElement } from '../xml.ts'

const MESSAGE = /\b(\w{4}\.\d{3})\.(\d{3})\.(\d{2})\b/
const KNOWN = 'camt.052, camt.053 and camt.054 in the versions 001.02 to 001.13'
const [FIRST_VERSION, LAST_VERSION] = [2, 13]

/** What each message has around its statements, and what it calls one. */
const MESSAGES: Record<string, string> = {
  BkToCstmrAcctRpt: 'camt.052',
  BkToCstmrStmt: 'camt.053',
  BkToCstmrDbtCdtNtfctn: 'camt.054',
}
const STATEMENTS = new Set(['Rpt', 'Stmt', 'Ntfctn'])

/** The message that a document says it is, `camt.053.001.08`; null if it says nothing. */
function messageOf({ attributes }: XmlElement): RegExpExecArray | null {
  return MESSAGE.exec(Object.values(attributes).join(' '))
}

/** @throws Fault `usage` if it is another message, or a version that nobody has seen yet. */
function requireKnown(found: RegExpExecArray | null, name: string): void {
  if (!found) return
  const [whole, message = '', variant, version] = found
  const isStatement = Object.values(MESSAGES).includes(message)
  const number = Number(version)
  if (isStatement && variant === '001' && number >= FIRST_VERSION && number <= LAST_VERSION) return
  throw unknownFormat(name, whole, KNOWN)
}

/** `CRDT` is money that came in; a reversal says what it does itself, not what was reversed. */
export function signedAmount(amount: string, direction: string | null): string {
  const decimal = decimalOf(amount)
  return direction === 'DBIT' ? negated(decimal) : decimal
}

/** A day, of which a moment may be given; the zone is that of the bank. */
function dayIn(element: XmlElement | undefined, name: string): string | null {
  return textInside(element, `${name}>Dt`, `${name}>DtTm`)?.slice(0, 10) ?? null
}

function balanceOf(statement: XmlElement, codes: readonly string[]): Balance | null {
  for (const code of codes) {
    const found = allInside(statement, 'Bal').find(
      (balance) => textInside(balance, 'Tp>CdOrPrtry>Cd') === code,
    )
    const amount = textInside(found, 'Amt')
    if (amount === null) continue
    return { amount: signedAmount(amount, textInside(found, 'CdtDbtInd')), day: dayIn(found, 'Dt') }
  }
  return null
}

/** What is not yet booked: pending, of a day to come, or only for information. */
const PENDING = new Set(['PDNG', 'FUTR', 'INFO'])

function bookingsOf(entry: XmlElement, remarks: Remarks): Booking[] {
  const amount = textInside(entry, 'Amt')
  const direction = textInside(entry, 'CdtDbtInd')
  const [booked, value] = [dayIn(entry, 'BookgDt'), dayIn(entry, 'ValDt')]
  const status = textInside(entry, 'Sts>Cd', 'Sts')
  const whole = {
    booked: booked ?? value,
    value,
    amount: amount === null ? null : signedAmount(amount, direction),
    currency: inside(entry, 'Amt')?.attributes.Ccy ?? null,
    bankRef: textInside(entry, 'AcctSvcrRef'),
    isPending: PENDING.has(status ?? ''),
    problem:
      direction === 'CRDT' || direction === 'DBIT'
        ? null
        : 'it does not say whether money came in or went out (CdtDbtInd)',
  }
  const { bookings, parts } = batchParts(entry, whole)
  if (parts > 1 && bookings.length === 1) remarks.wholeBatches += 1
  return bookings
}

/** What was noticed on the way. */
interface Remarks {
  wholeBatches: number
}

function notesOf({ wholeBatches }: Remarks): string[] {
  if (wholeBatches === 0) return []
  const are = counted(wholeBatches, 'batch is', 'batches are')
  return [`${are} kept as one booking: the amounts of its payments are not given, or do not add up`]
}

/**
 * Reads a statement of ISO 20022: camt.052, camt.053 or camt.054, whatever prefix or version its elements have.
 * A booking of several payments is split into them if their amounts add up to it.
 * @throws Fault `usage` if it is another message, an unknown version, or breaks off.
 */
export function readCamt(text: string, name: string): StatementFile {
  const statements: Statement[] = []
  const remarks: Remarks = { wholeBatches: 0 }
  let bookings: Booking[] = []
  const seen: { format: string | null; message: string | null } = { format: null, message: null }
  const onElement = (element: XmlElement, around: readonly XmlElement[]): boolean => {
    const [root] = around
    if (root && seen.format === null) {
      const found = around.map(messageOf).find((one) => one !== null) ?? null
      requireKnown(found, name)
      seen.format = found?.[0] ?? ''
    }
    const parent = around.at(-1)?.name ?? ''
    if (element.name === 'Ntry' && STATEMENTS.has(parent)) {
      for (const booking of bookingsOf(element, remarks)) bookings.push(booking)
      return true
    }
    const holder = MESSAGES[parent]
    if (holder === undefined || !STATEMENTS.has(element.name)) return false
    seen.message = holder
    statements.push({
      ...blankStatement(),
      account: textInside(element, 'Acct>Id>IBAN', 'Acct>Id>Othr>Id', 'Acct>Id>PrtryAcct>Id'),
      currency: textInside(element, 'Acct>Ccy'),
      opening: balanceOf(element, ['OPBD', 'PRCD']),
      closing: balanceOf(element, ['CLBD']),
      bookings,
    })
    bookings = []
    return true
  }
  readXml(text, name, onElement)
  if (seen.message === null) {
    throw unknownFormat(name, `${seen.format || 'XML'} without a statement`, KNOWN)
  }
  return { format: seen.format || seen.message, statements, notes: notesOf(remarks) }
}
