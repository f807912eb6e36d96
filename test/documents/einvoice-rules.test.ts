import { describe, expect, it } from 'vitest'
import { eInvoiceOf } from '../../src/documents/einvoice/from-paper.ts'
import type { Paper } from '../../src/documents/paper.ts'
import type { EFormat } from '../../src/domain/einvoice/formats.ts'
import { gapsOf } from '../../src/domain/einvoice/rules.ts'
import { E_CASES } from '../support/einvoice-cases.ts'
import { AUSTRIAN, BUYER, paperOf, SELLER } from '../support/papers.ts'

const CALLED = { invoice: 'd7', client: 3, isIssued: false }
const WORK = { text: 'Consulting', quantity: '2', unit: 'h', price: '90' }

const seller = (change: Partial<Paper['seller']>) => ({ seller: { ...SELLER, ...change } })
const buyer = (change: Partial<Paper['buyer']>) => ({ buyer: { ...BUYER, ...change } })

function gaps(paper: Paper, format: EFormat = 'ubl') {
  return gapsOf(eInvoiceOf(paper), format, CALLED).map(({ term, command }) => [term, command])
}

/** What is taken away, the term that is then missed, and what fills it. */
const CASES: readonly [what: string, paper: Paper, term: string, command: string][] = [
  [
    'dinars of three decimals',
    paperOf([WORK], { currency: 'KWD' }),
    'BT-5',
    'funnel invoice add 3 --currency EUR',
  ],
  [
    'the buyer reference, between Germans',
    paperOf([WORK], { buyerRef: null }),
    'BT-10',
    'funnel client edit 3 --buyer-ref TEXT',
  ],
  [
    'both references, abroad',
    paperOf([{ ...WORK, category: 'AE' }], { buyerRef: null, orderRef: null, buyer: AUSTRIAN }),
    'BT-10',
    'funnel client edit 3 --buyer-ref TEXT',
  ],
  ['your name', paperOf([WORK], seller({ name: null })), 'BT-27', 'funnel company set --name NAME'],
  [
    'the register of a Dutch seller',
    paperOf([WORK], seller({ country: 'NL', vat_id: 'NL123456789B01', register: null })),
    'BT-30',
    'funnel company set --register NUMBER',
  ],
  [
    'your VAT ID, for goods to Austria',
    paperOf([{ ...WORK, category: 'K' }], { ...seller({ vat_id: null }), buyer: AUSTRIAN }),
    'BT-31',
    'funnel company set --vat-id ID',
  ],
  [
    'VAT ID and tax number',
    paperOf([WORK], seller({ vat_id: null, tax_number: null })),
    'BT-31',
    'funnel company set --vat-id ID (or --tax-number NUMBER)',
  ],
  [
    'your e-address',
    paperOf([WORK], seller({ e_address: null })),
    'BT-34',
    'funnel company set --e-address 0088:4012345000009',
  ],
  [
    'your street',
    paperOf([WORK], seller({ street: null })),
    'BT-35',
    'funnel company set --street STREET',
  ],
  ['your town', paperOf([WORK], seller({ town: null })), 'BT-37', 'funnel company set --town TOWN'],
  [
    'your postcode',
    paperOf([WORK], seller({ postcode: null })),
    'BT-38',
    'funnel company set --postcode POSTCODE',
  ],
  [
    'a country that is a code',
    paperOf([WORK], seller({ country: 'Germania' })),
    'BT-40',
    'funnel company set --country DE',
  ],
  [
    'your phone number',
    paperOf([WORK], seller({ phone: null })),
    'BT-42',
    'funnel company set --phone NUMBER',
  ],
  [
    'your e-mail address',
    paperOf([WORK], seller({ email: null })),
    'BT-43',
    'funnel company set --email ADDRESS',
  ],
  [
    'the client’s VAT ID',
    paperOf([{ ...WORK, category: 'AE' }], { buyer: { ...AUSTRIAN, vat_id: null } }),
    'BT-48',
    'funnel client edit 3 --vat-id ID',
  ],
  [
    'an e-address that Peppol reaches',
    paperOf([WORK], buyer({ e_address: 'einkauf@harbour.example' })),
    'BT-49',
    'funnel client edit 3 --e-address 0088:4012345000009',
  ],
  [
    'the client’s street',
    paperOf([WORK], buyer({ street: null })),
    'BT-50',
    'funnel client edit 3 --street STREET',
  ],
  [
    'the client’s town',
    paperOf([WORK], buyer({ town: null })),
    'BT-52',
    'funnel client edit 3 --town TOWN',
  ],
  [
    'the client’s postcode',
    paperOf([WORK], buyer({ postcode: null })),
    'BT-53',
    'funnel client edit 3 --postcode POSTCODE',
  ],
  [
    'the client’s country',
    paperOf([WORK], { ...buyer({ country: null }) }),
    'BT-55',
    'funnel client edit 3 --country DE',
  ],
  [
    'the day of delivery',
    paperOf([{ ...WORK, category: 'K' }], { buyer: AUSTRIAN, service: { from: null, to: null } }),
    'BT-72',
    'funnel invoice edit d7 --until DAY',
  ],
  [
    'an account',
    paperOf([WORK], seller({ account: null })),
    'BT-84',
    'funnel bank account add NAME --iban IBAN',
  ],
  [
    'why it is exempt',
    paperOf([{ ...WORK, category: 'E' }]),
    'BT-120',
    'funnel tax edit TAX --reason "WHY", then funnel invoice line edit d7 LINE --tax TAX',
  ],
  [
    'one kind of tax',
    paperOf([WORK, { ...WORK, category: 'O' }]),
    'BT-151',
    'funnel invoice line edit d7 LINE --tax TAX',
  ],
  ['lines', paperOf([]), 'BG-25', 'funnel invoice line add d7 "2 h Consulting @ 90"'],
]

describe('what an e-invoice lacks', () => {
  it.each(CASES)('names %s', (_, paper, term, command) => {
    expect(gaps(paper)).toContainEqual([term, command])
  })

  it('is nothing in all that the public rules accept', () => {
    for (const { paper, isPeppol } of Object.values(E_CASES)) {
      expect(gaps(paper, isPeppol ? 'ubl' : 'factur-x')).toEqual([])
    }
  })

  it('is less for Factur-X, which goes by mail', () => {
    const alone = paperOf([WORK], {
      ...seller({ e_address: null, phone: null, email: null }),
      ...buyer({ e_address: null }),
      buyerRef: null,
      orderRef: null,
    })
    expect(gaps(alone, 'factur-x')).toEqual([])
    expect(gaps(alone).map(([term]) => term)).toEqual(['BT-10', 'BT-34', 'BT-42', 'BT-43', 'BT-49'])
  })

  it('can be filled after the issue only where it is sent to', () => {
    const paper = paperOf([WORK], { ...buyer({ e_address: null, street: null }) })
    const issued = gapsOf(eInvoiceOf(paper), 'ubl', { ...CALLED, isIssued: true })
    expect(issued.map(({ term, command }) => [term, command])).toEqual([
      ['BT-49', 'funnel client edit 3 --e-address 0088:4012345000009'],
      ['BT-50', null],
    ])
  })
})
