import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { proposeColumns } from '../../src/import/map/propose.ts'
import { lowerBound } from '../../src/import/prices/lower-bound.ts'
import { contents } from '../support/book.ts'
import { type ImportsInside, importsInside } from '../support/imports.ts'

let made: ImportsInside

const LIST = [
  'Artikelnummer;Bezeichnung;Preisliste;Ab Menge;Staffelpreis;Gültig ab;Gültig bis',
  'CR-20;Kühlraum;;10;1.199,00;;',
  'CR-20;Kühlraum;Großhandel;;1.099,50;2026-12-01;2027-05-31',
  'SC-1;;Großhandel;1000;0,0125;;',
]

function rowsOf({ folder }: ImportsInside): Record<string, unknown[]> {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    const { operations: _, ...rows } = contents(book)
    return rows
  } finally {
    book.close()
  }
}

async function products(): Promise<void> {
  await made.ok('product', 'add', 'Kühlraum', '--code', 'CR-20', '--price', '1249.99')
  await made.ok('product', 'add', 'Schraube', '--code', 'SC-1')
}

describe('price lists of a file', () => {
  beforeEach(async () => {
    made = await importsInside()
  })

  it('come in, go out, come back the same, and are undone row for row', async () => {
    await products()
    const before = rowsOf(made)
    expect(await made.bring('prices', LIST)).toMatchObject({ created: 3, rejects: [] })
    expect(await made.bring('prices', LIST)).toMatchObject({ operation: null, unchanged: 3 })
    const { prices } = await made.json<{ prices: unknown[] }>('product', 'price', 'list')
    expect(prices).toMatchObject([
      { product: 'Kühlraum', list: null, from_quantity: 10, price: 1199, valid_from: null },
      { list: 'Großhandel', from_quantity: 0, price: 1099.5, valid_to: '2027-05-31' },
      { product: 'Schraube', list: 'Großhandel', from_quantity: 1000, price: 0.0125 },
    ])
    await made.ok('undo')
    expect(rowsOf(made)).toEqual(before)
    await made.bring('prices', LIST)
    await made.ok('product', 'add', 'Dollar', '--price', '3', '--currency', 'USD')
    await made.ok('product', 'price', 'add', 'Dollar', '2.5', '--from', '5')
    const written = await made.ok('export', 'prices')
    expect(written.split(/\r?\n/)[1]).toBe(',Dollar,,5,2.5,,,USD')
    for (const ending of ['csv', 'xlsx', 'json']) {
      const again = await importsInside()
      for (const what of ['products', 'prices']) {
        const file = path.join(made.folder, `out-${what}.${ending}`)
        await made.ok('export', what, '--out', file)
        await again.ok('import', what, file, '--max-rejects', '0')
      }
      expect(await again.ok('export', 'prices')).toBe(written)
    }
  })

  it('keep what the book has, or change it, and add products if that is wanted', async () => {
    await made.ok('product', 'add', 'Kühlraum', '--code', 'CR-20')
    const without = await made.bring('prices', LIST, '--dry-run')
    expect(without).toMatchObject({ created: 2, rejected: 1 })
    expect(without.rejects[0]?.reason).toMatch(/no product “SC-1”.*--create products adds it/)
    expect(await made.bring('prices', LIST, '--create', 'products')).toMatchObject({ created: 3 })
    const dearer = LIST.map((row) => row.replace('1.199,00', '1.299,00'))
    const kept = await made.bring('prices', dearer)
    expect(kept).toMatchObject({ unchanged: 3, updated: 0 })
    expect(kept.notes.join('\n')).toMatch(/1 value left alone \(row 2\).*: Staffelpreis|: price/)
    expect(await made.bring('prices', dearer, '--on-duplicate', 'update')).toMatchObject({
      updated: 1,
      unchanged: 2,
    })
    expect(await made.ok('product', 'price', 'list', 'CR-20', '--csv')).toContain('1299')
  })

  it('are rejected with the reason', async () => {
    await products()
    await made.ok('product', 'add', 'Dollar', '--price', '3', '--currency', 'USD')
    const { created, rejects } = await made.bring('prices', [
      'Product,Price List,Min Quantity,Price,Currency,Valid From,Valid To',
      'Kühlraum,A,,,,,',
      ',A,1,5,,,',
      'Kühlraum,A,-1,5,,,',
      'Kühlraum,A,,5,,2026-12-02,2026-12-01',
      'Kühlraum,A,,5,USD,,',
      'Dollar,A,,5,,,',
      'Dollar,A,,5,USD,,',
      'Kühlraum,A,,10%,,,',
    ])
    expect(created).toBe(1)
    expect(rejects.map(({ reason }) => reason)).toEqual([
      'the row has no price',
      'the row names no product',
      expect.stringMatching(/below zero/),
      'it ends on 2026-12-01, before it begins on 2026-12-02',
      'the prices of Kühlraum are in EUR, and that of the row in USD',
      'the prices of Dollar are in USD, and that of the row in EUR (a column “currency” would say what they are in)',
      '“10%” is a percentage, not a price',
    ])
    expect(made.look('SELECT name FROM price_lists')).toEqual([{ name: 'A' }])
  })
})

it.each([
  ['10', '10'],
  ['10-49', '10'],
  ['1.000 – 4.999', '1.000'],
  ['10 bis 49', '10'],
  ['10…49', '10'],
  ['≥ 50', '50'],
  ['ab 50', '50'],
  ['От 50', '50'],
  ['50+', '50'],
  ['2.5', '2.5'],
  ['-5', '-5'],
  ['< 10', '< 10'],
  ['49-', '49-'],
])('the quantity %s is one from %s', (cell, from) => {
  expect(lowerBound(cell)).toBe(from)
})

const FIELDS = ['code', 'product', 'price-list', 'quantity', 'price', 'from', 'to', 'currency']

it.each([
  ['SKU, Product Name, Price Book, Min Quantity, Unit Price, Start Date, End Date, Currency'],
  ['Artikelnummer, Bezeichnung, Preisgruppe, Ab Menge, Preis, Gültig ab, Gültig bis, Währung'],
  [
    'référence, désignation, grille tarifaire, quantité minimale, prix, date de début, date de fin, devise',
  ],
  [
    'código, producto, lista de precios, cantidad mínima, precio, válido desde, válido hasta, moneda',
  ],
  ['артикул, товар, вид цен, от количества, цена, действует с, действует по, валюта'],
  ['产品编号, 产品名称, 价格表, 起订量, 单价, 生效日期, 失效日期, 币种'],
  ['รหัสสินค้า, ชื่อสินค้า, ระดับราคา, จำนวนขั้นต่ำ, ราคา, วันที่เริ่มต้น, วันที่สิ้นสุด, สกุลเงิน'],
  ['Code, Product, List, Quantity, Price, From, To, Currency'],
  ['code, product, price-list, quantity, price, from, to, currency'],
])('%s', (line) => {
  const samples = [['P1', 'Pump', 'Big', '10', '9.50', '2026-12-01', '2027-01-01', 'EUR']]
  const columns = proposeColumns('prices', line.split(', '), { map: [], ignore: [] }, samples)
  expect(columns.map(({ target }) => 'field' in target && target.field)).toEqual(FIELDS)
})

describe('a column that may be a list or a price', () => {
  it.each([
    ['Référence, Tarif', 'P1, 9.50', 'code price'],
    ['Référence, Tarif, Qté min', 'P1, 9.50, 10', 'code price quantity'],
    ['Référence, Tarif, Prix', 'P1, Grossiste, 9.50', 'code price-list price'],
    ['Référence, Tarif, PU HT', 'P1, 2, 9.50', 'code price-list price'],
    ['Groupe de clients, Référence, Tarif HT', 'Gros, P1, 9.50', 'price-list code price'],
    ['Nom du tarif, Référence, Tarif', 'Gros, P1, 9.50', 'price-list code price'],
    ['Código, Tarifa', 'P1, 9.50', 'code price'],
    ['Código, Tarifa, Precio', 'P1, 2, 9.50', 'code price-list price'],
    ['Código, Tarifa, Importe', 'P1, Mayorista, 9.50', 'code price-list price'],
    ['Código, Lista, Tarifa', 'P1, Mayorista, 9.50', 'code price-list price'],
  ])('%s', (line, cells, fields) => {
    const found = proposeColumns('prices', line.split(', '), { map: [], ignore: [] }, [
      cells.split(', '),
    ])
    const read = found.map(({ target }) => ('field' in target ? target.field : '-'))
    expect(read.join(' ')).toBe(fields)
  })
})
