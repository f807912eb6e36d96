import { Fault } from '../../domain/fault.ts'
import { quoted } from '../../domain/plain-text.ts'
import { type OfxElement, readTags } from './ofx-tags.ts'
import {
  type Balance,
  blankBooking,
  blankStatement,
  type Booking,
  type Statement,
  type StatementFile,
  unknownFormat,
} from './statement.ts'
import { decimalOf, given } from './texts.ts'

const KNOWN = 'OFX 1.0 to 1.6 and 2.0 to 2.3'

/** The version in the header, such as 102 or 211; null if it has none. */
function versionOf(text: string): string | null {
  const start = text.slice(0, 2000)
  return (
    /^\s*VERSION\s*:\s*(\w+)/im.exec(start)?.[1] ??
    /<\?OFX\b[^>]*\bVERSION\s*=\s*["'](\w+)/i.exec(start)?.[1] ??
    null
  )
}

/** @throws Fault `usage` if it is one that nobody has seen yet. */
function formatOf(text: string, name: string): string {
  const version = versionOf(text)
  if (version === null) return 'OFX'
  const format = `OFX ${version.slice(0, 1)}.${version.slice(1)}`
  if (/^(?:1[0-6]\d|2[0-3]\d)$/.test(version)) return format
  throw unknownFormat(name, format, KNOWN)
}

/** `20261102120000[-5:EST]` is the day at the bank: 2026-11-02. */
function dayOf(text: string | null): string | null {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/.exec(text ?? '') ?? []
  return year === undefined ? text : `${year}-${month}-${day}`
}

/** The text of the first of several tags inside an element, not of those further inside. */
function textOf(element: OfxElement | undefined, ...tags: readonly string[]): string | null {
  for (const tag of tags) {
    const text = element?.children.find((one) => one.name === tag)?.text.trim()
    if (text) return text
  }
  return null
}

function child(element: OfxElement | undefined, name: string): OfxElement | undefined {
  return element?.children.find((one) => one.name === name)
}

function bookingOf(element: OfxElement, currency: string | null, isPending: boolean): Booking {
  const amount = textOf(element, 'TRNAMT')
  const name = given(textOf(element, 'NAME')) ?? given(textOf(child(element, 'PAYEE'), 'NAME'))
  const memo = given(textOf(element, 'MEMO'))
  const account = child(element, 'BANKACCTTO') ?? child(element, 'CCACCTTO')
  return {
    ...blankBooking(),
    booked: dayOf(textOf(element, 'DTPOSTED', 'DTTRAN')),
    value: dayOf(textOf(element, 'DTAVAIL')),
    amount: amount === null ? null : decimalOf(amount),
    currency: textOf(child(element, 'CURRENCY'), 'CURSYM') ?? currency,
    party: name,
    partyAccount: given(textOf(account, 'ACCTID')),
    text: memo,
    bankRef: given(textOf(element, 'FITID')),
    e2eRef: given(textOf(element, 'REFNUM', 'CHECKNUM')),
    isPending,
  }
}

function balanceOf(element: OfxElement | undefined): Balance | null {
  const amount = textOf(element, 'BALAMT')
  if (amount === null) return null
  return { amount: decimalOf(amount), day: dayOf(textOf(element, 'DTASOF')) }
}

const STATEMENTS = new Set(['STMTRS', 'CCSTMTRS'])

function statementOf(element: OfxElement, bookings: Booking[]): Statement {
  const account = child(element, 'BANKACCTFROM') ?? child(element, 'CCACCTFROM')
  const [bank, number] = [textOf(account, 'BANKID'), textOf(account, 'ACCTID')]
  return {
    ...blankStatement(),
    account: number === null || bank === null ? number : `${bank}/${number}`,
    currency: textOf(element, 'CURDEF'),
    closing: balanceOf(child(element, 'LEDGERBAL')),
    bookings,
  }
}

/** @throws Fault `usage` if the bank says that the file is an answer to a question that failed. */
function requireSuccess(status: OfxElement, name: string): void {
  if (textOf(status, 'SEVERITY')?.toUpperCase() !== 'ERROR') return
  const said = textOf(status, 'MESSAGE', 'CODE') ?? ''
  const hint = 'download the statement again from the bank'
  throw new Fault('usage', `${name} holds an error of the bank: ${quoted(said)}`, hint)
}

/**
 * Reads OFX (also called QFX or Money): version 1, whose tags need not be closed, or 2, which is XML.
 * @throws Fault `usage` if it has no statement, breaks off, or is an unknown version.
 */
export function readOfx(text: string, name: string): StatementFile {
  const format = formatOf(text, name)
  const statements: Statement[] = []
  let bookings: Booking[] = []
  readTags(text, name, (element, around) => {
    const { name: tag } = element
    if (tag === 'STATUS') requireSuccess(element, name)
    if (tag === 'STMTTRN' || tag === 'STMTTRNP') {
      // The currency of the account stands before the list, in the element of the statement.
      const statement = around.find((one) => STATEMENTS.has(one.name))
      bookings.push(bookingOf(element, textOf(statement, 'CURDEF'), tag === 'STMTTRNP'))
      return true
    }
    if (!STATEMENTS.has(tag)) return false
    statements.push(statementOf(element, bookings))
    bookings = []
    return true
  })
  if (statements.length === 0) {
    throw unknownFormat(
      name,
      `${format} without a statement of an account`,
      `${KNOWN} of accounts and cards`,
    )
  }
  return { format, statements, notes: [] }
}
