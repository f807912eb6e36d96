import { expect, test } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import type { Money } from '../../src/domain/money.ts'
import { toPdf } from '../../src/documents/pdf/index.ts'
import { previewText } from '../../src/documents/preview.ts'
import { samplePaper } from '../../src/documents/sample.ts'
import { fieldsOf } from '../../src/documents/write/index.ts'
import { plainText } from '../../src/documents/write/plain.ts'
import { PLAIN_LOOK } from '../support/documents.ts'

// 3 × 1,249.99 − 5 % = 3,562.47; 7.5 × 90 = 675.00; 2 × 24.50 = 49.00.
// Net 4,286.47; 19 % of 4,237.47 = 805.12; 7 % of 49.00 = 3.43; together 5,095.02.

const facts = (of: readonly { name: string; label: string; value: string }[]) =>
  of.map(({ label, value }) => `${label}: ${value}`)

test('an invoice in English says days, amounts and sums as they are written there', () => {
  const fields = fieldsOf(samplePaper('invoice', 'en'))
  expect(fields.title).toBe('Invoice 2026-0001')
  expect(fields.date).toBe('29 November 2026')
  expect(fields.lines[0]).toMatchObject({
    name: 'Cold room',
    details: '20 m³, with door and floor',
    quantity: '3',
    price: '1,249.99',
    discount: '5%',
    tax: '19%',
    net: '3,562.47',
  })
  expect(facts(fields.sums)).toEqual([
    'Net: 4,286.47',
    'VAT 19% on 4,237.47: 805.12',
    'VAT 7% on 49.00: 3.43',
    'Total EUR: 5,095.02',
  ])
  expect(fields.payment.terms).toEqual([
    'Please pay 5,095.02 EUR by 29 December 2026.',
    'If you pay by 9 December 2026, you may deduct 2% and pay 4,993.12 EUR.',
  ])
  expect(facts(fields.payment.facts)).toContain('IBAN: DE89 3704 0044 0532 0130 00')
  expect(fields.client.address).toEqual(['Lange Reihe 7', '20099 Hamburg'])
})

test('the same invoice goes to each client in its own language and its way of writing', () => {
  const written = (tag: string) => {
    const { title, date, sums, payment } = fieldsOf(samplePaper('invoice', tag))
    return [title, date, ...facts(sums), payment.terms[0]]
      .join('\n')
      .replaceAll('\u00a0', ' ')
      .replaceAll('’', "'")
  }
  expect(written('de')).toMatchInlineSnapshot(`
    "Rechnung 2026-0001
    29.11.2026
    Netto: 4.286,47
    USt. 19 % auf 4.237,47: 805,12
    USt. 7 % auf 49,00: 3,43
    Gesamtbetrag EUR: 5.095,02
    Bitte überweisen Sie 5.095,02 EUR bis zum 29.12.2026."
  `)
  expect(written('de-CH')).toMatchInlineSnapshot(`
    "Rechnung 2026-0001
    29.11.2026
    Netto: 4'286.47
    USt. 19% auf 4'237.47: 805.12
    USt. 7% auf 49.00: 3.43
    Gesamtbetrag EUR: 5'095.02
    Bitte überweisen Sie 5'095.02 EUR bis zum 29.12.2026."
  `)
  expect(written('en-US')).toMatchInlineSnapshot(`
    "Invoice 2026-0001
    November 29, 2026
    Net: 4,286.47
    VAT 19% on 4,237.47: 805.12
    VAT 7% on 49.00: 3.43
    Total EUR: 5,095.02
    Please pay 5,095.02 EUR by December 29, 2026."
  `)
  expect(written('ru')).toMatchInlineSnapshot(`
    "Счёт № 2026-0001
    29.11.2026
    Сумма без НДС: 4 286,47
    НДС 19 % от 4 237,47: 805,12
    НДС 7 % от 49,00: 3,43
    Итого EUR: 5 095,02
    Просим оплатить 5 095,02 EUR до 29.12.2026."
  `)
  expect(written('th')).toMatchInlineSnapshot(`
    "ใบแจ้งหนี้ เลขที่ 2026-0001
    29 พฤศจิกายน 2569
    จำนวนเงินก่อนภาษี: 4,286.47
    ภาษีมูลค่าเพิ่ม 19% ของ 4,237.47: 805.12
    ภาษีมูลค่าเพิ่ม 7% ของ 49.00: 3.43
    จำนวนเงินรวมทั้งสิ้น EUR: 5,095.02
    โปรดชำระเงิน 5,095.02 EUR ภายในวันที่ 29 ธันวาคม 2569"
  `)
  // There are no documents in French: English is what most can read.
  expect(written('fr')).toBe(written('en'))
})

test('a client abroad gets the countries named in its language, and the tax of its own country', () => {
  const paper = samplePaper('invoice', 'de')
  const abroad = fieldsOf({
    ...paper,
    buyer: { ...paper.buyer, street: 'Rue 1', postcode: '75001', town: 'Paris', country: 'FR' },
  })
  expect(abroad.client.address).toEqual(['Rue 1', '75001 Paris', 'Frankreich'])
  expect(abroad.seller.country).toBe('Deutschland')
  const swiss = fieldsOf({ ...paper, seller: { ...paper.seller, country: 'CH' } })
  expect(swiss.labels.tax).toBe('MWST')
  const american = fieldsOf({
    ...paper,
    language: 'en-US',
    seller: { ...paper.seller, country: 'US' },
    buyer: { ...paper.buyer, town: 'Boise', region: 'ID', postcode: '83702', country: 'US' },
  })
  expect(american.client.address).toEqual(['Lange Reihe 7', 'Boise, ID 83702'])
  expect(american.labels.tax).toBe('Tax')
})

test('a final invoice shows the whole work, what was billed before, and what is left', () => {
  const paper = samplePaper('invoice', 'de')
  const { net, tax, gross, taxes } = paper.totals
  const [most, ...others] = taxes
  const fields = fieldsOf({
    ...paper,
    part: 'final',
    deductions: [
      {
        number: '2025-0099',
        issuedOn: '2026-06-01' as Day,
        net: 100_000 as Money,
        tax: 19_000 as Money,
        gross: 119_000 as Money,
      },
    ],
    totals: {
      net: (net - 100_000) as Money,
      tax: (tax - 19_000) as Money,
      gross: (gross - 119_000) as Money,
      taxes: [
        { ...most!, base: (most!.base - 100_000) as Money, tax: (most!.tax - 19_000) as Money },
        ...others,
      ],
    },
    open: (gross - 119_000) as Money,
  })
  expect(fields.title).toBe('Schlussrechnung 2026-0001')
  expect(facts(fields.sums).join('\n').replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
    "Netto: 4.286,47
    USt. 19 % auf 4.237,47: 805,12
    USt. 7 % auf 49,00: 3,43
    Gesamtbetrag EUR: 5.095,02
    abzüglich Rechnung 2025-0099 vom 01.06.2026 (netto 1.000,00, Steuer 190,00): -1.190,00
    Verbleibend netto: 3.286,47
    USt. 19 % auf 3.237,47: 615,12
    USt. 7 % auf 49,00: 3,43
    Restbetrag EUR: 3.905,02"
  `)
})

test('a reminder takes its list out of its text, in the plural of its language', () => {
  const paper = samplePaper('reminder', 'ru')
  const [late] = paper.reminder?.invoices ?? []
  const days = [1, 3, 5, 21].map((count) => ({ ...late!, late: count }))
  const fields = fieldsOf({ ...paper, reminder: { ...paper.reminder!, invoices: days } })
  expect(fields.late.map((one) => one.days)).toEqual(['1 день', '3 дня', '5 дней', '21 день'])
  expect(fields.title).toMatch(/^Напоминание об оплате: счета № 2026-0001/)
  expect(fields.intro).toMatch(/ещё не оплачены:$/)
  expect(fields.closing).not.toContain('{')
  const own = fieldsOf({ ...paper, body: 'Money!\n\nPlease:\n{invoices}\nto {company}\n\n{pay}' })
  expect([own.title, own.intro, own.closing]).toEqual(['Money!', 'Please:', 'to Harbour Cooling'])
})

test('texts of the book replace those of the program, each in its language', () => {
  const own = {
    documentLanguage: 'en',
    reminderTexts: { 1: 'Pay!\n\nNow: {invoices}' },
    documentTexts: { 'de/proposal.intro': 'Moin {contact},\n\n{due}\n\n{validity}' },
  }
  const german = fieldsOf(samplePaper('proposal', 'de-AT'), own)
  expect(german.intro).toBe('Moin Ingrid Möller,\n\nDieses Angebot ist bis zum 29.12.2026 gültig.')
  expect(fieldsOf(samplePaper('proposal', 'en'), own).intro).toMatch(/^Dear Ingrid Möller,/)
  expect(fieldsOf(samplePaper('reminder', 'en'), own).title).toBe('Pay!')
  expect(fieldsOf(samplePaper('reminder', 'de'), own).title).toMatch(/^Zahlungserinnerung/)
  expect(german.title).toBe('Angebot P-2026-0001, Version 2')
  expect(german.options.map(({ name }) => name)).toEqual(['Maintenance, one year'])
})

test('a draft says so, and what would steer a terminal is left out', () => {
  const paper = samplePaper('invoice', 'en')
  const fields = fieldsOf({ ...paper, number: null, note: 'a\u001b[31mb\u202Ec\uFFFFd\ud800' })
  expect(fields.title).toBe('Invoice (draft)')
  expect(fields.note).toBe('a[31mbcd')
})

test('as a mail it is plain text with the same figures', () => {
  expect(plainText(fieldsOf(samplePaper('invoice', 'en')))).toMatchInlineSnapshot(`
    "Nordlicht Möbel GmbH
    Lange Reihe 7
    20099 Hamburg

    Invoice 2026-0001

    Number:         2026-0001
    Date:           29 November 2026
    Due:            29 December 2026
    Service period: 31 October 2026 to 29 November 2026
    Your order:     PO-4711
    Your reference: 04011000-1234512345-06
    Contact:        Ingrid Möller
    Your VAT ID:    DE811569869

    Cold store

    Dear Ingrid Möller,

    For our goods and services we charge you the following:

    1. Cold room
       20 m³, with door and floor
       3 pc × 1,249.99, Discount 5%                                 3,562.47
    2. Installation
       7.5 h × 90.00                                                  675.00
    3. Handbook
       2 × 24.50                                                       49.00

    Net                                                             4,286.47
    VAT 19% on 4,237.47                                               805.12
    VAT 7% on 49.00                                                     3.43
    Total EUR                                                       5,095.02

    Delivery within four weeks.

    Please pay 5,095.02 EUR by 29 December 2026.
    If you pay by 9 December 2026, you may deduct 2% and pay 4,993.12 EUR.

    Account holder: Harbour Cooling
    IBAN:           DE89 3704 0044 0532 0130 00
    BIC:            COBADEFFXXX
    Reference:      RF18539007547034

    Thank you for your business.

    Harbour Cooling · Hafenstr. 1, 20457 Hamburg
    VAT ID DE136695976 · Tax number 27/123/45678 · HRB 12345, Hamburg
    office@cooling.example · Phone +49 40 123456 · cooling.example
    "
  `)
})

test('numbers and places of the sender are as its country writes them', () => {
  const invoice = samplePaper('invoice', 'de-CH')
  const from = (seller: Partial<typeof invoice.seller>) =>
    fieldsOf({ ...invoice, seller: { ...invoice.seller, ...seller } }).footer.join('\n')
  expect(from({ country: 'CH', vat_id: 'CHE123456788' })).toContain('MWST-Nr. CHE-123.456.788')
  expect(from({ country: 'AT', vat_id: 'ATU12345675' })).toContain('UID-Nr. ATU12345675')
  expect(from({ country: 'TH', town: 'Bangkok', postcode: '10110', region: null })).toContain(
    'Bangkok 10110, Thailand',
  )
})

test('an alternative says which line it may take the place of, on pages and on screens', async () => {
  const paper = samplePaper('proposal', 'de')
  const [first] = paper.lines
  if (!first) throw new Error('the sample has no lines')
  const other = { ...first, position: 9, text: 'Kleiner', counts: false, alternativeOf: 1 }
  const fields = fieldsOf({ ...paper, lines: [first, other] })
  expect(previewText(fields, null, { width: 80, measure: (text) => text.length })).toMatch(
    /Kleiner.*\n +statt Pos\. 1/,
  )
  const { bytes } = await toPdf(fields, PLAIN_LOOK, { code: null, day: paper.on })
  const page = await toPdf(
    { ...fields, options: fields.options.map((line) => ({ ...line, alternative_of: '' })) },
    PLAIN_LOOK,
    { code: null, day: paper.on },
  )
  expect(bytes.length).toBeGreaterThan(page.bytes.length)
})
