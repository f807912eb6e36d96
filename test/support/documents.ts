import type { DocumentFields, LineFields, Look } from '../../src/documents/fields.ts'
import { BLOCKS } from '../../src/domain/documents.ts'

/** How documents look where nothing is set. */
export const PLAIN_LOOK: Look = { logo: null, color: '#1f4e79', blocks: BLOCKS }

/** A line of a sample document. */
export function sampleLine(position: number, changes: Partial<LineFields> = {}): LineFields {
  return {
    position: String(position),
    name: `Consulting, part ${position}`,
    details: '',
    quantity: '2',
    unit: 'h',
    price: '90.00',
    discount: '',
    tax: '19%',
    net: '180.00',
    optional: false,
    alternative_of: '',
    ...changes,
  }
}

const PARTY = { region: '', country: '', tax_number: '', vat_id: '' }

/** A document written out: an invoice of Ann’s to Harbour & Sons, with changes. */
export function sampleFields(changes: Partial<DocumentFields> = {}): DocumentFields {
  return {
    kind: 'invoice',
    language: 'en-GB',
    title: 'Invoice 2026-0042',
    number: '2026-0042',
    version: '',
    date: '29 November 2026',
    seller: {
      ...PARTY,
      name: 'Ann Beispiel Beratung',
      street: 'Lange Straße 7',
      postcode: '20457',
      town: 'Hamburg',
      address: ['Lange Straße 7', '20457 Hamburg'],
      vat_id: 'DE123456789',
      register: '',
      email: 'ann@example.com',
      phone: '+49 40 123456',
      website: 'example.com',
    },
    client: {
      ...PARTY,
      name: 'Harbour & Sons Ltd',
      street: '1 Quay Road',
      postcode: 'E1 6AN',
      town: 'London',
      country: 'United Kingdom',
      address: ['1 Quay Road', 'London', 'E1 6AN', 'United Kingdom'],
      contact: 'Mr John Harbour',
      email: 'john@example.com',
    },
    facts: [
      { name: 'date', label: 'Date', value: '29 November 2026' },
      { name: 'due', label: 'Due', value: '13 December 2026' },
      { name: 'order_ref', label: 'Your order', value: 'PO-7781' },
    ],
    subject: 'Generators for the harbour',
    intro: 'Dear Mr Harbour,\n\nFor our goods and services we charge you the following:',
    closing: 'Thank you for your business.',
    note: '',
    body: '',
    lines: [sampleLine(1)],
    options: [],
    sums: [
      { name: 'net', label: 'Net', value: '180.00 EUR', strong: false },
      { name: 'tax', label: 'VAT 19% on 180.00', value: '34.20 EUR', strong: false },
      { name: 'gross', label: 'Total', value: '214.20 EUR', strong: true },
    ],
    late: [],
    payment: {
      terms: ['Please pay 214.20 EUR by 13 December 2026.'],
      facts: [
        { name: 'account_holder', label: 'Account holder', value: 'Ann Beispiel Beratung' },
        { name: 'iban', label: 'IBAN', value: 'DE89 3704 0044 0532 0130 00' },
        { name: 'bic', label: 'BIC', value: 'COBADEFFXXX' },
        { name: 'reference', label: 'Reference', value: 'RF40 2026 0042' },
      ],
    },
    acceptance: '',
    footer: [
      'Ann Beispiel Beratung',
      'Lange Straße 7, 20457 Hamburg',
      'VAT ID DE123456789',
      'Phone +49 40 123456',
      'ann@example.com',
      'example.com',
    ],
    labels: {},
    ...changes,
  }
}
