import { sql } from 'kysely'
import type { Db } from '../book/store/db.ts'
import type { Day } from '../domain/day.ts'
import type { TaxCategory } from '../domain/firm/tax-category.ts'
import {
  decimalOf,
  ONE,
  type Portion,
  percentText,
  PRICE_DIGITS,
  type Quantity,
  QUANTITY_DIGITS,
  type UnitPrice,
} from '../domain/lines/scaled.ts'
import { currencyDigits, type Money, toDecimal } from '../domain/money.ts'
import type { OneCAccount, OneCFile, OneCPayment, Party } from '../domain/one-c.ts'
import type { Period } from '../domain/period.ts'
import type { Cell, Column, LongTable } from '../domain/table.ts'
import { settledNumbers } from '../money/payments/load.ts'
import { loadCompany } from '../records/firm/company.ts'
import { PAGE, paged } from './paged.ts'
import { inPeriod } from './period.ts'

interface PaymentRow {
  id: number
  paid_on: Day
  kind: 'in' | 'refund'
  amount: Money
  currency: string
  note: string | null
  settles: string | null
  client: string
  tax_number: string | null
  account: string
  bic: string | null
}

async function paymentRows(db: Db, period: Period | undefined): Promise<PaymentRow[]> {
  const { rows } = await sql<PaymentRow>`
    SELECT p.id, p.paid_on, p.kind, p.amount, p.currency, p.note, ${settledNumbers()} AS settles,
      c.name AS client, c.tax_number, coalesce(b.number, b.iban) AS account, b.bic
    FROM payments AS p JOIN clients AS c ON c.id = p.client_id
    JOIN bank_accounts AS b ON b.id = p.bank_account_id
    WHERE p.kind IN ('in', 'refund') AND coalesce(b.number, b.iban) IS NOT NULL
      AND p.currency = b.currency AND ${inPeriod('p.paid_on', period)}
    ORDER BY p.paid_on, p.id`.execute(db)
  return rows
}

const decimal = (minor: number, code: string): string => {
  const digits = currencyDigits(code)
  return toDecimal(minor, { code, digits }).toFixed(digits)
}

/**
 * The payments of bank accounts as 1C loads them; those of a period, with one. Payments in cash, and in another
 * currency than the account’s, are left out.
 */
export async function oneCPayments(db: Db, today: Day, period?: Period): Promise<OneCFile> {
  const rows = await paymentRows(db, period)
  const company = await loadCompany(db)
  const sums = new Map<string, { in: number; refund: number; currency: string }>()
  const payments = rows.map((row): OneCPayment => {
    const sum = sums.get(row.account) ?? { in: 0, refund: 0, currency: row.currency }
    sum[row.kind] += row.amount
    sums.set(row.account, sum)
    const isIn = row.kind === 'in'
    const client: Party = {
      name: row.client,
      taxNumber: row.tax_number,
      account: null,
      bic: null,
    }
    const own: Party = {
      name: company.name ?? '',
      taxNumber: company.tax_number,
      account: row.account,
      bic: row.bic,
    }
    const usual = row.settles === null ? 'Оплата' : `Оплата по счету ${row.settles}`
    return {
      id: row.id,
      day: row.paid_on,
      amount: decimal(row.amount, row.currency),
      payer: isIn ? client : own,
      payee: isIn ? own : client,
      isIn,
      purpose: row.note ?? (isIn ? usual : 'Возврат'),
    }
  })
  return {
    made: today,
    from: period?.from ?? rows[0]?.paid_on ?? today,
    to: period?.to ?? rows.at(-1)?.paid_on ?? today,
    sender: 'funnel',
    accounts: [...sums].map(([account, sum]): OneCAccount => ({
      account,
      received: decimal(sum.in, sum.currency),
      spent: decimal(sum.refund, sum.currency),
    })),
    payments,
  }
}

const texts = (...names: string[]): Column[] =>
  names.map((name) => ({ key: name, label: name, type: 'text' }))

/** The INN and the KPP of a tax number that may hold both. */
const innOf = (taxNumber: string | null): (string | null)[] => {
  const [inn, kpp] = (taxNumber ?? '').split('/').map((part) => part.trim() || null)
  return [inn ?? null, kpp ?? null]
}

const contact = (kind: string) => sql<string | null>`(
  SELECT p.value FROM contact_points AS p WHERE p.client_id = c.id AND p.kind = ${kind}
  ORDER BY p.id LIMIT 1)`

/** Clients as the table loader of 1C takes them. */
export function oneCClients(db: Db): LongTable {
  const next = (after: number) =>
    db
      .selectFrom('clients as c')
      .select([
        'c.id',
        'c.name',
        'c.kind',
        'c.tax_number',
        'c.postcode',
        'c.town',
        'c.street',
        contact('phone').as('phone'),
        contact('email').as('email'),
      ])
      .where('c.id', '>', after)
      .orderBy('c.id')
      .limit(PAGE)
      .execute()
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const client of paged(next)) {
      const { id, name, kind, tax_number: number, phone, email } = client
      const address = [client.postcode, client.town, client.street].filter(Boolean).join(', ')
      yield [
        String(id),
        name,
        kind === 'person' ? 'Физическое лицо' : 'Юридическое лицо',
        ...innOf(number),
        address === '' ? null : address,
        phone,
        email,
      ]
    }
  }
  const columns = texts('Код', 'Наименование', 'Вид', 'ИНН', 'КПП', 'Адрес', 'Телефон', 'E-mail')
  return { name: 'Контрагенты', columns, currency: null, rows: rows() }
}

/** How 1C names a tax. */
const taxName = (rate: Portion | null, category: TaxCategory | null): string | null => {
  if (rate === null) return null
  return category === 'S' || category === 'Z' ? percentText(rate) : 'Без НДС'
}

interface InvoiceLine {
  id: number
  number: string
  kind: 'invoice' | 'credit'
  issued_on: Day
  currency: string
  client: string
  tax_number: string | null
  whole_net: Money
  text: string | null
  quantity: Quantity | null
  unit: string | null
  price: UnitPrice | null
  net: Money | null
  rate: Portion | null
  category: TaxCategory | null
}

const FINAL = 'Окончательный расчет за вычетом авансов'

/** The lines of a page of invoices; one without lines has one row. */
async function invoiceLines(db: Db, after: number, period?: Period): Promise<InvoiceLine[]> {
  const page = sql`(SELECT v.* FROM invoices AS v WHERE v.id > ${after} AND v.number IS NOT NULL
    AND v.voided_on IS NULL AND ${inPeriod('v.issued_on', period)} ORDER BY v.id LIMIT ${PAGE})`
  const about = sql`i.id, i.number, i.kind, i.issued_on, i.currency, c.name AS client, c.tax_number,
    i.net AS whole_net`
  const { rows } = await sql<InvoiceLine>`
    SELECT x.* FROM (
      SELECT ${about}, l.text, l.quantity, l.unit, l.price, l.net, l.tax AS rate, l.category, l.position
      FROM ${page} AS i JOIN clients AS c ON c.id = i.client_id LEFT JOIN invoice_lines AS l ON l.invoice_id = i.id
      WHERE coalesce(i.part, '') <> 'final'
      UNION ALL
      -- A final invoice bills what is left of its lines, by rate.
      SELECT ${about}, ${FINAL}, ${ONE}, NULL, NULL, t.base, t.rate, t.category, t.id
      FROM ${page} AS i JOIN clients AS c ON c.id = i.client_id JOIN invoice_taxes AS t ON t.invoice_id = i.id
      WHERE i.part = 'final') AS x
    ORDER BY x.id, x.position`.execute(db)
  return rows
}

const INVOICE_COLUMNS: Column[] = [
  ...texts(
    'Номер',
    'Дата',
    'Документ',
    'Контрагент',
    'ИНН',
    'КПП',
    'Номенклатура',
    'Количество',
    'Ед.',
    'Цена',
  ),
  ...texts('Сумма', '% НДС', 'Валюта'),
]

/**
 * Invoices and credit notes as the table loader of 1C takes them, a row for each line with its net amount. Those that
 * were voided are left out.
 */
export function oneCInvoices(db: Db, period?: Period): LongTable {
  async function* rows(): AsyncGenerator<Cell[]> {
    for await (const line of paged((after) => invoiceLines(db, after, period))) {
      yield [
        line.number,
        line.issued_on.split('-').toReversed().join('.'),
        line.kind === 'credit' ? 'Корректировка' : 'Счет',
        line.client,
        ...innOf(line.tax_number),
        line.text,
        line.quantity === null ? '1' : decimalOf(line.quantity, QUANTITY_DIGITS),
        line.unit,
        line.price === null ? null : decimalOf(line.price, PRICE_DIGITS),
        decimal(line.net ?? line.whole_net, line.currency),
        taxName(line.rate, line.category),
        line.currency,
      ]
    }
  }
  return { name: 'Счета', columns: INVOICE_COLUMNS, currency: null, rows: rows() }
}
