import { describe, expect, it } from 'vitest'
import {
  isQrIban,
  isQrReference,
  paymentReference,
} from '../../src/domain/invoices/qr-reference.ts'
import type { Encoded } from '../../src/domain/payment-codes/code.ts'
import { epcPayload } from '../../src/domain/payment-codes/epc.ts'
import { type Bill, billText, swissPayload } from '../../src/domain/payment-codes/swiss.ts'

/** The lines of a code. */
function linesOf(encoded: Encoded): string[] {
  return 'payload' in encoded ? encoded.payload.split('\n') : [`lacks: ${encoded.lacks}`]
}

const TRANSFER = {
  name: 'Ann Beispiel',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
  cents: 21_420,
  reference: 'RF73INV20260042',
}

describe('the code of a SEPA transfer', () => {
  it('has the creditor reference, or a text in its place', () => {
    expect(linesOf(epcPayload(TRANSFER))).toEqual([
      'BCD',
      '002',
      '1',
      'SCT',
      'COBADEFFXXX',
      'Ann Beispiel',
      'DE89370400440532013000',
      'EUR214.20',
      '',
      'RF73INV20260042',
    ])
    const other = linesOf(epcPayload({ ...TRANSFER, bic: null, reference: 'Rechnung\n2026/42' }))
    expect(other.slice(4)).toEqual([
      '',
      'Ann Beispiel',
      'DE89370400440532013000',
      'EUR214.20',
      '',
      '',
      'Rechnung 2026/42',
    ])
  })

  it('cuts a name that is too long, by letters and by bytes', () => {
    expect(linesOf(epcPayload({ ...TRANSFER, name: 'Ö'.repeat(80) }))[5]).toBe('Ö'.repeat(70))
    const [name, reference] = ['ก'.repeat(80), 'ข'.repeat(140)]
    const encoded = epcPayload({ ...TRANSFER, name: 'А'.repeat(80), reference: 'Б'.repeat(60) })
    expect('payload' in encoded && Buffer.byteLength(encoded.payload)).toBeLessThanOrEqual(331)
    expect(linesOf(epcPayload({ ...TRANSFER, name, reference })).at(-1)).toMatch(/^lacks: .*long/)
  })

  it.each([0, 100_000_000_000])('does not ask for %i cents', (cents) => {
    expect(linesOf(epcPayload({ ...TRANSFER, cents }))).toEqual([
      'lacks: codes in euros ask for 0.01 to 999,999,999.99',
    ])
  })
})

const BILL: Bill = {
  iban: 'CH5604835012345678009',
  creditor: {
    name: 'Käserei Müller',
    street: 'Hauptstrasse 12a',
    postcode: '8001',
    town: 'Zürich',
    country: 'CH',
  },
  debtor: { name: 'Żółw', street: 'Quai 1 b', postcode: '1200', town: 'Genève', country: 'CH' },
  currency: 'CHF',
  cents: 194_975,
  reference: 'RF18539007547034',
  message: '2026-0042',
}

describe('the code of a Swiss QR bill', () => {
  it('has structured addresses and ends with EPD', () => {
    expect(linesOf(swissPayload(BILL))).toEqual([
      'SPC',
      '0200',
      '1',
      'CH5604835012345678009',
      'S',
      'Käserei Müller',
      'Hauptstrasse',
      '12a',
      '8001',
      'Zürich',
      'CH',
      '',
      '',
      '',
      '',
      '',
      '',
      '',
      '1949.75',
      'CHF',
      'S',
      'Żółw',
      'Quai',
      '1 b',
      '1200',
      'Genève',
      'CH',
      'SCOR',
      'RF18539007547034',
      '2026-0042',
      'EPD',
    ])
  })

  it('asks for a QR reference with a QR-IBAN, and for none with another reference', () => {
    const iban = 'CH4431999123000889012'
    expect(linesOf(swissPayload({ ...BILL, iban }))).toEqual([
      'lacks: the account is a QR-IBAN, and the reference is not one for it',
    ])
    const reference = '000000000000000000202600427'
    expect(linesOf(swissPayload({ ...BILL, iban, reference })).slice(27)).toEqual([
      'QRR',
      reference,
      '2026-0042',
      'EPD',
    ])
    const none = linesOf(swissPayload({ ...BILL, reference: 'Nr. 42 – März' }))
    expect(none.slice(27)).toEqual(['NON', '', 'Nr. 42 - März', 'EPD'])
  })

  it('leaves the payer to fill in an address that is not complete, and needs ours', () => {
    const debtor = { ...BILL.debtor, town: null }
    const encoded = swissPayload({ ...BILL, debtor })
    expect(linesOf(encoded).slice(20, 27)).toEqual(['', '', '', '', '', '', ''])
    const lacking = linesOf(swissPayload({ ...BILL, creditor: { ...BILL.creditor, town: null } }))
    expect(lacking).toEqual(['lacks: your company has no town'])
    const russian = { ...BILL.creditor, name: 'Сыроварня' }
    const [other] = linesOf(swissPayload({ ...BILL, creditor: russian }))
    expect(other).toBe('lacks: your company has no name in Latin letters')
  })

  it('reads the text of the bill from the code', () => {
    const encoded = swissPayload(BILL)
    const text = billText('payload' in encoded ? encoded.payload : '')
    expect(text).toMatchObject({ amount: '1949.75', currency: 'CHF', message: '2026-0042' })
    expect(text.debtor[1]).toBe('Żółw')
  })
})

describe('the reference of a payment', () => {
  it('is a QR reference for a QR-IBAN, else a creditor reference', () => {
    expect(isQrIban('CH4431999123000889012')).toBe(true)
    expect(isQrIban('CH5604835012345678009')).toBe(false)
    expect(isQrIban('DE8931999123000889012')).toBe(false)
    expect(paymentReference('2026-0042', 'CH4431999123000889012')).toBe(
      '000000000000000000202600427',
    )
    expect(paymentReference('R-2026-0042', 'CH4431999123000889012')).toMatch(/2720260042\d$/)
    expect(paymentReference('2026-0042', 'DE89370400440532013000')).toMatch(/^RF\d\d20260042$/)
    expect(paymentReference('2026-0042', null)).toMatch(/^RF/)
    expect(paymentReference('№', 'CH4431999123000889012')).toBeNull()
  })

  it('has a check digit that finds two digits that were swapped', () => {
    expect(isQrReference('000000000000000000202600427')).toBe(true)
    expect(isQrReference('000000000000000000202600247')).toBe(false)
    expect(isQrReference('210000000003139471430009017')).toBe(true)
  })
})
