import type { DocumentKind } from '../book/schema/documents.ts'
import { addDays, type Day } from '../domain/day.ts'
import { invoiceTotals } from '../domain/invoices/taxes.ts'
import { lineNet } from '../domain/lines/line.ts'
import type { Portion, Quantity, UnitPrice } from '../domain/lines/scaled.ts'
import type { Money } from '../domain/money.ts'
import type { Paper, PaperLine } from './paper.ts'

const DAY = '2026-11-29' as Day

interface SampleLine {
  text: string
  quantity: number
  unit: string | null
  price: number
  discount?: number
  tax: number
  isOption?: boolean
}

const LINES: readonly SampleLine[] = [
  {
    text: 'Cold room\n20 m³, with door and floor',
    quantity: 3,
    unit: 'pc',
    price: 1249.99,
    discount: 5,
    tax: 19,
  },
  { text: 'Installation', quantity: 7.5, unit: 'h', price: 90, tax: 19 },
  { text: 'Handbook', quantity: 2, unit: null, price: 24.5, tax: 7 },
  { text: 'Maintenance, one year', quantity: 1, unit: null, price: 400, tax: 19, isOption: true },
]

function paperLine(line: SampleLine, at: number): PaperLine {
  const { text, quantity, unit, price, discount = 0, tax, isOption = false } = line
  const terms = {
    quantity: Math.round(quantity * 1e6) as Quantity,
    price: Math.round(price * 1e4) as UnitPrice,
    discount: (discount * 1e4) as Portion,
  }
  return {
    position: at + 1,
    text,
    unit,
    ...terms,
    tax: (tax * 1e4) as Portion,
    category: 'S',
    reason: null,
    net: lineNet({ ...terms, cost: null }, 2),
    counts: !isOption,
    optional: isOption,
    alternativeOf: null,
  }
}

const SELLER: Paper['seller'] = {
  name: 'Harbour Cooling',
  street: 'Hafenstr. 1',
  postcode: '20457',
  town: 'Hamburg',
  region: null,
  country: 'DE',
  vat_id: 'DE136695976',
  tax_number: '27/123/45678',
  register: 'HRB 12345, Hamburg',
  e_address: null,
  email: 'office@cooling.example',
  phone: '+49 40 123456',
  website: 'cooling.example',
  account: {
    name: 'House bank',
    iban: 'DE89370400440532013000',
    bic: 'COBADEFFXXX',
    number: null,
    sort_code: null,
  },
}

const BUYER: Paper['buyer'] = {
  name: 'Nordlicht Möbel GmbH',
  kind: 'company',
  street: 'Lange Reihe 7',
  postcode: '20099',
  town: 'Hamburg',
  region: null,
  country: 'DE',
  vat_id: 'DE811569869',
  tax_number: null,
  e_address: null,
}

/** What makes a sample a document of its kind. */
function ofKind(kind: DocumentKind, gross: Money): Partial<Paper> {
  const invoice = {
    number: '2026-0001',
    dueOn: addDays(DAY, 30),
    open: gross,
    reference: 'RF18539007547034',
  }
  switch (kind) {
    case 'proposal':
      return { number: 'P-2026-0001', version: 2, validUntil: addDays(DAY, 30) }
    case 'invoice': {
      const amount = (gross - Math.round(gross * 0.02)) as Money
      const early = { discount: 20_000 as Portion, until: addDays(DAY, 10), amount }
      return { ...invoice, early }
    }
    case 'credit-note':
      return {
        number: '2026-0002',
        corrects: { number: '2026-0001', issuedOn: addDays(DAY, -20) },
      }
    case 'reminder':
      return {
        ...invoice,
        reminder: {
          level: 1,
          levels: 3,
          invoices: [
            {
              number: '2026-0001',
              issuedOn: addDays(DAY, -40),
              dueOn: addDays(DAY, -10),
              late: 10,
              open: gross,
            },
          ],
          interest: 1234 as Money,
        },
      }
    case 'letter':
      return { body: 'Our office has moved. Please note our new address.' }
  }
}

/** A document that shows what a kind can have, for trying out templates. */
export function samplePaper(kind: DocumentKind, language: string): Paper {
  const hasLines = kind !== 'letter' && kind !== 'reminder'
  const kept = kind === 'proposal' ? LINES : LINES.filter(({ isOption }) => !isOption)
  const lines = hasLines ? kept.map(paperLine) : []
  const all = LINES.map(paperLine).filter(({ counts }) => counts)
  const totals = invoiceTotals(all.map((line) => ({ ...line, rate: line.tax })))
  return {
    kind,
    language,
    number: null,
    version: null,
    on: DAY,
    validUntil: null,
    currency: { code: 'EUR', digits: 2 },
    seller: SELLER,
    buyer: BUYER,
    contact: 'Ingrid Möller',
    email: 'office@nordlicht.example',
    subject: 'Cold store',
    note: 'Delivery within four weeks.',
    lines,
    totals,
    part: null,
    deductions: [],
    corrects: null,
    orderRef: 'PO-4711',
    buyerRef: '04011000-1234512345-06',
    service: { from: addDays(DAY, -29), to: DAY },
    dueOn: null,
    parts: [],
    early: null,
    open: 0 as Money,
    reference: null,
    reminder: null,
    body: null,
    ...ofKind(kind, totals.gross),
  }
}
