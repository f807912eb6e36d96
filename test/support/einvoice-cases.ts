import type { EDetails } from '../../src/documents/einvoice/from-paper.ts'
import type { Paper } from '../../src/documents/paper.ts'
import type { Day } from '../../src/domain/day.ts'
import type { Money } from '../../src/domain/money.ts'
import { AUSTRIAN, BUYER, earlyOf, paperOf, SELLER } from './papers.ts'

/** An invoice that is kept written out in both formats. */
export interface ECase {
  paper: Paper
  details?: EDetails
  /** Is it one that Peppol can carry? Those of countries without it are EN 16931 only. */
  isPeppol: boolean
}

const peppol = (paper: Paper, details: EDetails = {}): ECase => ({ paper, details, isPeppol: true })
const en16931 = (paper: Paper, details: EDetails = {}): ECase => ({
  paper,
  details,
  isPeppol: false,
})

const HOURS = { text: 'Consulting', quantity: '12.5', unit: 'h', price: '90' }
const EVIL = '<script>alert("1")</script> & ]]> \u0000\u001B[31m\u0007 {{ 7*7 }} =1+1 \uFFFE‮'

const AMERICAN: Paper['buyer'] = {
  ...BUYER,
  name: 'Bay Traders Inc.',
  street: '1 Pier Road',
  postcode: '94105',
  town: 'San Francisco',
  region: 'CA',
  country: 'US',
  vat_id: null,
  e_address: '0060:123456789',
}

const THAI: Paper['seller'] = {
  ...SELLER,
  name: 'บริษัท แสงเหนือ จำกัด',
  street: '99/1 ถนนสุขุมวิท',
  postcode: '10110',
  town: 'กรุงเทพฯ',
  country: 'TH',
  vat_id: null,
  tax_number: '0105556176239',
  register: null,
  e_address: null,
  email: 'billing@saengnuea.example',
  phone: '+66 2 123 4567',
  account: {
    name: 'KBank',
    iban: null,
    bic: 'KASITHBK',
    number: '123-4-56789-0',
    sort_code: null,
  },
}

const twoRates = paperOf([
  HOURS,
  {
    text: 'Handbook\nSecond edition, 240 pages',
    quantity: '3',
    unit: 'Stk.',
    price: '24.90',
    tax: '7',
  },
])

const skonto = paperOf([HOURS], { number: '2026-0051' })
const abroadEarly = paperOf([{ ...HOURS, category: 'AE' }], {
  number: '2026-0052',
  buyer: AUSTRIAN,
})

/** The cases by the names of their files. */
export const E_CASES: Readonly<Record<string, ECase>> = {
  standard: peppol(paperOf([HOURS], { note: 'Thank you for your order.' })),
  'two-rates': peppol(twoRates),
  'reverse-charge': peppol(
    paperOf(
      [{ ...HOURS, category: 'AE', reason: 'Steuerschuldnerschaft des Leistungsempfängers' }],
      {
        buyer: AUSTRIAN,
      },
    ),
  ),
  'intra-community': peppol(
    paperOf([{ text: 'Cold store', quantity: '2', unit: 'pcs', price: '4990', category: 'K' }], {
      buyer: AUSTRIAN,
      service: { from: null, to: '2026-11-17' as Day },
    }),
  ),
  export: peppol(
    paperOf([{ text: 'Cold store', unit: 'pc', price: '4990', category: 'G' }], {
      buyer: AMERICAN,
    }),
  ),
  exempt: peppol(
    paperOf([
      {
        text: 'Training',
        quantity: '2',
        unit: 'Tage',
        price: '800',
        category: 'E',
        reason: 'VATEX-EU-132-1I Schulung, § 4 Nr. 21 UStG',
      },
    ]),
  ),
  'exempt-in-words': peppol(
    paperOf(
      [
        {
          text: 'Design',
          price: '450',
          category: 'E',
          reason: 'Kein Ausweis von Umsatzsteuer, § 19 UStG',
        },
      ],
      { seller: { ...SELLER, vat_id: null, register: null } },
    ),
  ),
  'not-subject': peppol(
    paperOf([{ text: 'Study', price: '2500', category: 'O' }], { buyer: AMERICAN }),
  ),
  'zero-rate': peppol(
    paperOf([{ text: 'Solar panel', quantity: '8', unit: 'Stück', price: '120', category: 'Z' }]),
  ),
  'credit-note': peppol(
    paperOf([{ ...HOURS, quantity: '2.5' }], {
      kind: 'credit-note',
      number: '2026-0043',
      corrects: { number: '2026-0042', issuedOn: '2026-11-10' as Day },
      dueOn: '2026-11-20' as Day,
    }),
  ),
  'line-discount': peppol(
    paperOf([
      { text: 'Generator', quantity: '3', unit: 'pcs', price: '1249.99', discount: '5' },
      { text: 'Screw', quantity: '1000', unit: 'шт', price: '0.0125', discount: '33.33' },
      { text: 'Free sample', price: '10', discount: '100' },
    ]),
  ),
  'early-discount': peppol({ ...skonto, early: earlyOf(skonto, '2', '2026-11-30') }),
  'early-discount-abroad': peppol({
    ...abroadEarly,
    early: earlyOf(abroadEarly, '2.5', '2026-11-30'),
  }),
  instalments: peppol(
    paperOf([{ text: 'Workshop', unit: 'pauschal', price: '1000' }], {
      parts: [
        { dueOn: '2026-11-20' as Day, amount: 35700 as Money },
        { dueOn: '2026-12-20' as Day, amount: 83300 as Money },
      ],
    }),
  ),
  deposit: peppol(paperOf([{ text: 'Deposit, 30%', price: '3000' }], { part: 'deposit' })),
  'deposit-abroad': peppol(
    paperOf([{ text: 'Deposit, 30%', price: '3000', category: 'AE' }], {
      part: 'deposit',
      buyer: AUSTRIAN,
    }),
  ),
  final: peppol(
    paperOf([{ text: 'Fitting out', price: '10000' }], {
      number: '2026-0060',
      part: 'final',
      note: 'Acceptance on 17 November.',
      deductions: [
        {
          number: '2026-0040',
          issuedOn: '2026-09-01' as Day,
          net: 300000 as Money,
          tax: 57000 as Money,
          gross: 357000 as Money,
        },
        {
          number: '2026-0041',
          issuedOn: '2026-10-01' as Day,
          net: 250000 as Money,
          tax: 47500 as Money,
          gross: 297500 as Money,
        },
      ],
    }),
  ),
  'foreign-currency': peppol(paperOf([HOURS], { currency: 'USD' }), {
    accounting: { code: 'EUR', digits: 2, tax: 19432 as Money },
  }),
  yen: peppol(
    paperOf(
      [
        { text: 'Report', quantity: '1.5', unit: 'h', price: '33' },
        { text: 'Translation', quantity: '3', unit: 'pcs', price: '333.33', discount: '5' },
        { text: 'Delivery', price: '1000' },
      ],
      { currency: 'JPY' },
    ),
  ),
  'rounding-three': peppol(
    paperOf([
      { text: 'A', price: '0.33' },
      { text: 'B', price: '0.33' },
      { text: 'C', price: '0.33' },
    ]),
  ),
  'rounding-four': peppol(
    paperOf([
      { text: 'A', price: '333.33' },
      { text: 'B', price: '333.33' },
      { text: 'C', price: '333.34' },
      { text: 'D', price: '0.05' },
    ]),
  ),
  hostile: peppol(
    paperOf([{ ...HOURS, text: `${EVIL}\n${EVIL}\nlast`, unit: EVIL }], {
      note: EVIL,
      number: '2026-<0042>&"\'',
      orderRef: EVIL,
      buyerRef: EVIL,
      contact: EVIL,
      buyer: { ...BUYER, name: EVIL, street: EVIL, town: EVIL, region: EVIL },
      seller: { ...SELLER, name: EVIL, street: EVIL, register: EVIL },
      reference: EVIL,
    }),
  ),
  long: peppol(
    paperOf(
      Array.from({ length: 120 }, (_, at) => ({
        text: `Position ${at + 1} ${'Donaudampfschifffahrtsgesellschaft'.repeat(8)}\n${'Everything that belongs to it. '.repeat(40)}`,
        quantity: String(at + 1),
        unit: 'kg',
        price: '1.2345',
        tax: at % 2 === 0 ? '19' : '7',
      })),
      { note: 'Words. '.repeat(500) },
    ),
  ),
  'thai-seller': en16931(
    paperOf(
      [{ text: 'ที่ปรึกษา\nเดือนพฤศจิกายน', quantity: '12', unit: 'ชม.', price: '1500', tax: '7' }],
      {
        currency: 'THB',
        seller: THAI,
        buyer: { ...AMERICAN, e_address: null },
      },
    ),
  ),
}
