import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { importsInside, type ImportsInside } from '../support/imports.ts'
import { inside } from '../support/inside.ts'

const FILE = [
  'Deal,Client,Pos,Code,Text,Quantity,Unit,Price,Discount,Tax,Optional,Alternative to,Chosen',
  // 3 × 1,249.99 less 5 % is 3,562.47
  'Mast,Pier Nine,1,CR-20,,3,pc,1249.99,5%,19%,,,',
  'Mast,Pier Nine,2,,Transport,1,,400,,19%,yes,,',
  'Mast,Pier Nine,3,,Crane hire,2.5,h,90,,,,,',
  'Mast,Pier Nine,4,,Barge hire,1,,200,,,,3,yes',
  'Kran,Pier Nine,,SC-1,,1000,,0.0125,,,,,',
]

interface Lines {
  net: number
  lines: Record<string, unknown>[]
}

async function desk(): Promise<ImportsInside> {
  const made = await importsInside()
  await made.ok('client', 'add', 'Pier Nine')
  await made.ok('client', 'add', 'Hafen')
  await made.ok(
    'product',
    'add',
    'Cold room',
    '--code',
    'CR-20',
    '--price',
    '1300',
    '--cost',
    '800',
  )
  await made.ok('product', 'add', 'Screw', '--code', 'SC-1', '--price', '0.02')
  await made.ok('deal', 'add', 'Pier Nine', 'Mast', '--amount', '5000')
  await made.ok('deal', 'add', 'Pier Nine', 'Kran')
  await made.ok('deal', 'add', 'Hafen', 'Kran')
  return made
}

const linesOf = (made: ImportsInside, deal: string): Promise<Lines> =>
  made.json<Lines>('deal', 'line', 'list', deal)

describe('lines of a file', () => {
  it('become lines of deals, whose amounts follow; twice they are the same', async () => {
    const made = await desk()
    const done = await made.bring('lines', FILE)
    expect(done).toMatchObject({ created: 5, rejects: [], left_out: [] })
    const { net, lines } = await linesOf(made, '1')
    // The barge stands in for the crane hire, the transport is an option: 3,562.47 + 200.
    expect(net).toBe(3762.47)
    expect(lines).toMatchObject([
      { line: 1, product: 'Cold room', quantity: 3, discount: 5, net: 3562.47, cost: 800 },
      { line: 2, product: null, text: 'Transport', optional: true, counts: false, tax: 19 },
      { line: 3, quantity: 2.5, unit: 'h', net: 225, counts: false },
      { line: 4, alternative_to: 3, chosen: true, counts: true },
    ])
    expect(await made.json('deal', 'show', '1')).toMatchObject({ amount: 3762.47 })
    expect(await made.json('deal', 'show', '2')).toMatchObject({ amount: 12.5 })
    expect(done.notes).toContain('the amount of deal 1 (Mast) follows its lines: 5,000 → 3,762 EUR')
    const again = await made.bring('lines', FILE)
    expect(again).toMatchObject({ operation: null, unchanged: 5, created: 0, updated: 0 })
    expect(await made.ok('doctor')).toContain('is sound')
    await made.ok('undo')
    expect(await made.json('deal', 'show', '1')).toMatchObject({ amount: 5000 })
    expect(made.look('SELECT * FROM deal_lines')).toEqual([])
  })

  it('go out and come back the same, in every format', async () => {
    const made = await desk()
    await made.bring('lines', FILE)
    await made.ok('deal', 'line', 'drop', '1', '2')
    const before = await linesOf(made, '1')
    for (const format of ['csv', 'xlsx', 'json', 'jsonl']) {
      const other = await inside(made.folder, format)
      for (const what of ['clients', 'products', 'deals', 'history', 'lines']) {
        const file = `${other.folder}/${what}.${format}`
        await made.ok('export', what, '--out', file)
        const result = await other.ok('import', what, file, '--json')
        expect([what, JSON.parse(result)]).toMatchObject([what, { rejected: 0, left_out: [] }])
      }
      const after = JSON.parse(await other.ok('deal', 'line', 'list', 'mast', '--json')) as Lines
      expect(after).toEqual(before)
      expect(await other.ok('export', 'lines')).toBe(
        (await made.ok('export', 'lines')).replaceAll(/client-\d+/g, 'client-1'),
      )
      const back = await made.ok('import', 'lines', `${other.folder}/lines.${format}`, '--json')
      expect(JSON.parse(back)).toMatchObject({ operation: null, unchanged: 4, rejected: 0 })
    }
  })

  it('take what the file has no column for from the product', async () => {
    const made = await desk()
    await made.bring('lines', ['Deal name,SKU,Qty', 'Mast,CR-20,2'])
    expect(await linesOf(made, '1')).toMatchObject({
      net: 2600,
      lines: [{ price: 1300, cost: 800, quantity: 2 }],
    })
  })

  it('keep their values, or take those of the file', async () => {
    const made = await desk()
    await made.bring('lines', FILE)
    const next = ['Deal,Client,Code,Quantity,Price', 'Mast,Pier Nine,CR-20,4,1249.99']
    const filled = await made.bring('lines', next)
    expect(filled).toMatchObject({ unchanged: 1 })
    expect(filled.notes.join()).toContain('1 value left alone (row 2): the book has another one')
    const updated = await made.bring('lines', next, '--on-duplicate', 'update')
    expect(updated).toMatchObject({ updated: 1 })
    // 4 × 1,249.99 less 5 % is 4,749.96, and 200.
    expect((await linesOf(made, '1')).net).toBe(4949.96)
    expect(await made.bring('lines', next, '--on-duplicate', 'skip')).toMatchObject({ skipped: 1 })
  })

  it('are several though they look alike, as often as the file has them', async () => {
    const made = await desk()
    const twice = ['Deal,Client,Code,Quantity', 'Mast,Pier Nine,CR-20,1', 'Mast,Pier Nine,CR-20,1']
    expect(await made.bring('lines', twice)).toMatchObject({ created: 2 })
    expect(await made.bring('lines', [...twice, twice[1] ?? ''])).toMatchObject({
      unchanged: 2,
      created: 1,
    })
  })

  it('add products that the book lacks, if they may', async () => {
    const made = await desk()
    const lines = ['Deal,Client,SKU,Product,Unit,Price', 'Mast,Pier Nine,W-1,Winch,pc,90']
    const refused = await made.attempt('lines', lines)
    expect(refused.err).toContain(
      'the book has no product “Winch”; nearest: Screw, Cold room (--create products adds it)',
    )
    const done = await made.bring('lines', lines, '--create', 'products')
    expect(done.notes).toContain('added 1 product: Winch')
    expect(await made.json('product', 'show', 'W-1')).toMatchObject({ name: 'Winch', price: 90 })
  })

  it('without a deal are lines of the deal above', async () => {
    const made = await desk()
    const lines = ['Deal,Client,Product,Quantity', 'Mast,Pier Nine,Screw,5', ',,Cold room,1']
    const done = await made.bring('lines', lines)
    expect(done).toMatchObject({ created: 2 })
    expect(done.notes).toContain('1 row without a deal taken as lines of the deal above')
    const lost = await made.bring('lines', ['Deal,Product', 'Nix,Screw', ',Screw', 'Mast,Screw'])
    expect(lost.rejects.map(({ row }) => row)).toEqual([2, 3])
    // The row above is of the other deal, though it cannot be read itself.
    const other = await desk()
    const rows = [
      'Deal,Client,Text,Quantity,Price',
      'Mast,Pier Nine,a,1,1',
      'Kran,Hafen,b,x,1',
      ',,c,1,1',
    ]
    expect(await other.bring('lines', rows)).toMatchObject({ created: 2, rejected: 1 })
    expect((await linesOf(other, '3')).lines).toMatchObject([{ text: 'c' }])
  })

  it('that are rejected are written with their deal, so that the file is one by itself', async () => {
    const made = await desk()
    const rows = [
      'Deal,Client,Text,Quantity,Price',
      'Mast,Pier Nine,a,1,1',
      ',,b,x,1',
      'Mast,Pier Nine,a,1,1,,9',
      ',,c,1,1',
      ',,d,,',
    ]
    const file = path.join(made.folder, 'rejects.csv')
    const refused = await made.bring('lines', rows, '--rejects', file)
    expect(refused.rejects).toMatchObject([
      { row: 3 },
      { row: 4 },
      // The row above is of a deal that cannot be known.
      { row: 5, reason: 'the row names no deal' },
      { row: 6 },
    ])
    const [, first = ''] = readFileSync(file, 'utf8').split('\n')
    expect(first).toMatch(/^Mast,Pier Nine,b,x,1,/)
    made.save('mended.csv', `${rows[0]}\n${first.replace(/,x,1,.*/, ',2,1')}\n`)
    await made.ok('import', 'lines', path.join(made.folder, 'mended.csv'))
    expect((await linesOf(made, '1')).lines).toMatchObject([{ text: 'a' }, { text: 'b', net: 2 }])
  })

  it('keep their price if the file has no column for it', async () => {
    const made = await desk()
    await made.ok('deal', 'line', 'add', '1', '--text', 'Survey', '--price', '80')
    await made.ok('deal', 'line', 'add', '1', 'Screw', '--price', '0.5', '--quantity', '10')
    const next = ['Deal,Client,Text,Code,Quantity,Discount amount']
    next.push('Mast,Pier Nine,Survey,,3,24', 'Mast,Pier Nine,,SC-1,20,1')
    expect(await made.bring('lines', next, '--on-duplicate', 'update')).toMatchObject({
      updated: 2,
      rejects: [],
    })
    expect(await linesOf(made, '1')).toMatchObject({
      net: 225,
      lines: [
        { price: 80, quantity: 3, discount: 10 },
        // 1 of 20 × 0.5 is 10 %, whatever the product costs in the list.
        { price: 0.5, quantity: 20, discount: 10 },
      ],
    })
  })

  it('that are rejected leave no product behind', async () => {
    const made = await desk()
    const rows = ['Deal,Client,Product,Price,Chosen', 'Mast,Pier Nine,Winch,90,yes']
    rows.push('Mast,Pier Nine,Rope,,', 'Mast,Pier Nine,Belt,5,', 'Mast,Pier Nine,Belt,6,')
    const done = await made.bring('lines', rows, '--create', 'products')
    expect(done.rejects.map(({ row }) => row)).toEqual([2, 3])
    expect(done.notes).toContain('added 1 product: Belt')
    expect(await made.ok('product', 'list', '--csv')).not.toMatch(/Winch|Rope/)
    expect(await made.ok('doctor')).toContain('is sound')
  })

  it('stay what they are to each other, and are no option and alternative at once', async () => {
    const made = await desk()
    await made.bring('lines', FILE)
    const header = 'Deal,Client,Pos,Text,Price,Optional,Alternative to,Chosen'
    const change = (row: string) =>
      made.bring('lines', [header, `Mast,Pier Nine,${row}`], '--on-duplicate', 'update')
    const both = await change('4,Barge hire,200,yes,,')
    expect(both.rejects).toMatchObject([{ reason: expect.stringContaining('and not both') }])
    expect(await change('4,Barge hire,200,,,yes')).toMatchObject({ rejected: 0 })
    const moved = await change('2,Transport,400,,3,')
    expect(moved.notes.join()).toContain('alternative-to')
    const { net } = await linesOf(made, '1')
    expect(net).toBe(3762.47)
  })

  it('are never of a product with another code', async () => {
    const made = await desk()
    const lines = ['Deal,Client,Code,Product', 'Mast,Pier Nine,CR-21,Cold room']
    const { rejects } = await made.bring('lines', lines, '--create', 'products')
    expect(rejects).toMatchObject([{ reason: expect.stringContaining('another code: CR-20') }])
  })

  it('name a deal by its number in this book only with its title or client', async () => {
    const made = await desk()
    const bare = await made.attempt('lines', ['Deal,Product', '1,Screw'])
    expect(bare.err).toContain(
      'its title or client in the row would say that deal 1 of this book is meant',
    )
    expect(await made.bring('lines', ['Deal,Client,Product', '1,Pier Nine,Screw'])).toMatchObject({
      created: 1,
    })
    const other = await made.attempt('lines', ['Deal,Client,Product', '1,Hafen,Screw'])
    expect(other.code).toBe(1)
  })
})

describe('amounts of a line', () => {
  const one = async (header: string, cells: string) => {
    const made = await desk()
    const done = await made.bring('lines', [`Deal,Client,${header}`, `Mast,Pier Nine,${cells}`])
    const { lines } = await linesOf(made, '1')
    return { done, line: lines[0] }
  }

  it.each([
    ['Text,Qty,Price,Discount', 'x,3,100,50%', { net: 150, discount: 50 }],
    // Zoho writes an amount, and what is left of it.
    ['Text,Qty,List Price,Discount,Total After Discount', 'x,3,100,50,250', { net: 250 }],
    ['Text,Qty,Unit Price,Discount,Total Price', 'x,3,100,50,150', { net: 150, discount: 50 }],
    ['Text,Qty,Price,Discount', 'x,3,100,150', { net: 150, discount: 50 }],
    ['Text,Qty,Price,Unit discount', 'x,3,100,10', { net: 270, discount: 10 }],
    ['Text,Qty,Price,Discount amount', 'x,3,100,30', { net: 270, discount: 10 }],
    ['Text,Qty,Amount', 'x,4,100', { net: 100, price: 25 }],
    ['Text,Amount', 'x,100', { net: 100, price: 100, quantity: 1 }],
    ['Text,Price,Taxes', 'x,100,VAT 7.5%', { net: 100, tax: 7.5 }],
    ['Text,Price,Discount', 'x,100,33.333333%', { net: 66.67, discount: 33.3333 }],
    // The product's price is 1,300; the first total is with tax, the second says another price.
    ['Code,Qty,Tax,Total', 'CR-20,2,19%,3094', { net: 2600, price: 1300 }],
    ['Code,Qty,Total', 'CR-20,2,2000', { net: 2000, price: 1000 }],
  ])('are read of %s: %s', async (header, cells, wanted) => {
    const { line, done } = await one(header, cells)
    expect(line).toMatchObject(wanted)
    expect(done.notes.join()).not.toContain('the total is')
  })

  it('that do not go together are said', async () => {
    const { done } = await one('Text,Qty,Price,Total', 'x,3,100,299')
    expect(done.notes).toContain(
      'row 2: the total is 299, but quantity × price less discount is 300',
    )
    const taxed = await one('Text,Qty,Price,Tax,Total', 'x,1,100,19%,119')
    expect(taxed.done.notes.join()).not.toContain('the total is')
  })

  it.each([
    ['Text,Price', 'x,', 'the line has no price'],
    ['Text,Price,Qty', 'x,1,0', 'the quantity is 0'],
    ['Text,Price,Discount', 'x,100,0.05', 'can be'],
    ['Text,Price,Tax', 'x,100,exempt', 'is not a tax rate'],
    ['Text,Price,Discount', 'x,100,-5%', 'is below zero'],
    ['Text,Discount,Total', 'x,10%,180', 'the line has no price'],
    ['Text,Price,Chosen', 'x,100,yes', 'only options and alternatives'],
    ['Text,Price,Alternative to', 'x,100,7', 'has no line 7'],
    ['Text,Price', ',100', 'neither a product nor a text'],
    ['Text,Price,Qty', 'x,900000000000,900000000', 'too large'],
  ])('that cannot be read reject the row: %s %s', async (header, cells, reason) => {
    const made = await desk()
    const lines = [`Deal,Client,${header}`, `Mast,Pier Nine,${cells}`]
    const { code, err } = await made.attempt('lines', lines)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(reason) })
    expect(made.look('SELECT * FROM deal_lines')).toEqual([])
  })
})

describe('lines as programs export them', () => {
  it.each([
    [
      'HubSpot',
      'Record ID,Name,SKU,Quantity,Unit price,Unit discount,Net price,Associated Deal IDs,Currency',
      '99,Cold room,CR-20,2,100,10,180,D-1,EUR',
      { product: 'Cold room', quantity: 2, net: 180 },
    ],
    [
      'Pipedrive',
      'Deal - ID,Deal - Title,Product - Name,Product - Product code,Deal product - Quantity,Deal product - Item price,Deal product - Discount,Deal product - Sum',
      'D-1,Mast,Cold room,CR-20,2,100,10%,180',
      { product: 'Cold room', quantity: 2, net: 180 },
    ],
    [
      'Zoho',
      'Deal Name,Account Name,Product Name,Product Code,Quantity,List Price,Discount,Total After Discount',
      'Mast,Pier Nine,Cold room,CR-20,2,100,20,180',
      { product: 'Cold room', quantity: 2, net: 180 },
    ],
    [
      'Salesforce',
      'OpportunityId,Opportunity Name,Product2.Name,ProductCode,Quantity,UnitPrice,Discount,TotalPrice,Description',
      'D-1,Mast,Cold room,CR-20,2.00,100.00,10.00,180.00,',
      { product: 'Cold room', quantity: 2, net: 180 },
    ],
    [
      'Odoo',
      'Order Reference,Opportunity,Customer,Order Lines/Product,Order Lines/Description,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Disc.%,Order Lines/Taxes,Order Lines/Subtotal',
      'S0001,Mast,Pier Nine,Cold room,,2.00,100.00,10.00,Tax 15%,180.00',
      { product: 'Cold room', quantity: 2, net: 180, tax: 15 },
    ],
    [
      'amoCRM',
      'ID сделки,Название сделки,Компания,Артикул,Товар,Количество,Цена,Скидка,Сумма',
      'D-1,Mast,Pier Nine,CR-20,Cold room,2,100,10%,180',
      { product: 'Cold room', quantity: 2, net: 180 },
    ],
  ])('%s', async (_, header, row, wanted) => {
    const made = await desk()
    await made.ok('deal', 'delete', '1', '--yes')
    await made.bring('deals', ['Ref,Client,Title', 'D-1,Pier Nine,Mast'])
    const done = await made.bring('lines', [header, row])
    expect(done.rejects).toEqual([])
    const { lines } = await linesOf(made, 'mast')
    expect(lines).toMatchObject([wanted])
  })
})

it('lines in a list of deals are pointed to', async () => {
  const made = await desk()
  const list = ['Ref,Client,Title,Quantity,Unit price', 'D-1,Hafen,Ponton,2,100']
  const { notes } = await made.bring('deals', list)
  expect(notes).toContain(
    '“Quantity”, “Unit price” look like lines of deals (funnel import lines deals.csv takes them)',
  )
})
