import { sql } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import { valuesOf } from '../../book/store/sql.ts'
import type { Statements, Store } from '../../book/store/store.ts'
import { addDays, type Day } from '../../domain/day.ts'
import { nameWords } from '../../domain/duplicates/name-words.ts'
import type { Portion } from '../../domain/lines/scaled.ts'
import { accountKey } from '../../domain/matching/atoms.ts'
import {
  type Booking,
  DAYS_APART,
  type Entered,
  type KnownClaim,
  type KnownClient,
  type KnownCredit,
} from '../../domain/matching/judge.ts'
import { numberIndex } from '../../domain/matching/number-index.ts'
import type { Money } from '../../domain/money.ts'

interface BookingRow {
  id: number
  booked_on: Day
  value_on: Day | null
  amount: Money
  currency: string
  bank_account_id: number
  party: string | null
  party_account: string | null
  text: string | null
  e2e_ref: string | null
  structured_ref: string | null
}

const COLUMNS = `id, booked_on, value_on, amount, currency, bank_account_id, party, party_account, text, e2e_ref,
  structured_ref`

/** What keeps a number at the end of one text from going on in the next. */
const BETWEEN_TEXTS = ' | '

function bookingOf(row: BookingRow): Booking {
  const texts = [row.text, row.structured_ref, row.e2e_ref].filter((text) => text !== null)
  const account = accountKey(row.party_account ?? '')
  return {
    id: row.id,
    bookedOn: row.booked_on,
    cameOn: row.value_on !== null && row.value_on < row.booked_on ? row.value_on : row.booked_on,
    amount: row.amount,
    currency: row.currency,
    bankAccountId: row.bank_account_id,
    party: row.party,
    account: account === '' ? null : account,
    text: texts.join(BETWEEN_TEXTS),
  }
}

/** The open bookings, the earliest first; of one account if it is given. */
export function openBookings(store: Statements, accountId: number | null): Booking[] {
  const test = accountId === null ? '' : ' AND bank_account_id = :account'
  const all = store.prepare(
    `SELECT ${COLUMNS} FROM bank_lines WHERE state = 'open'${test} ORDER BY booked_on, id`,
  )
  const rows = accountId === null ? all.all() : all.all({ account: accountId })
  return (rows as BookingRow[]).map(bookingOf)
}

/** One booking as matching sees it. */
export function bookingById(store: Statements, id: number): Booking {
  return bookingOf(
    store.prepare(`SELECT ${COLUMNS} FROM bank_lines WHERE id = ?`).get(id) as BookingRow,
  )
}

interface ClaimRow {
  id: number
  number: string
  series: string | null
  client_id: number
  client: string
  currency: string
  gross: Money
  open: Money
  issued_on: Day
  discount: Portion | null
  discount_on: Day | null
  payment_ref: string | null
}

/** An open invoice, and the reference by which a payment can name it. */
export interface LoadedClaim extends KnownClaim {
  reference: string | null
}

function claimOf({ discount, discount_on: until, ...row }: ClaimRow): LoadedClaim {
  return {
    id: row.id,
    number: row.number,
    series: row.series,
    clientId: row.client_id,
    client: row.client,
    currency: row.currency,
    gross: row.gross,
    open: row.open,
    issuedOn: row.issued_on,
    discount: discount === null || until === null ? null : { portion: discount, until },
    reference: row.payment_ref,
  }
}

const CLAIMS = `
  SELECT i.id, i.number, i.series, i.client_id, c.name AS client, i.currency, i.gross, i.issued_on, i.discount,
    i.discount_on, i.payment_ref,
    i.gross - coalesce((SELECT sum(a.amount) FROM allocations AS a WHERE a.invoice_id = i.id), 0) AS open
  FROM invoices AS i JOIN clients AS c ON c.id = i.client_id`

/** The open invoices, the one due first comes first. */
export function openClaims(store: Statements): LoadedClaim[] {
  const rows = store
    .prepare(
      `${CLAIMS} WHERE i.due_on IS NOT NULL AND i.settled_on IS NULL AND i.voided_on IS NULL AND i.kind = 'invoice'
       ORDER BY i.due_on, i.id`,
    )
    .all() as ClaimRow[]
  return rows.map(claimOf)
}

/** One invoice as matching sees it. */
export function claimById(store: Statements, id: number): KnownClaim {
  return claimOf(store.prepare(`${CLAIMS} WHERE i.id = ?`).get(id) as ClaimRow)
}

/** Credit notes of which something is left. */
export function openCredits(store: Statements): KnownCredit[] {
  return store
    .prepare(
      `SELECT i.id, i.number, i.series, i.client_id AS "clientId", c.name AS client, i.currency,
         i.gross - coalesce((SELECT sum(a.amount) FROM allocations AS a WHERE a.credit_id = i.id), 0) AS left
       FROM invoices AS i JOIN clients AS c ON c.id = i.client_id
       WHERE i.due_on IS NOT NULL AND i.settled_on IS NULL AND i.voided_on IS NULL AND i.kind = 'credit'
       ORDER BY i.due_on, i.id`,
    )
    .all() as KnownCredit[]
}

/** The clients that have paid from each of some accounts. */
export async function payersFrom(
  db: Db,
  accounts: Iterable<string>,
): Promise<Map<string, KnownClient[]>> {
  const rows = await db
    .selectFrom('payer_accounts as p')
    .innerJoin('clients as c', 'c.id', 'p.client_id')
    .select(['p.key', 'c.id', 'c.name'])
    .where(sql<boolean>`p.key IN ${valuesOf([...accounts])}`)
    .orderBy('p.id')
    .execute()
  const payers = new Map<string, KnownClient[]>()
  for (const { key, ...client } of rows) payers.set(key, [...(payers.get(key) ?? []), client])
  return payers
}

/**
 * What spellings of a name share: no case, accents, signs or legal form. Banks write `ä`, `ö`, `ü` as `ae`, `oe`, `ue`:
 * `Nord Möbel GmbH` and `NORD MOEBEL` are `nord mobel`.
 */
export function nameSpelling(name: string): string {
  return nameWords(name)
    .join(' ')
    .replaceAll(/([aou])e/g, '$1')
}

/** The clients that have each of some names, or had it before they were merged; by what spellings of a name share. */
export function clientsCalled(
  store: Statements,
  parties: Iterable<string>,
): Map<string, KnownClient[]> {
  const wanted = new Map<string, Map<number, KnownClient>>()
  for (const party of parties) wanted.set(nameSpelling(party), new Map())
  wanted.delete('')
  if (wanted.size === 0) return new Map()
  const names = store
    .prepare(
      `SELECT id, name, name AS called FROM clients
       UNION ALL
       SELECT c.id, c.name, a.value FROM client_aliases AS a JOIN clients AS c ON c.id = a.client_id
       WHERE a.kind = 'name'`,
    )
    .raw()
  for (const row of names.iterate()) {
    const [id, name, called] = row as [number, string, string]
    wanted.get(nameSpelling(called))?.set(id, { id, name })
  }
  return new Map([...wanted].map(([called, clients]) => [called, [...clients.values()]]))
}

/** An invoice that nothing can be paid on any more. */
export interface ClosedInvoice {
  number: string
  how: 'settled' | 'void'
}

/** Invoices of some numbers, as nameKey writes them, that are settled or void. */
export async function closedInvoices(
  db: Db,
  keys: Iterable<string>,
): Promise<Map<string, ClosedInvoice>> {
  const rows = await db
    .selectFrom('invoices')
    .select(['number', 'number_key', 'voided_on'])
    .where(sql<boolean>`number_key IN ${valuesOf([...keys])}`)
    .where((eb) => eb.or([eb('settled_on', 'is not', null), eb('voided_on', 'is not', null)]))
    .where('kind', '=', 'invoice')
    .execute()
  return new Map(
    rows.map(({ number, number_key: key, voided_on: voided }) => [
      key ?? '',
      { number: number ?? '', how: voided === null ? 'settled' : 'void' },
    ]),
  )
}

type EnteredRow = Omit<Entered, 'settles'>

/** Payments and refunds without a booking of the amounts and about the days of some bookings. */
export async function enteredNear(store: Store, bookings: readonly Booking[]): Promise<Entered[]> {
  const [first, last] = [bookings[0], bookings.at(-1)]
  if (!first || !last) return []
  const rows = store
    .prepare(
      `SELECT p.id, p.client_id AS "clientId", c.name AS client, p.paid_on AS "paidOn",
         CASE p.kind WHEN 'refund' THEN -p.amount ELSE p.amount END AS amount, p.currency,
         p.bank_account_id AS "bankAccountId"
       FROM payments AS p JOIN clients AS c ON c.id = p.client_id
       WHERE p.kind IN ('in', 'refund') AND p.bank_line_id IS NULL AND p.paid_on >= :from AND p.paid_on <= :to
       ORDER BY p.paid_on, p.id`,
    )
    .all({
      from: addDays(first.bookedOn, -DAYS_APART),
      to: addDays(last.bookedOn, DAYS_APART),
    }) as EnteredRow[]
  const sums = new Set(bookings.map(({ amount }) => amount))
  const near = rows.filter(({ amount }) => sums.has(amount))
  const settled = await store.db
    .selectFrom('allocations as a')
    .innerJoin('invoices as i', 'i.id', 'a.invoice_id')
    .select(['a.payment_id', 'i.number', 'i.series'])
    .where(sql<boolean>`a.payment_id IN ${valuesOf(near.map(({ id }) => id))}`)
    .execute()
  const numbers = new Map<number, { number: string; series: string | null }[]>()
  for (const { payment_id: id, number, series } of settled) {
    if (id === null || number === null) continue
    numbers.set(id, [...(numbers.get(id) ?? []), { number, series }])
  }
  return near.map((row) => ({ ...row, settles: numberIndex(numbers.get(row.id) ?? []) }))
}
