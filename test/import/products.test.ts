import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { proposeColumns } from '../../src/import/map/propose.ts'
import { type Desk, desk } from '../support/funnel.ts'

interface Imported {
  read: number
  created: number
  updated: number
  unchanged: number
  rejects: { row: number; reason: string }[]
  notes: string[]
}

const LIST =
  'Artikelnummer;Bezeichnung;Einheit;Einzelpreis;EK-Preis;MwSt\n' +
  'CR-20;Kühlraum;Stück;1.249,99;800;19%\n' +
  'SC-1;Schraube;;0,0125;;19 %\n' +
  ';Montage;h;90;;\n'

function bring(made: Desk, text: string, ...options: string[]): Imported {
  writeFileSync(made.file('list.csv'), text)
  return made.json<Imported>('import', 'products', 'list.csv', ...options)
}

describe('products of a file', () => {
  it('come in, go out, and come back the same', () => {
    const made = desk()
    expect(bring(made, LIST)).toMatchObject({ read: 3, created: 3, rejects: [] })
    const listed = made.json<{ products: unknown[] }>('product', 'list')
    expect(listed.products).toMatchObject([
      { code: 'CR-20', name: 'Kühlraum', unit: 'Stück', price: 1249.99, cost: 800, tax: 19 },
      { name: 'Montage', code: null, price: 90, tax: null },
      { code: 'SC-1', price: 0.0125, cost: null, tax: 19 },
    ])
    expect(bring(made, LIST)).toMatchObject({ created: 0, unchanged: 3 })
    made.ok('product', 'edit', 'Montage', '--retire', '--text', 'with travel\nand tools')
    const after = made.json('product', 'list')
    for (const file of ['out.csv', 'out.xlsx', 'out.json']) {
      made.ok('export', 'products', '--out', file)
      const other = desk()
      made.ok('import', 'products', file, '--book', other.file('funnel.db'))
      expect(other.json('product', 'list')).toMatchObject({
        products: (after.products as object[]).map((product) =>
          expect.objectContaining({ ...product, id: expect.any(Number) as unknown }),
        ) as unknown,
      })
    }
    made.ok('undo')
    made.ok('undo')
    expect(made.json('product', 'list')).toMatchObject({ products: [] })
  })

  it('fill blanks, or take what the file says', () => {
    const made = desk()
    made.ok('product', 'add', 'Kühlraum', '--price', '1000')
    const filled = bring(made, LIST)
    expect(filled).toMatchObject({ created: 2, updated: 1 })
    expect(filled.notes.join('\n')).toContain('the book has another one')
    expect(made.json('product', 'show', 'CR-20')).toMatchObject({ price: 1000, cost: 800 })
    bring(made, LIST.replace('Kühlraum', 'Kühlzelle'), '--on-duplicate', 'update')
    expect(made.json('product', 'show', 'CR-20')).toMatchObject({
      name: 'Kühlzelle',
      price: 1249.99,
    })
  })

  it('are rejected with the reason', () => {
    const made = desk()
    made.ok('product', 'add', 'Pump', '--code', 'P-1')
    made.ok('product', 'add', 'Fan', '--code', 'F-1')
    writeFileSync(
      made.file('list.csv'),
      'Code,Name,Price,Tax\nP-2,Pump,1,\nP-1,Fan,1,\n,,1,\nX-1,Belt,-1,\nX-2,Rope,1,full\nX-3,Hook,1.23456,\nX-4,Bolt,$ 3,\n',
    )
    const { code, out } = made.run('import', 'products', 'list.csv', '--json')
    expect(code).toBe(1)
    const { rejects } = JSON.parse(out) as Imported
    expect(rejects.map(({ reason }) => reason)).toEqual([
      'product 1 has that name, and another code: P-1',
      'the code is that of product 1, and the name that of product 2',
      'the row has neither a name nor a code',
      '“-1” is below zero',
      '“full” is not a tax rate',
      '“1.23456” is too fine: a price has at most 4 decimals',
      expect.stringContaining('is not in EUR'),
    ])
  })

  it.each([
    ['German', 'Artikelnummer,Artikel,Beschreibung,Einheit,Preis,Einkaufspreis,MwSt-Satz'],
    ['French', 'Référence,Désignation,Description,Unité,Prix unitaire HT,Prix d’achat,TVA'],
    ['Spanish', 'Código,Producto,Descripción,Unidad,Precio unitario,Coste,IVA'],
    ['Russian', 'Артикул,Наименование,Описание,Ед. изм.,Цена,Себестоимость,Ставка НДС'],
    ['Chinese', '产品编码,产品名称,描述,单位,单价,成本价,税率'],
    ['Thai', 'รหัสสินค้า,ชื่อสินค้า,รายละเอียด,หน่วย,ราคาต่อหน่วย,ต้นทุน,อัตราภาษี'],
    ['English', 'SKU,Product Name,Description,Unit of Measure,Unit Price,Cost,VAT'],
  ])('have %s headers', (_language, headers) => {
    const columns = proposeColumns('products', headers.split(','), { map: [], ignore: [] }, [])
    const fields = columns.map(({ target }) => (target.to === 'field' ? target.field : null))
    expect(fields).toEqual(['code', 'name', 'text', 'unit', 'price', 'cost', 'tax'])
  })
})
