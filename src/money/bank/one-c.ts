import { addAll } from '../../domain/lists.ts'
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
import { decimalOf, exactly, given, linesOf, negated } from './texts.ts'

const VERSIONS = new Set(['1.00', '1.01', '1.02', '1.03'])
const KNOWN = '1CClientBankExchange 1.00 to 1.03'

/** Lines `key=value`, of which some keys come more than once and most may be empty. */
type Lines = Map<string, string>

function put(lines: Lines, key: string, value: string): void {
  if (value !== '' && !lines.has(key)) lines.set(key, value)
}

/** What a file says, section by section. */
interface Sections {
  head: Lines
  /** The accounts that are named for the file as a whole. */
  accounts: Set<string>
  periods: Lines[]
  documents: Lines[]
}

/** @throws Fault `usage` if it breaks off. */
function sectionsOf(text: string, name: string): Sections {
  const found: Sections = { head: new Map(), accounts: new Set(), periods: [], documents: [] }
  let section: { lines: Lines; kind: 'periods' | 'documents' } | undefined
  let isWhole = false
  for (const line of linesOf(text)) {
    const at = line.indexOf('=')
    const key = (at < 0 ? line : line.slice(0, at)).trim()
    const value = at < 0 ? '' : line.slice(at + 1).trim()
    if (key === 'КонецФайла') isWhole = true
    else if (key === 'СекцияРасчСчет') section = { lines: new Map(), kind: 'periods' }
    else if (key === 'СекцияДокумент')
      section = { lines: new Map([[key, value]]), kind: 'documents' }
    else if (key === 'КонецРасчСчет' || key === 'КонецДокумента') {
      if (section) found[section.kind].push(section.lines)
      section = undefined
    } else if (section) put(section.lines, key, value)
    else if (key === 'РасчСчет' && value !== '') found.accounts.add(value)
    else put(found.head, key, value)
  }
  if (section) throw brokenOff(name, 'it ends in the middle of a section')
  if (!isWhole) throw brokenOff(name, 'it does not end with КонецФайла')
  return found
}

/** @throws Fault `usage` if it is a version that nobody has seen yet. */
function formatOf(head: Lines, name: string): string {
  const version = head.get('ВерсияФормата')
  const format = `1CClientBankExchange${version === undefined ? '' : ` ${version}`}`
  if (version === undefined || VERSIONS.has(version)) return format
  throw unknownFormat(name, format, KNOWN)
}

/** `02.11.2026` as an ISO day; another text stays as it is, and is refused where it is read. */
function dayOf(text: string | undefined): string | null {
  if (text === undefined) return null
  const [, day, month, year] = /^(\d\d)\.(\d\d)\.(\d{4})/.exec(text) ?? []
  return day === undefined ? text : `${year}-${month}-${day}`
}

type Side = 'Плательщик' | 'Получатель'

function accountsOf(lines: Lines, side: Side): string[] {
  return [`${side}Счет`, `${side}РасчСчет`].flatMap((key) => lines.get(key) ?? [])
}

/** The name of a side without its tax numbers, which banks put in front of it. */
function nameOf(lines: Lines, side: Side): string | null {
  const text = lines.get(`${side}1`) ?? lines.get(side) ?? ''
  return given(text.replace(/^ИНН\s*\d{10,12}\s*(?:\\?\s*КПП\s*\d{9}\s*)?/i, ''))
}

/** What it was paid for; long ones are given in numbered lines instead. */
function purposeOf(lines: Lines): string | null {
  const whole = lines.get('НазначениеПлатежа')
  if (whole !== undefined) return given(whole)
  const pieces = [1, 2, 3, 4, 5, 6].map((number) => lines.get(`НазначениеПлатежа${number}`) ?? '')
  return given(pieces.join(' '))
}

/** One document as a booking of one of our accounts. */
function bookingOf(lines: Lines, isIn: boolean, isExecuted: boolean): Booking {
  const amount = lines.get('Сумма')
  const decimal = amount === undefined ? null : decimalOf(amount.replace(/-(?=\d\d$)/, '.'))
  const other: Side = isIn ? 'Плательщик' : 'Получатель'
  const [own, their] = isIn ? ['ДатаПоступило', 'ДатаСписано'] : ['ДатаСписано', 'ДатаПоступило']
  const booked = lines.get(own ?? '') ?? lines.get(their ?? '')
  const code = given(lines.get('Код'))
  return {
    ...blankBooking(),
    booked: dayOf(booked ?? lines.get('Дата')),
    amount: decimal === null || isIn ? decimal : negated(decimal),
    party: nameOf(lines, other),
    partyAccount: accountsOf(lines, other)[0] ?? null,
    text: purposeOf(lines),
    bankRef: given(lines.get('Номер')),
    structuredRef: code === '0' ? null : code,
    isPending: booked === undefined && !isExecuted,
  }
}

function balance(lines: Lines | undefined, key: string, day: string): Balance | null {
  const amount = lines?.get(key)
  if (amount === undefined) return null
  return { amount: decimalOf(amount), day: dayOf(lines?.get(day)) }
}

/** The statement of an account, of one section for all its days or of one for each of them. */
function statementOf(account: string, periods: readonly Lines[]): Statement {
  const own = periods
    .filter((lines) => lines.get('РасчСчет') === account)
    .toSorted((a, b) =>
      String(dayOf(a.get('ДатаНачала'))).localeCompare(String(dayOf(b.get('ДатаНачала')))),
    )
  return {
    ...blankStatement(),
    account,
    opening: balance(own[0], 'НачальныйОстаток', 'ДатаНачала'),
    closing: balance(own.at(-1), 'КонечныйОстаток', 'ДатаКонца'),
    bookings: [],
  }
}

/**
 * Reads what Russian banks and 1C exchange (kl_to_1c.txt). Whether money came in or went out follows from whose
 * account is ours; a transfer between two of ours is a booking of each. Orders that no bank has carried out yet are
 * pending.
 * @throws Fault `usage` if it breaks off, or is an unknown version.
 */
export function readOneC(text: string, name: string): StatementFile {
  const { head, accounts, periods, documents } = sectionsOf(text, name)
  const format = formatOf(head, name)
  for (const lines of periods) {
    const account = lines.get('РасчСчет')
    if (account !== undefined) accounts.add(account)
  }
  // Only a bank knows what was left on the account.
  const isOfBank = periods.some(
    (lines) => exactly(decimalOf(lines.get('КонечныйОстаток') ?? '')) !== null,
  )
  const statements = new Map(
    [...accounts].map((account) => [account, statementOf(account, periods)]),
  )
  const strays: Booking[] = []
  for (const lines of documents) {
    const payer = accountsOf(lines, 'Плательщик').flatMap((own) => statements.get(own) ?? [])[0]
    const payee = accountsOf(lines, 'Получатель').flatMap((own) => statements.get(own) ?? [])[0]
    payer?.bookings.push(bookingOf(lines, false, isOfBank))
    payee?.bookings.push(bookingOf(lines, true, isOfBank))
    if (payer || payee) continue
    const problem =
      'neither the payer’s account nor the recipient’s is one that the file is about (РасчСчет)'
    strays.push({ ...bookingOf(lines, true, isOfBank), problem })
  }
  const all = [...statements.values()]
  if (all.length === 0) all.push({ ...blankStatement(), bookings: [] })
  const last = all.at(-1)
  if (last) addAll(last.bookings, strays)
  return { format, statements: all, notes: [] }
}
