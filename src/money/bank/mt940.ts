import { detailsOf } from './mt940-details.ts'
import {
  type Balance,
  blankBooking,
  blankStatement,
  type Booking,
  brokenOff,
  type Statement,
  type StatementFile,
  unknownFormat,
} from './statement.ts'
import { decimalOf, given, linesOf, negated } from './texts.ts'

/** A field of a message, such as `:61:`, with its lines. */
interface Field {
  tag: string
  lines: string[]
  /** The line of the file that it begins in. */
  line: number
}

const FIELD = /^:(\d{2}[A-Z]?):(.*)$/s

/** The fields of all messages of a file. What stands before the first is a heading of the bank's own. */
function* fieldsOf(text: string): Generator<Field> {
  let field: Field | undefined
  let number = 0
  for (const raw of linesOf(text)) {
    number += 1
    // The first field may stand behind the envelope.
    const line = raw.replace(/^\{.*\{4:(?=:)/, '').replace(/^\uFEFF/, '')
    const [, tag, rest = ''] = FIELD.exec(line) ?? []
    if (tag !== undefined) {
      if (field) yield field
      field = { tag, lines: [rest], line: number }
    } else if (line.trim() === '-' || line.startsWith('-}') || /^\{\d:/.test(line)) {
      if (field) yield field
      field = undefined
    } else field?.lines.push(line)
  }
  if (field) yield field
}

const CENTURY = 2000
/** Two digits of a year: statements are of this century, but for the oldest. */
function isoDay(digits: string): string {
  const [, year = '', month, day] = /^(\d\d)(\d\d)(\d\d)$/.exec(digits) ?? []
  const full = Number(year) > 90 ? CENTURY - 100 + Number(year) : CENTURY + Number(year)
  return `${full}-${month}-${day}`
}

/**
 * The day of booking, which has no year: that of the value day, or the one next to it.
 * @example entryDay('0102', '2026-12-31') // 2027-01-02
 */
function entryDay(monthAndDay: string, value: string): string {
  const [year, month] = [Number(value.slice(0, 4)), Number(value.slice(5, 7))]
  const own = Number(monthAndDay.slice(0, 2))
  const shift = own - month > 6 ? -1 : month - own > 6 ? 1 : 0
  return `${year + shift}-${monthAndDay.slice(0, 2)}-${monthAndDay.slice(2)}`
}

const BALANCE = /^([CD])(\d{6})([A-Z]{3})(\d[\d.,]*)$/

function balanceOf(text: string): (Balance & { currency: string }) | null {
  const [, side, day = '', currency = '', amount = ''] =
    BALANCE.exec(text.replaceAll(' ', '')) ?? []
  if (side === undefined) return null
  const decimal = decimalOf(amount)
  return { amount: side === 'D' ? negated(decimal) : decimal, day: isoDay(day), currency }
}

// Value day, day of booking, side (R: of a reversal, E: expected), kind of funds, amount, kind of booking, references.
const ENTRY = /^(\d{6})(\d{4})?\s?([RE]?[CD])([A-Z])?\s?(\d+[.,]?\d*)(?:[NSFD][A-Z0-9]{3})?(.*?)$/

/** A booking of its first line and what follows; one that cannot be read says why. */
function bookingOf({ lines, line }: Field, currency: string | null): Booking {
  const [first = ''] = lines
  const found = ENTRY.exec(first)
  if (!found) {
    return {
      ...blankBooking(),
      text: given(first),
      problem: `line ${line} is not a booking (:61:)`,
    }
  }
  const [, day = '', entry, side = '', , amount = '', references = ''] = found
  const value = isoDay(day)
  const [own = '', bank = ''] = references.split(/\/\/(.*)/s)
  // A reversed credit is money that went out again.
  const isOut = side === 'D' || side === 'RC' || side === 'ED'
  const decimal = decimalOf(amount)
  return {
    ...blankBooking(),
    booked: entry === undefined ? value : entryDay(entry, value),
    value,
    amount: isOut ? negated(decimal) : decimal,
    currency,
    e2eRef: given(own),
    bankRef: given(bank),
    text: given(lines.slice(1).join(' ')),
    isPending: side.startsWith('E'),
  }
}

/** What is said of a booking in `:86:`; its own line under `:61:` stands only where that says nothing. */
function withDetails(booking: Booking, lines: readonly string[]): Booking {
  const details = detailsOf(lines)
  return {
    ...booking,
    party: details.party,
    partyAccount: details.partyAccount,
    text: details.text ?? booking.text,
    e2eRef: details.e2eRef ?? booking.e2eRef,
    structuredRef: details.structuredRef,
  }
}

/** A statement in the making. */
interface Open extends Statement {
  details: string[]
  last: Booking | null
  isForecast: boolean
  isClosed: boolean
  number: number
}

function open(number: number): Open {
  return {
    ...blankStatement(),
    bookings: [],
    details: [],
    last: null,
    isForecast: false,
    isClosed: false,
    number,
  }
}

/** The details of a booking may come in several fields; all are there when the next one begins. */
function settle(statement: Open): void {
  const { last, details } = statement
  if (last && details.length > 0) statement.bookings.push(withDetails(last, details))
  else if (last) statement.bookings.push(last)
  statement.last = null
  statement.details = []
}

/** Does this field begin another statement? The reference that should stand first may be missing. */
function begins({ tag }: Field, { account, opening, isClosed }: Open): boolean {
  if (tag === '20') return account !== null || opening !== null || isClosed
  if (tag === '25' || tag === '25P') return account !== null
  return tag.startsWith('60') && isClosed
}

function take(statement: Open, field: Field): void {
  const [first = ''] = field.lines
  const { tag } = field
  if (tag === '86') {
    // Behind the closing balance it is about the statement, not about its last booking.
    if (statement.last) for (const line of field.lines) statement.details.push(line)
    return
  }
  settle(statement)
  if (tag === '25' || tag === '25P') statement.account = given(first)
  else if (tag === '60F' || tag === '60M') {
    const balance = balanceOf(first)
    statement.opening = balance
    statement.currency = balance?.currency ?? statement.currency
  } else if (tag === '34F') {
    statement.isForecast = true
    statement.currency ??= /^[A-Z]{3}/.exec(first)?.[0] ?? null
  } else if (tag === '61') statement.last = bookingOf(field, statement.currency)
  else if (tag === '62F' || tag === '62M') {
    const balance = balanceOf(first)
    statement.closing = balance
    statement.isClosed = true
    statement.currency = balance?.currency ?? statement.currency
  } else if (/^90[CD]$/.test(tag)) statement.isForecast = true
}

/**
 * Reads statements of SWIFT: MT940, or MT942 during the day, with what banks write into `:86:`.
 * @throws Fault `usage` if there is no statement in it, or one has no closing balance.
 */
export function readMt940(text: string, name: string): StatementFile {
  const all: Open[] = []
  let current = open(1)
  const close = (): void => {
    settle(current)
    const { account, opening, bookings, isClosed, isForecast, number } = current
    if (account === null && opening === null && bookings.length === 0) return
    if (!isClosed && !isForecast) {
      throw brokenOff(name, `statement ${number} has no closing balance (:62F:)`)
    }
    all.push(current)
  }
  for (const field of fieldsOf(text)) {
    if (begins(field, current)) {
      close()
      current = open(all.length + 1)
    }
    take(current, field)
  }
  close()
  if (all.length === 0) {
    throw unknownFormat(name, 'a SWIFT message without a statement', 'MT940 and MT942')
  }
  return {
    format: all.every(({ isClosed }) => !isClosed) ? 'MT942' : 'MT940',
    statements: all.map(({ account, currency, opening, closing, bookings }) => ({
      account,
      currency,
      opening,
      closing,
      bookings,
    })),
    notes: [],
  }
}
