import type { Deduction, Paper, PaperLine } from '../../src/documents/paper.ts'
import type { Day } from '../../src/domain/day.ts'
import type { TaxCategory } from '../../src/domain/firm/tax-category.ts'
import { invoiceTotals } from '../../src/domain/invoices/taxes.ts'
import { lineNet, taxOn } from '../../src/domain/lines/line.ts'
import {
  type Portion,
  type Quantity,
  scaled,
  type UnitPrice,
} from '../../src/domain/lines/scaled.ts'
import { currencyDigits, type Money } from '../../src/domain/money.ts'

/** A line as a person would say it. */
export interface SaidLine {
  text: string
  quantity?: string
  unit?: string | null
  price: string
  /** In percent. */
  discount?: string
  tax?: string
  category?: TaxCategory
  reason?: string | null
}

function portion(percent: string): Portion {
  return scaled(percent, 4, 'percentage') as Portion
}

function lineOf(said: SaidLine, position: number, digits: number): PaperLine {
  const quantity = scaled(said.quantity ?? '1', 6, 'quantity') as Quantity
  const price = scaled(said.price, 4, 'price') as UnitPrice
  const discount = portion(said.discount ?? '0')
  return {
    position,
    text: said.text,
    quantity,
    unit: said.unit ?? null,
    price,
    discount,
    tax: portion(said.tax ?? (said.category === undefined ? '19' : '0')),
    category: said.category ?? 'S',
    reason: said.reason ?? null,
    net: lineNet({ quantity, price, discount, cost: null }, digits),
    counts: true,
    optional: false,
    alternativeOf: null,
  }
}

/** A company in Hamburg that sells. */
export const SELLER: Paper['seller'] = {
  name: 'Nordlicht Werkstatt GmbH',
  street: 'Hafenstraße 12',
  postcode: '20457',
  town: 'Hamburg',
  region: null,
  country: 'DE',
  vat_id: 'DE136695976',
  tax_number: '12/345/67890',
  register: 'HRB 12345, Hamburg',
  e_address: '0088:4012345000009',
  email: 'rechnung@nordlicht.example',
  phone: '+49 40 123456',
  website: null,
  account: {
    name: 'House bank',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
    number: null,
    sort_code: null,
  },
}

/** A company in Lübeck that buys. */
export const BUYER: Paper['buyer'] = {
  name: 'Harbour Foods GmbH',
  kind: 'company',
  street: 'Kai 7',
  postcode: '23552',
  town: 'Lübeck',
  region: null,
  country: 'DE',
  vat_id: 'DE811907980',
  tax_number: null,
  e_address: '0204:04011000-1234512345-06',
}

/** One in Vienna. */
export const AUSTRIAN: Paper['buyer'] = {
  ...BUYER,
  name: 'Donau Handels GmbH',
  street: 'Ring 1',
  postcode: '1010',
  town: 'Wien',
  country: 'AT',
  vat_id: 'ATU13585627',
  e_address: 'ATU13585627',
}

type Others = Partial<Omit<Paper, 'lines' | 'totals' | 'currency' | 'deductions'>>

/** An invoice of 20 November 2026 as a paper, with its totals worked out as the book does. */
export function paperOf(
  lines: readonly SaidLine[],
  others: Others & { currency?: string; deductions?: readonly Deduction[] } = {},
): Paper {
  const { currency: code = 'EUR', deductions = [], ...rest } = others
  const digits = currencyDigits(code)
  const own = lines.map((line, at) => lineOf(line, at + 1, digits))
  const whole = invoiceTotals(own.map((line) => ({ ...line, rate: line.tax })))
  const less = (key: 'net' | 'tax' | 'gross'): Money =>
    (whole[key] - deductions.reduce((sum, one) => sum + one[key], 0)) as Money
  const totals = { ...whole, net: less('net'), tax: less('tax'), gross: less('gross') }
  return {
    kind: 'invoice',
    language: 'en',
    number: '2026-0042',
    version: null,
    on: '2026-11-20' as Day,
    validUntil: null,
    currency: { code, digits },
    seller: SELLER,
    buyer: BUYER,
    contact: 'Grete Kruse',
    email: 'einkauf@harbour.example',
    subject: null,
    note: null,
    lines: own,
    totals,
    part: null,
    deductions,
    corrects: null,
    orderRef: 'PO-4711',
    buyerRef: '04011000-1234512345-06',
    service: { from: '2026-11-02' as Day, to: '2026-11-17' as Day },
    dueOn: '2026-12-20' as Day,
    parts: [],
    early: null,
    open: totals.gross,
    reference: 'RF3720260042',
    reminder: null,
    body: null,
    ...rest,
  }
}

/** An early discount on a paper. */
export function earlyOf(paper: Paper, percent: string, until: string): Paper['early'] {
  const discount = portion(percent)
  const amount = (paper.totals.gross - taxOn(paper.totals.gross, discount)) as Money
  return { discount, until: until as Day, amount }
}
