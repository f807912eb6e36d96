import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runInside } from '../support/inside.ts'
import { type Imported, type ImportsInside, importsInside } from '../support/imports.ts'

const golden = (name: string): string => path.join(import.meta.dirname, '../golden/einvoices', name)

const text = (name: string): string => readFileSync(golden(name), 'utf8')

/** A book of the company that the invoices are of. */
async function ours(): Promise<ImportsInside> {
  const desk = await importsInside()
  await desk.ok('company', 'set', '--name', 'Nordlicht Werkstatt', '--vat-id', 'DE136695976')
  return desk
}

/** Imports an e-invoice as it is. */
async function bring(desk: ImportsInside, name: string, ...args: string[]): Promise<Imported> {
  copyFileSync(golden(name), path.join(desk.folder, path.basename(name)))
  const line = ['import', 'invoices', path.basename(name), '--create', 'clients', ...args]
  return desk.json(...line)
}

async function refused(desk: ImportsInside, name: string, content: string) {
  desk.save(name, content)
  const { code, err } = await runInside(desk.folder, [
    'import',
    'invoices',
    name,
    '--create',
    'clients',
  ])
  return { code, err }
}

const invoiceOf = ({ look }: ImportsInside) =>
  look(
    `SELECT number, kind, issued_on, due_on, currency, net, tax, gross, payment_ref, order_ref, buyer_ref, service_from,
       service_to FROM invoices`,
  )

const linesOf = ({ look }: ImportsInside) =>
  look('SELECT text, quantity, unit, price, discount, tax, category, net FROM invoice_lines')

describe('an e-invoice that another program made', () => {
  it('brings all that it says, and its buyer', async () => {
    const desk = await ours()
    expect(await bring(desk, 'peppol/two-rates.ubl.xml')).toMatchObject({ created: 1 })
    expect(invoiceOf(desk)).toEqual([
      {
        number: '2026-0042',
        kind: 'invoice',
        issued_on: '2026-11-20',
        due_on: '2026-12-20',
        currency: 'EUR',
        net: 119_970,
        tax: 21_898,
        gross: 141_868,
        payment_ref: 'RF3720260042',
        order_ref: 'PO-4711',
        buyer_ref: '04011000-1234512345-06',
        service_from: '2026-11-02',
        service_to: '2026-11-17',
      },
    ])
    expect(linesOf(desk)).toEqual([
      {
        text: 'Consulting',
        quantity: 12_500_000,
        unit: 'h',
        price: 900_000,
        discount: 0,
        tax: 190_000,
        category: 'S',
        net: 112_500,
      },
      {
        text: 'Handbook\nSecond edition, 240 pages',
        quantity: 3_000_000,
        unit: 'pc',
        price: 249_000,
        discount: 0,
        tax: 70_000,
        category: 'S',
        net: 7470,
      },
    ])
    expect(desk.look('SELECT rate, base, tax FROM invoice_taxes ORDER BY rate')).toEqual([
      { rate: 70_000, base: 7470, tax: 523 },
      { rate: 190_000, base: 112_500, tax: 21_375 },
    ])
    expect(
      desk.look('SELECT name, street, postcode, town, country, vat_id, e_address FROM clients'),
    ).toEqual([
      {
        name: 'Harbour Foods GmbH',
        street: 'Kai 7',
        postcode: '23552',
        town: 'Lübeck',
        country: 'DE',
        vat_id: 'DE811907980',
        e_address: '0204:04011000-1234512345-06',
      },
    ])
    await desk.ok('doctor')
  })

  it('is the same invoice in either format, and changes nothing again', async () => {
    const [ubl, cii] = [await ours(), await ours()]
    for (const name of ['line-discount', 'credit-note', 'reverse-charge', 'exempt', 'long']) {
      const [one, other] = [await ours(), await ours()]
      await bring(one, `peppol/${name}.ubl.xml`)
      await bring(other, `peppol/${name}.cii.xml`)
      expect([invoiceOf(one), linesOf(one)]).toEqual([invoiceOf(other), linesOf(other)])
      const again = await bring(one, `peppol/${name}.cii.xml`)
      expect(again).toMatchObject({ created: 0, unchanged: 1, left_out: [] })
    }
    expect(invoiceOf(ubl)).toEqual(invoiceOf(cii))
  })

  it('finds its client by VAT ID, whatever it is called', async () => {
    const desk = await ours()
    await desk.ok('client', 'add', 'Harbour', '--vat-id', 'DE811907980')
    await bring(desk, 'peppol/standard.cii.xml')
    expect(desk.look('SELECT name FROM clients')).toEqual([{ name: 'Harbour' }])
  })

  it('writes nothing in a dry run, and goes when it is undone', async () => {
    const desk = await ours()
    expect(await bring(desk, 'peppol/standard.ubl.xml', '--dry-run')).toMatchObject({ created: 1 })
    expect(invoiceOf(desk)).toEqual([])
    await bring(desk, 'peppol/standard.ubl.xml')
    await desk.ok('undo')
    expect([invoiceOf(desk), linesOf(desk)]).toEqual([[], []])
  })

  it('claims the rest, if it takes off what was billed before', async () => {
    const desk = await ours()
    const first = await runInside(desk.folder, [
      'import',
      'invoices',
      golden('peppol/final.ubl.xml'),
      '--create',
      'clients',
    ])
    expect(first).toMatchObject({ code: 1 })
    expect(first.err).toContain('it takes off invoice “2026-0040”, which is not in the book')
    const parts: [string, string, string, string, string][] = [
      ['2026-0040', '2026-09-01', '3000.00', '570.00', '3570.00'],
      ['2026-0041', '2026-10-01', '2500.00', '475.00', '2975.00'],
    ]
    for (const [number, on, net, tax, gross] of parts) {
      const part = text('peppol/deposit.ubl.xml')
        .replaceAll('2026-0042', number)
        .replaceAll('2026-11-20', on)
        .replaceAll('>3000.00', `>${net}`)
        .replaceAll('>570.00', `>${tax}`)
        .replaceAll('>3570.00', `>${gross}`)
        .replaceAll('>3000<', `>${net}<`)
      desk.save('part.xml', part)
      await desk.ok('import', 'invoices', 'part.xml', '--create', 'clients')
    }
    await bring(desk, 'peppol/final.ubl.xml')
    expect(
      desk.look('SELECT number, part, net, tax, gross FROM invoices ORDER BY id DESC LIMIT 1'),
    ).toEqual([{ number: '2026-0060', part: 'final', net: 450_000, tax: 85_500, gross: 535_500 }])
    await desk.ok('doctor')
    expect(await bring(desk, 'peppol/final.ubl.xml')).toMatchObject({ unchanged: 1, left_out: [] })
  })

  it('is read from ZUGFeRD 1.0 too', async () => {
    const desk = await ours()
    const old = text('peppol/standard.cii.xml')
      .replaceAll('CrossIndustryInvoice:100', 'CrossIndustryDocument:invoice:1p0')
      .replaceAll(
        'urn:un:unece:uncefact:data:standard:CrossIndustryDocument',
        'urn:ferd:CrossIndustryDocument',
      )
      .replaceAll('rsm:CrossIndustryInvoice', 'rsm:CrossIndustryDocument')
      .replaceAll('rsm:ExchangedDocument>', 'rsm:HeaderExchangedDocument>')
      .replaceAll('rsm:SupplyChainTradeTransaction', 'rsm:SpecifiedSupplyChainTradeTransaction')
      .replaceAll('ram:ApplicableHeader', 'ram:ApplicableSupplyChain')
      .replaceAll('ram:SpecifiedLineTrade', 'ram:SpecifiedSupplyChainTrade')
      .replaceAll('RateApplicablePercent', 'ApplicablePercent')
      .replaceAll('SettlementHeaderMonetarySummation', 'SettlementMonetarySummation')
      .replaceAll('SettlementLineMonetarySummation', 'SettlementMonetarySummation')
    desk.save('ZUGFeRD-invoice.xml', old)
    const done = await desk.json<Imported>(
      'import',
      'invoices',
      'ZUGFeRD-invoice.xml',
      '--create',
      'clients',
    )
    expect(done).toMatchObject({
      created: 1,
      notes: ['read as ZUGFeRD 1.0', 'added 1 client: Harbour Foods GmbH'],
    })
    expect(linesOf(desk)).toHaveLength(1)
  })
})

describe('an e-invoice that cannot be taken', () => {
  it('is one of another company', async () => {
    const desk = await ours()
    const other = text('peppol/standard.ubl.xml')
      .replaceAll('DE136695976', 'ATU13585627')
      .replaceAll('Nordlicht', 'Donau')
    const { code, err } = await refused(desk, 'theirs.xml', other)
    expect(code).toBe(2)
    expect(err).toContain(
      'theirs.xml is an invoice of “Donau Werkstatt GmbH” (“ATU13585627”), not of “Nordlicht Werkstatt”',
    )
    expect(invoiceOf(desk)).toEqual([])
  })

  it('is any, as long as the book does not say who you are', async () => {
    const { code, err } = await refused(
      await importsInside(),
      'one.xml',
      text('peppol/standard.ubl.xml'),
    )
    expect(code).toBe(2)
    expect(err).toContain('if that is you: funnel company set --vat-id DE136695976')
  })

  const xml = text('peppol/standard.ubl.xml')
  it.each([
    ['one that breaks off', xml.slice(0, 3000), 'is not complete'],
    [
      'one with a document type',
      xml.replace('<Invoice', '<!DOCTYPE Invoice [<!ENTITY a "b">]>\n<Invoice'),
      'DOCTYPE',
    ],
    [
      'a later version',
      xml.replaceAll('xsd:Invoice-2', 'xsd:Invoice-3'),
      'is UBL Invoice-3, which funnel cannot read',
    ],
    [
      'a later CII',
      text('peppol/standard.cii.xml').replace(
        'CrossIndustryInvoice:100',
        'CrossIndustryInvoice:200',
      ),
      'is CII 200',
    ],
    [
      'an invoice of something else',
      '<?xml version="1.0"?><Invoice xmlns="urn:x"><a/></Invoice>',
      'an XML document “Invoice” of a format',
    ],
    [
      'a PDF without a file',
      '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n',
      'no file is attached',
    ],
  ])('is %s', async (_, content, why) => {
    const { code, err } = await refused(
      await ours(),
      why.startsWith('no file') ? 'x.pdf' : 'x.xml',
      content,
    )
    expect([code, err]).toEqual([2, expect.stringContaining(why)])
  })

  it('is none where clients are wanted', async () => {
    const desk = await ours()
    const { code, err } = await runInside(desk.folder, [
      'import',
      'clients',
      golden('peppol/standard.ubl.xml'),
    ])
    expect(code).toBe(2)
    expect(err).toContain('is an e-invoice, and holds no clients')
  })
})
