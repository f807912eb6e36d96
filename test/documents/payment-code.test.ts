import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import { invoicePaper } from '../../src/documents/gather/invoice.ts'
import { documentMaker } from '../../src/documents/maker.ts'
import { choosePaymentCode } from '../../src/documents/payment-code.ts'
import { samplePaper } from '../../src/documents/sample.ts'
import { addAccount } from '../../src/records/firm/bank-accounts.ts'
import { setCompany } from '../../src/records/firm/company.ts'
import type { Issued } from '../../src/money/invoices/find.ts'
import { bill, pay } from '../support/billing.ts'
import { day, newBook, perform, SETTINGS } from '../support/book.ts'
import { addClient } from '../../src/records/clients.ts'

const QR_IBAN = 'CH4431999123000889012'
const ON = day('2026-11-02')

/** The book of a dairy in Zürich that is paid to an account, with an invoice of 1,949.75. */
async function dairy(iban: string, town: string | null): Promise<{ book: Book; invoice: Issued }> {
  const book = newBook({ currency: { code: 'CHF', digits: 2 } })
  const invoice = await perform(book, async (db) => {
    await setCompany(db, { name: 'Käserei Müller', postcode: '8001', town, country: 'CH' })
    await addAccount(db, 'Main', { iban, currency: 'CHF' }, true)
    await addClient(db, 'Harbour Foods', {}, {}, ON)
    return bill(db, { client: 1, amount: 194_975, currency: 'CHF', on: ON, due: ON })
  })
  return { book, invoice }
}

describe('an invoice', () => {
  it('to a QR-IBAN has a QR reference, and a Swiss bill of what is open', async () => {
    const { book, invoice } = await dairy(QR_IBAN, 'Zürich')
    expect(invoice.payment_ref).toBe('000000000000000000202600013')
    const paper = await invoicePaper(book.db, invoice, 'de', ON)
    const lines = choosePaymentCode(paper).code?.payload.split('\n') ?? []
    expect([lines[0], lines[3], lines[18], lines[27], lines[28]]).toEqual([
      'SPC',
      QR_IBAN,
      '1949.75',
      'QRR',
      '000000000000000000202600013',
    ])
    await perform(book, (db) => pay(db, 1, 94_975, ON, [invoice]))
    const later = await invoicePaper(book.db, invoice, 'de', ON)
    expect(choosePaymentCode(later).code?.payload).toContain('\n1000.00\nCHF\n')
    await perform(book, (db) => pay(db, 1, 100_000, ON, [invoice]))
    const paid = await invoicePaper(book.db, invoice, 'de', ON)
    expect(choosePaymentCode(paid)).toEqual({ code: null, lacks: null })
  })

  it('is made without a code if something is missing, and says what', async () => {
    const { book, invoice } = await dairy('CH5604835012345678009', null)
    expect(invoice.payment_ref).toMatch(/^RF/)
    const make = await documentMaker(book.db, SETTINGS)
    const made = await make(await invoicePaper(book.db, invoice, 'de', ON), { format: 'pdf' })
    expect(made).toMatchObject({ missing: [], noCode: 'your company has no town' })
  })
})

describe('no code', () => {
  const none = { code: null, lacks: null }

  it.each(['proposal', 'credit-note', 'letter'] as const)('is on a %s', (kind) => {
    expect(choosePaymentCode(samplePaper(kind, 'en'))).toEqual(none)
  })

  it('is on a draft, in other currencies, and without an IBAN', () => {
    const paper = samplePaper('invoice', 'en')
    expect(choosePaymentCode(paper).code?.kind).toBe('epc')
    expect(choosePaymentCode({ ...paper, number: null })).toEqual(none)
    expect(choosePaymentCode({ ...paper, currency: { code: 'USD', digits: 2 } })).toEqual(none)
    const seller = { ...paper.seller, account: null }
    expect(choosePaymentCode({ ...paper, seller })).toEqual(none)
  })

  it('asks for less than a reminder does, interest and all', () => {
    const { code } = choosePaymentCode(samplePaper('reminder', 'en'))
    expect(code?.payload).toContain('\nEUR5107.36\n')
  })
})
