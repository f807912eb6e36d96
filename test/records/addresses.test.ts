import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { contents } from '../support/book.ts'
import { type ImportsInside, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const ADDRESS = ['--street', 'Hafenstr. 1', '--postcode', '20457', '--town', 'Hamburg']

interface Client extends Record<string, unknown> {
  properties: { name: string; value: string }[]
}

function clientOf({ json }: ImportsInside, client: string): Promise<Client> {
  return json<Client>('client', 'show', client)
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

async function imported(header: string, ...rows: string[]): Promise<ImportsInside> {
  const made = await importsInside()
  writeFileSync(path.join(made.folder, 'list.csv'), [header, ...rows, ''].join('\n'))
  await made.ok('import', 'clients', 'list.csv')
  return made
}

const HARBOUR = {
  street: 'Hafenstr. 1',
  postcode: '20457',
  town: 'Hamburg',
  country: 'DE',
  properties: [],
}

describe('the address of a client', () => {
  it('is given, shown, listed, chosen by, found and changed, and undone row for row', async () => {
    const made = await importsInside()
    await made.ok('client', 'add', 'Pier Nine', '--town', 'Bremen')
    await made.ok('client', 'add', 'Harbour Foods')
    const before = rowsOf(made)
    await made.ok('client', 'edit', '2', ...ADDRESS, '--country', 'germany')
    await made.ok('client', 'edit', '2', '--delivery', 'Kai 5\n20459 Hamburg')
    expect(await clientOf(made, '2')).toMatchObject({
      ...HARBOUR,
      delivery: 'Kai 5\n20459 Hamburg',
    })
    const card = await made.ok('client', 'show', '2')
    expect(card).toContain('Address: Hafenstr. 1, 20457 Hamburg, DE\n')
    expect(card).toMatch(/Delivery: Kai 5\n +20459 Hamburg\n/)
    for (const where of ['country=Deutschland', 'town=hamburg', 'postcode<30000', 'street~hafen']) {
      expect(await made.ok('client', 'list', '--where', where, '--csv')).toMatch(/Harbour/)
      expect(await made.ok('client', 'list', '--where', where, '--csv')).not.toMatch(/Pier/)
    }
    const listed = ['client', 'list', '--columns', 'name,town,country', '--sort', 'town', '--csv']
    expect(await made.ok(...listed)).toMatch(/Pier Nine,Bremen,\r?\nHarbour Foods,Hamburg,DE/)
    expect(await made.ok('find', 'hafenstr')).toMatch(/client +2 +/)
    await made.ok('client', 'edit', '2', '--town', 'none', '--delivery', 'none')
    expect(await clientOf(made, '2')).toMatchObject({ ...HARBOUR, town: null, delivery: null })
    for (let n = 0; n < 3; n += 1) await made.ok('undo')
    expect(rowsOf(made)).toEqual(before)
  })

  it('has a country that is one, by name or code', async () => {
    const { folder } = await importsInside()
    const { code, err } = await runInside(folder, ['client', 'add', 'Quay', '--country', 'Germny'])
    expect(`${code}: ${err}`).toMatch(/^2: [^]*“Germny” is not a country[^]*DE \(Germany\)/)
  })

  it('is filled as a whole when clients are merged, and another one is kept as a line', async () => {
    const made = await importsInside()
    await made.ok('client', 'add', 'One', '--country', 'DE')
    await made.ok('client', 'add', 'Two', ...ADDRESS, '--country', 'DE')
    await made.ok('client', 'add', 'Three', '--street', 'Kai 5', '--town', 'Bremen')
    await made.ok('client', 'merge', '1', '2')
    expect(await clientOf(made, '1')).toMatchObject(HARBOUR)
    await made.ok('client', 'merge', '1', '3')
    expect(await clientOf(made, '1')).toMatchObject({
      ...HARBOUR,
      note: 'address of client 3 (Three): Kai 5, Bremen',
    })
  })

  it('goes when the client is erased, but for the country, which figures go by', async () => {
    const made = await importsInside()
    await made.ok('client', 'add', 'One', ...ADDRESS, '--country', 'DE', '--delivery', 'Kai 5')
    await made.ok('client', 'erase', '1', '--yes')
    expect(await clientOf(made, '1')).toMatchObject({
      street: null,
      postcode: null,
      town: null,
      country: 'DE',
      delivery: null,
    })
  })
})

describe('addresses in files', () => {
  it.each([
    ['Straße', 'PLZ', 'Ort', 'Land', 'Bundesland'],
    ['Street', 'Zip Code', 'City', 'Country', 'State'],
    ['Rue', 'Code postal', 'Ville', 'Pays', 'Région'],
    ['Calle', 'Código postal', 'Ciudad', 'País', 'Provincia'],
    ['Улица', 'Индекс', 'Город', 'Страна', 'Область'],
    ['街道', '邮编', '城市', '国家', '省份'],
    ['ถนน', 'รหัสไปรษณีย์', 'เมือง', 'ประเทศ', 'จังหวัด'],
    [
      'Business Street',
      'Business Postal Code',
      'Business City',
      'Business Country/Region',
      'Business State',
    ],
    [
      'Address 1 - Street',
      'Address 1 - Postal Code',
      'Address 1 - City',
      'Address 1 - Country',
      'Address 1 - Region',
    ],
    ['BillingStreet', 'BillingPostalCode', 'BillingCity', 'BillingCountry', 'BillingState'],
  ])('are read from %s, %s, %s and %s, and %s is the region', async (...headers) => {
    const row = 'Harbour Foods,Hafenstr. 1,20457,Hamburg,Deutschland,North'
    const made = await imported(`Company,${headers.join(',')}`, row)
    expect(await clientOf(made, '1')).toMatchObject({ ...HARBOUR, region: 'North', delivery: null })
  })

  it('have a place of delivery only where it differs', async () => {
    const header =
      'Company,Billing Street,Billing City,Billing Zip,Shipping Street,Shipping City,Shipping Zip'
    const made = await imported(
      header,
      'Harbour Foods,Hafenstr. 1,Hamburg,20457,HAFENSTR. 1,Hamburg,20457',
      'Pier Nine,Hafenstr. 2,Hamburg,20457,Kai 5,Bremen,28195',
    )
    expect(await clientOf(made, '1')).toMatchObject({ street: 'Hafenstr. 1', delivery: null })
    expect(await clientOf(made, '2')).toMatchObject({ delivery: 'Kai 5\nBremen\n28195' })
  })

  it('keep a country that nobody knows as it is written', async () => {
    const made = await imported('Company,Country', 'Harbour Foods,Ruritania')
    expect(await clientOf(made, '1')).toMatchObject({ country: 'Ruritania' })
  })

  it('never mix the parts of two addresses', async () => {
    const made = await imported('Company,City', 'Harbour Foods,Hamburg')
    writeFileSync(
      path.join(made.folder, 'more.csv'),
      'Company,Street,City\nHarbour Foods,Kai 5,Bremen\n',
    )
    await made.ok('import', 'clients', 'more.csv')
    expect(await clientOf(made, '1')).toMatchObject({ street: null, town: 'Hamburg' })
  })

  it.each([['clients.csv'], ['clients.json'], ['clients.vcf']])(
    'go out and come back with %s',
    async (file) => {
      const made = await importsInside()
      const more = ['--country', 'DE', '--region', 'North', '--delivery', 'Kai 5\n20459 Hamburg']
      await made.ok('client', 'add', 'Harbour Foods', ...ADDRESS, ...more)
      await made.ok('export', 'clients', '--out', path.join(made.folder, file))
      const again = await importsInside()
      await again.ok('import', 'clients', path.join(made.folder, file))
      expect(await clientOf(again, '1')).toMatchObject({
        ...HARBOUR,
        region: 'North',
        delivery: 'Kai 5\n20459 Hamburg',
      })
    },
  )
})
