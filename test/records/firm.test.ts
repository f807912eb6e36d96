import path from 'node:path'
import { writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { contents } from '../support/book.ts'
import { type ImportsInside, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

let made: ImportsInside

beforeEach(async () => {
  made = await importsInside()
})

const ok = (...words: string[]): Promise<string> => made.ok(...words)

async function refused(...words: string[]): Promise<string> {
  const { code, err } = await runInside(made.folder, words)
  return `${code}: ${err}`
}

function rowsOf({ folder }: ImportsInside): Record<string, unknown[]> {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    const { operations: _, ...rows } = contents(book)
    return rows
  } finally {
    book.close()
  }
}

const IBAN = 'DE89 3704 0044 0532 0130 00'
const ADDRESS = ['--street', 'Kai 5', '--postcode', '20457', '--town', 'Hamburg', '--country', 'DE']

interface Card {
  name: string | null
  complete: boolean
  logo: string | null
  logo_bytes: number | null
  missing: { what: string; needed: string; command: string }[]
  bank_accounts: Record<string, unknown>[]
}

const card = (): Promise<Card> => made.json<Card>('company', 'show')

describe('your company', () => {
  it('says what an invoice needs that is not there, until it is', async () => {
    const needed = (await card()).missing.map(({ what }) => what)
    expect(needed).toEqual([
      'name',
      'street',
      'postcode',
      'town',
      'country',
      'VAT ID or tax number',
      'bank account',
      'e-address',
    ])
    await ok('company', 'set', '--name', 'Harbour Cooling', ...ADDRESS)
    await ok('company', 'set', '--tax-number', '27/123/45678')
    expect(await ok('company', 'show')).toMatch(
      /Your company: Harbour Cooling\n.*Kai 5, 20457 Hamburg, DE[^]*funnel bank account add/,
    )
    await ok('bank', 'account', 'add', 'House bank', '--iban', IBAN)
    expect(await card()).toMatchObject({ name: 'Harbour Cooling', complete: true })
    expect((await card()).missing).toMatchObject([{ what: 'e-address', needed: 'e-invoice' }])
    await ok('company', 'set', '--e-address', '0088:4012345000009', '--town', 'none')
    expect((await card()).missing).toMatchObject([{ what: 'town', needed: 'invoice' }])
  })

  it('keeps a logo in the book', async () => {
    writeFileSync(path.join(made.folder, 'logo.txt'), '<svg xmlns="x"><path d="M0 0h9"/></svg>')
    await ok('company', 'set', '--logo', 'logo.txt')
    expect(await card()).toMatchObject({ logo: 'svg', logo_bytes: 39 })
    expect(await ok('company', 'show')).toContain('Logo: SVG, 39 bytes')
    writeFileSync(path.join(made.folder, 'bad.png'), 'no picture')
    expect(await refused('company', 'set', '--logo', 'bad.png')).toMatch(/^2: .*not a picture/)
    expect(await refused('company', 'set', '--logo', 'none.png')).toMatch(/^[23]: .*none\.png/)
    expect(await card()).toMatchObject({ logo: 'svg' })
    await ok('company', 'set', '--logo', 'none')
    expect(await card()).toMatchObject({ logo: null })
  })

  it('takes a VAT ID that looks wrong, and says so; refuses a country that is none', async () => {
    const { err } = await runInside(made.folder, ['company', 'set', '--vat-id', 'DE136695977'])
    expect(err).toContain('the VAT ID DE136695977 has a check digit that does not fit')
    expect(await refused('company', 'set', '--country', 'Germny')).toMatch(/^2: .*not a country/)
    expect(await refused('company', 'set')).toMatch(/^2: .*nothing to set/)
  })
})

describe('taxes', () => {
  it('are what products refer to, by name or rate, and the default is taken', async () => {
    await ok('tax', 'add', 'Standard', '19%')
    await ok('tax', 'add', 'Reduced', '7%')
    await ok('tax', 'add', 'Exempt', '0%', '--category', 'E', '--reason', 'small business')
    expect(await ok('product', 'add', 'Pump')).toContain('19% (Standard)')
    await ok('product', 'add', 'Book', '--tax', '7')
    await ok('product', 'add', 'Course', '--tax', 'exempt')
    await ok('product', 'add', 'Odd', '--tax', '5.5%')
    await ok('product', 'add', 'Untaxed', '--tax', 'none')
    const { products } = await made.json<{ products: Record<string, unknown>[] }>('product', 'list')
    expect(products.map(({ name, tax, tax_name: named }) => [name, tax, named])).toEqual([
      ['Book', 7, 'Reduced'],
      ['Course', 0, 'Exempt'],
      ['Odd', 5.5, null],
      ['Pump', 19, 'Standard'],
      ['Untaxed', null, null],
    ])
    expect(await ok('tax', 'edit', 'Standard', '--rate', '20%')).toContain('1 product')
    expect(await ok('product', 'show', 'Pump')).toContain('Tax rate: 20% (Standard)')
    expect(await refused('tax', 'drop', 'Standard')).toMatch(/^2: .*1 product has the tax Standard/)
    await ok('product', 'edit', 'Pump', '--tax', 'Reduced')
    await ok('tax', 'drop', 'Standard')
    expect(await ok('doctor')).toMatch(/sound|in order/)
  })

  it('have a category that goes with their rate', async () => {
    expect(await refused('tax', 'add', 'X', '0%', '--category', 'S')).toMatch(/^2: .*not of cat/)
    expect(await refused('tax', 'add', 'X', '19%', '--category', 'AE')).toMatch(/^2: .*rate 0%/)
    await ok('tax', 'add', 'Zero', '0%')
    expect(await ok('tax', 'list', '--csv')).toMatch(/Zero,0,Z,zero rate/)
    expect(await refused('tax', 'add', 'zero', '0%')).toMatch(/^2: .*is that of another tax/)
  })

  it('come back with the products that have them', async () => {
    await ok('tax', 'add', 'Zero', '0%')
    await ok('tax', 'add', 'Exempt', '0%', '--category', 'E')
    await ok('product', 'add', 'Course', '--tax', 'Exempt')
    const file = path.join(made.folder, 'products.csv')
    await ok('export', 'products', '--out', file)
    const again = await importsInside()
    await again.ok('tax', 'add', 'Zero', '0%')
    await again.ok('tax', 'add', 'Exempt', '0%', '--category', 'E')
    await again.ok('import', 'products', file)
    expect(await again.ok('product', 'show', 'Course')).toContain('Tax rate: 0% (Exempt)')
    // A name alone stands for the rate that the tax has.
    const named = ['Name,Tax rate name', 'Lesson,Exempt', 'Talk,Reduced']
    const said = await again.bring('products', named, '--map', 'Tax rate name=tax-name')
    expect(said.notes.join()).toMatch(/taxes left out.*: Reduced/)
    expect(await again.ok('product', 'show', 'Lesson')).toContain('Tax rate: 0% (Exempt)')
    const without = await importsInside()
    expect(await without.ok('import', 'products', file)).toMatch(/taxes left out.*: Exempt/)
  })
})

describe('terms of payment', () => {
  it('are those of a client, else the default ones', async () => {
    await ok('terms', 'add', '30 days', '--days', '30')
    await ok('terms', 'add', 'Wholesale', '--days', '60', '--discount', '2%', '--within', '10')
    expect(await ok('terms', 'list')).toMatch(/30 days, |30 days +30 days/)
    await ok('client', 'add', 'Quay', '--terms', 'wholesale')
    await ok('client', 'add', 'Pier')
    expect(await ok('client', 'show', 'Quay')).toContain('Terms: Wholesale')
    expect(await ok('client', 'list', '--where', 'terms=Wholesale', '--csv')).toMatch(/Quay/)
    expect(await ok('client', 'list', '--columns', 'name,terms', '--csv')).toMatch(/Quay,Wholesale/)
    expect(await refused('terms', 'drop', 'Wholesale')).toMatch(/^2: .*1 client has the terms/)
    await ok('client', 'edit', '--where', 'terms=Wholesale', '--set', 'terms=none')
    await ok('terms', 'drop', 'Wholesale')
  })

  it('refuse what cannot be', async () => {
    const part = ['--days', '30', '--discount', '2%']
    expect(await refused('terms', 'add', 'X', ...part)).toMatch(/^2: .*percentage and d/)
    expect(await refused('terms', 'add', '30 days')).toMatch(/^2: .*need the days[^]*--days 30/)
    const late = ['--days', '7', '--discount', '2%', '--within', '10']
    expect(await refused('terms', 'add', 'X', ...late)).toMatch(/^2: .*would end after 10 days/)
  })

  it('have a default one still when that is dropped, or say that there is none', async () => {
    for (const name of ['A', 'B', 'C']) await ok('terms', 'add', name, '--days', '30')
    expect(await ok('terms', 'drop', 'A')).toContain('none is the default now')
    await ok('terms', 'edit', 'B', '--default')
    expect(await ok('terms', 'drop', 'B')).not.toContain('none is')
    const { terms } = await made.json<{ terms: unknown[] }>('terms', 'list')
    expect(terms).toMatchObject([{ name: 'C', default: true }])
  })

  it.each([
    ['Net 30', 30],
    ['30 Tage netto', 30],
    ['zahlbar in 14 Tagen', 14],
    ['30 jours', 30],
    ['3 months', null],
    ['2 weeks', null],
    ['10th of the following month', null],
    ['30 days end of month', null],
    ['2/10 net 30', null],
  ])('of a file: %s', async (text, days) => {
    made.save('clients.csv', `name,terms\nQuay,${text}\n`)
    await ok('import', 'clients', 'clients.csv')
    const { terms } = await made.json<{ terms: unknown[] }>('terms', 'list')
    expect(terms).toMatchObject(days === null ? [] : [{ name: text, days }])
    if (days === null) expect(await ok('client', 'show', 'Quay')).toContain(text)
  })

  it('go with a merge', async () => {
    await ok('terms', 'add', '30 days', '--days', '30')
    await ok('client', 'add', 'One')
    await ok('client', 'add', 'Two', '--terms', '30 days')
    await ok('client', 'merge', '1', '2')
    expect(await made.json('client', 'show', '1')).toMatchObject({ terms: '30 days' })
  })

  it.each([['clients.csv'], ['clients.json']])(
    'and price lists go out and come back with %s',
    async (name) => {
      const file = path.join(made.folder, name)
      await ok('terms', 'add', 'Net 30', '--days', '30')
      await ok('product', 'add', 'Pump', '--price', '9')
      await ok('product', 'price', 'add', 'Pump', '8', '--list', 'Wholesale')
      await ok('client', 'add', 'Quay', '--terms', 'Net 30', '--price-list', 'Wholesale')
      await ok('export', 'clients', '--out', file)
      const again = await importsInside()
      const said = await again.ok('import', 'clients', file)
      expect(said).toMatch(/added 1 price list: Wholesale[^]*added 1 set of terms: Net 30/)
      const both = { terms: 'Net 30', price_list: 'Wholesale' }
      expect(await again.json('client', 'show', 'Quay')).toMatchObject(both)
      expect(await again.ok('terms', 'list', '--csv')).toMatch(/Net 30/)
      expect(await again.ok('import', 'clients', file)).toMatch(/1 unchanged/)
    },
  )

  it('and price lists are added only for a client that gets them', async () => {
    await made.bring('clients', ['Name,Terms,Price list,Owner', 'Quay,Net 30,A,'])
    const again = ['Name,Terms,Price list,Owner', 'Quay,Net 60,B,Ann']
    const kept = await made.bring('clients', again, '--create', 'owners')
    expect(kept.notes.join()).toMatch(/2 cells left alone.*price-list, terms/)
    expect(made.look('SELECT name FROM price_lists')).toEqual([{ name: 'A' }])
    expect(made.look('SELECT name FROM terms')).toEqual([{ name: 'Net 30' }])
    const owner = ['Name,Owner', 'Quay,Bo']
    await made.bring('clients', owner, '--create', 'owners')
    expect(made.look('SELECT name FROM owners')).toEqual([{ name: 'Ann' }])
    await made.bring('clients', again, '--on-duplicate', 'update')
    expect(await made.json('client', 'show', '1')).toMatchObject({
      price_list: 'B',
      terms: 'Net 60',
    })
  })

  it('are read from files of other programs, and kept as they are if they are not clear', async () => {
    const file = path.join(made.folder, 'list.csv')
    writeFileSync(
      file,
      'Company,Zahlungsbedingungen\nQuay,30 Tage netto\nPier,2% 10 / 30 netto\nDock,sofort\n',
    )
    await ok('import', 'clients', 'list.csv')
    expect(await made.json('client', 'show', 'Quay')).toMatchObject({ terms: '30 Tage netto' })
    expect(await made.json('client', 'show', 'Pier')).toMatchObject({
      terms: null,
      properties: [{ name: 'Terms', value: '2% 10 / 30 netto' }],
    })
    const { terms } = await made.json<{ terms: Record<string, unknown>[] }>('terms', 'list')
    expect(terms.map(({ name, days }) => [name, days])).toEqual([
      ['30 Tage netto', 30],
      ['sofort', 0],
    ])
  })
})

describe('bank accounts', () => {
  it('have an IBAN that is one, or a number', async () => {
    await ok('bank', 'account', 'add', 'House bank', '--iban', IBAN, '--bic', 'COBADEFFXXX')
    await ok('bank', 'account', 'add', 'US', '--number', '123', '--sort-code', '021', '--default')
    expect(await ok('bank', 'account', 'list', '--csv')).toMatch(
      /US,,,123,021,EUR,(?:yes|true)\r?\n.*House bank,DE89 3704 0044 0532 0130 00,COBADEFFXXX,,,EUR,(?:no|false)?/,
    )
    expect(await refused('bank', 'account', 'add', 'X', '--iban', 'DE89')).toMatch(/^2: .*IBAN/)
    expect(await refused('bank', 'account', 'add', 'X')).toMatch(/^2: .*needs an IBAN or a number/)
    expect(await refused('bank', 'account', 'add', 'X', '--iban', IBAN)).toMatch(/^2: .*House bank/)
    expect(await refused('bank', 'account', 'edit', 'House', '--iban', 'none')).toMatch(
      /^2: .*need/,
    )
    await ok('bank', 'account', 'drop', 'US')
    await ok('bank', 'account', 'edit', 'House', '--default')
  })
})

describe('a file of your company', () => {
  it('goes out and comes back as it is, and twice changes nothing', async () => {
    writeFileSync(path.join(made.folder, 'logo.svg'), '<svg xmlns="x"><path d="M0 0h9"/></svg>')
    await ok('company', 'set', '--name', 'Harbour Cooling', ...ADDRESS, '--logo', 'logo.svg')
    await ok('tax', 'add', 'Standard', '19%', '--since', '2027-01-01')
    await ok('tax', 'add', 'Export', '0%', '--category', 'G', '--reason', 'export', '--default')
    await ok('terms', 'add', 'Net', '--days', '30', '--discount', '2.5%', '--within', '10')
    await ok('bank', 'account', 'add', 'House bank', '--iban', IBAN, '--currency', 'USD')
    const file = path.join(made.folder, 'company.json')
    await ok('export', 'company', '--out', file)
    const again = await importsInside()
    expect(await again.ok('import', 'company', file)).toMatch(
      /7 values?, 2 taxes, 1 terms, 1 bank|6 v/,
    )
    expect(await again.ok('export', 'company')).toBe(await ok('export', 'company'))
    const before = rowsOf(again)
    await again.ok('import', 'company', file)
    expect(rowsOf(again)).toEqual({ ...before, journal: rowsOf(again).journal })
    expect(await again.ok('export', 'company')).toBe(await ok('export', 'company'))
    await again.ok('undo')
    await again.ok('undo')
    expect(await again.json('company', 'show')).toMatchObject({ name: null, bank_accounts: [] })
  })

  it.each([
    ['not JSON', /is not JSON/],
    ['{"name": "X"}', /is not a file of a company/],
    ['{"company": {"name": 5}}', /company: “name” is not a text/],
    [
      '{"company": {}, "taxes": [{"name": "X", "rate": "much", "category": "S"}]}',
      /taxes 1: .*rate/,
    ],
    [
      '{"company": {}, "taxes": [{"name": "X", "rate": "19%", "category": "Q"}]}',
      /not one of S, Z/,
    ],
    ['{"company": {}, "bank_accounts": [{"name": "X", "iban": "DE1"}]}', /bank_accounts 1: .*IBAN/],
    ['{"company": {"logo": {"base64": "AAAA"}}}', /the logo is not a picture/],
    ['{"company": {"nmae": "X"}}', /“nmae” is not known here[^]*known are: name, street/],
    ['{"company": {}, "terms": [{"name": "X", "day": 3}]}', /terms 1: “day” is not known/],
    ['{"company": {}, "processes": []}', /“processes” is not known[^]*bank_accounts/],
  ])('is refused as %s', async (text, why) => {
    writeFileSync(path.join(made.folder, 'company.json'), text)
    const before = rowsOf(made)
    const said = await refused('import', 'company', 'company.json')
    expect(said).toMatch(/^2: /)
    expect(said).toMatch(why)
    expect(rowsOf(made)).toEqual(before)
  })
})

it('is compared by doctor: rates of products, check digits of accounts, the one default', async () => {
  await ok('tax', 'add', 'Standard', '19%')
  await ok('tax', 'add', 'Reduced', '7%')
  await ok('product', 'add', 'Pump')
  await ok('bank', 'account', 'add', 'House bank', '--iban', IBAN)
  const raw = new Database(path.join(made.folder, 'funnel.db'))
  raw.exec(`UPDATE products SET tax = 70000; UPDATE taxes SET is_default = 1;
    UPDATE bank_accounts SET iban = 'DE89370400440532013001'`)
  raw.close()
  const { out, err } = await runInside(made.folder, ['doctor'])
  for (const said of [
    /more than one default: Standard, Reduced/,
    /bank account House bank: DE89370400440532013001 has check digits/,
    /product 1: its tax rate is not that of its tax Standard/,
  ]) {
    expect(out + err).toMatch(said)
  }
})

it('is all undone row for row', async () => {
  await ok('client', 'add', 'Quay')
  await ok('product', 'add', 'Pump')
  const before = rowsOf(made)
  const commands = [
    ['company', 'set', '--name', 'Harbour Cooling', ...ADDRESS],
    ['company', 'set', '--name', 'Harbour'],
    ['tax', 'add', 'Standard', '19%'],
    ['tax', 'add', 'Reduced', '7%', '--default'],
    ['product', 'edit', 'Pump', '--tax', 'Standard'],
    ['tax', 'edit', 'Standard', '--rate', '20%', '--default'],
    ['tax', 'drop', 'Reduced'],
    ['terms', 'add', '30 days', '--days', '30'],
    ['terms', 'edit', '30 days', '--end-of-month'],
    ['client', 'edit', 'Quay', '--terms', '30 days'],
    ['bank', 'account', 'add', 'House bank', '--iban', IBAN],
    ['bank', 'account', 'edit', 'House', '--bic', 'COBADEFFXXX'],
    ['bank', 'account', 'drop', 'House'],
  ]
  for (const command of commands) await ok(...command)
  for (const _ of commands) await ok('undo')
  expect(rowsOf(made)).toEqual(before)
})
