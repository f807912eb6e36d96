import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ImportsInside, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

interface Property {
  name: string
  value: string
}

const LIST = ['Ref,Client,Title,Amount,Lot,Crew', 'D-1,Nord,Boiler,300,A 7,Zoe', 'D-2,Süd,Pump,,,']

async function bookOf(...lists: string[][]): Promise<ImportsInside> {
  const made = await importsInside()
  for (const list of lists) await made.bring('deals', list, '--create', 'clients')
  return made
}

async function propertiesOf({ json }: ImportsInside, deal: string): Promise<Property[]> {
  return (await json<{ properties: Property[] }>('deal', 'show', deal)).properties
}

describe('columns of deals that no field takes', () => {
  it('become properties of the deal, on its card and in the list', async () => {
    const made = await bookOf(LIST)
    const properties = [
      { name: 'Crew', value: 'Zoe' },
      { name: 'Lot', value: 'A 7' },
    ]
    expect(await propertiesOf(made, 'boiler')).toEqual(properties)
    expect(await propertiesOf(made, 'pump')).toEqual([])
    const { deals } = await made.json<{ deals: object[] }>('deal', 'list')
    expect(deals).toMatchObject([{ properties }, { properties: [] }])
    expect(await made.ok('deal', 'show', 'boiler')).toMatch(/Properties\n[^]*Crew +Zoe\n/)
    expect(await made.ok('deal', 'list')).not.toContain('Zoe')
    expect(await made.ok('find', 'zoe')).toMatch(/deal +1 +Nord +Zoe +Crew/)
  })

  it('are filled where the deal has none, and replaced only by --on-duplicate update', async () => {
    const made = await bookOf(LIST)
    const next = ['Ref,Client,Title,Lot,Crew', 'D-1,Nord,Boiler,B 9,', 'D-2,Süd,Pump,C 1,']
    const filled = await made.bring('deals', next)
    expect(filled).toMatchObject({ updated: 1, unchanged: 1 })
    expect(filled.notes.join('\n')).toContain('1 value left alone')
    expect(await propertiesOf(made, 'D-1')).toContainEqual({ name: 'Lot', value: 'A 7' })
    expect(await propertiesOf(made, 'D-2')).toEqual([{ name: 'Lot', value: 'C 1' }])
    const taken = await made.bring('deals', next, '--on-duplicate', 'update')
    expect(taken).toMatchObject({ updated: 1, unchanged: 1 })
    expect(await propertiesOf(made, 'D-1')).toEqual([
      { name: 'Crew', value: 'Zoe' },
      { name: 'Lot', value: 'B 9' },
    ])
  })

  it('are named by --map, and left out by --ignore', async () => {
    const made = await importsInside()
    const how = ['--map', 'Lot=property:Batch', '--ignore', 'Crew']
    const done = await made.bring('deals', LIST, '--create', 'clients', ...how)
    expect(done.left_out).toEqual([])
    expect(await propertiesOf(made, 'boiler')).toEqual([{ name: 'Batch', value: 'A 7' }])
  })

  it('come back from the file that the export writes, under any name', async () => {
    const odd = [
      'Ref,Client,Title,Lot,Word',
      'D-1,Nord,Boiler,"=1+1","a, ""b"""',
      'D-2,Süd,Pump,,7',
    ]
    const made = await importsInside()
    const map = ['--map', 'Word=property:amount']
    await made.bring('deals', odd, '--create', 'clients', ...map)
    await made.ok('export', 'deals', '--out', 'out.csv')
    const text = readFileSync(path.join(made.folder, 'out.csv'), 'utf8')
    expect(text.split('\r\n')[0]).toMatch(/,note,tag,property:amount,Lot$/)
    const other = await importsInside()
    other.save('out.csv', text)
    await other.ok('import', 'deals', 'out.csv', '--create', 'clients')
    expect(await other.ok('export', 'deals')).toBe(await made.ok('export', 'deals'))
    expect(await propertiesOf(other, 'D-1')).toEqual([
      { name: 'amount', value: 'a, "b"' },
      { name: 'Lot', value: '=1+1' },
    ])
  })

  it('come back from JSON, where they stand by name', async () => {
    const made = await importsInside()
    const map = ['--map', 'Crew=property:amount']
    await made.bring('deals', LIST, '--create', 'clients', ...map)
    await made.ok('export', 'deals', '--out', 'out.json')
    const text = readFileSync(path.join(made.folder, 'out.json'), 'utf8')
    expect((JSON.parse(text) as { deals: object[] }).deals).toMatchObject([
      { amount: 300, properties: { amount: 'Zoe', Lot: 'A 7' } },
      { amount: null, properties: {} },
    ])
    const other = await importsInside()
    other.save('out.json', text)
    await other.ok('import', 'deals', 'out.json', '--create', 'clients')
    expect(await other.ok('export', 'deals')).toBe(await made.ok('export', 'deals'))
    const some = ['export', 'deals', '--format', 'json', '--columns', 'title,lot']
    expect(JSON.parse(await made.ok(...some))).toMatchObject({
      deals: [{ title: 'Boiler', properties: { Lot: 'A 7' } }, { title: 'Pump' }],
    })
  })

  it('go with an undo, row by row and as a whole', async () => {
    const made = await bookOf(LIST)
    const next = ['Ref,Client,Title,Lot,Size', 'D-1,Nord,Boiler,B 9,XL', 'D-2,Süd,Pump,C 1,XS']
    await made.bring('deals', next, '--on-duplicate', 'update')
    await made.ok('undo')
    expect(await propertiesOf(made, 'D-1')).toEqual([
      { name: 'Crew', value: 'Zoe' },
      { name: 'Lot', value: 'A 7' },
    ])
    expect(await propertiesOf(made, 'D-2')).toEqual([])
    await made.ok('undo')
    expect(made.look('SELECT * FROM deal_properties')).toEqual([])
    expect(made.look('SELECT * FROM properties')).toEqual([])
    expect(await made.ok('doctor')).toContain('is sound')
  })

  it('stay with a deal whose client is merged into another', async () => {
    const made = await bookOf(LIST)
    await made.ok('client', 'merge', 'süd', 'nord', '--yes')
    expect(await propertiesOf(made, 'boiler')).toHaveLength(2)
    expect(await made.ok('doctor')).toContain('is sound')
  })

  it('are erased with the client, in the book and its past', async () => {
    const made = await bookOf(['Client,Title,Pet', 'Nord,Boiler,Brindlewood'])
    const next = ['Client,Title,Pet', 'Nord,Boiler,Quarterhorse']
    await made.bring('deals', next, '--on-duplicate', 'update')
    const whole = (): string => {
      const bytes = readFileSync(path.join(made.folder, 'funnel.db'))
      return bytes.toString('latin1')
    }
    await made.ok('client', 'erase', 'nord', '--yes')
    expect(made.look('SELECT * FROM deal_properties')).toEqual([])
    expect(whole()).not.toMatch(/Brindlewood|Quarterhorse/i)
    expect(await made.ok('doctor')).toContain('is sound')
  })

  it('of a row that is rejected leave no name behind', async () => {
    const made = await importsInside()
    const list = ['Client,Title,Opened,Lot', 'Nord,Boiler,2030-01-01,A 7', 'Nord,Pump,,']
    await made.bring('deals', list, '--create', 'clients')
    expect(made.look('SELECT * FROM properties')).toEqual([])
  })
})

describe('deals without an amount', () => {
  const line = (columns: string, first: string): string =>
    `funnel: deals come in without an amount; ${columns} like money (--map "${first}=amount")`

  it.each<[headers: string, row: string, said: string | null]>([
    ['Potential gain', '"1,200.50"', line('“Potential gain” looks', 'Potential gain')],
    ['Zorb', '€ 300', line('“Zorb” looks', 'Zorb')],
    ['Zorb', '300 EUR', line('“Zorb” looks', 'Zorb')],
    ['Grand quote', '300', line('“Grand quote” looks', 'Grand quote')],
    ['Zorb,Wibble', '300.00,4.50', line('“Zorb”, “Wibble” look', 'Zorb')],
    ['Zorb', '300', null],
    ['Discount sum', '12.50', null],
    ['Angebot,Auftrag', '1000,900', line('“Angebot”, “Auftrag” look', 'Angebot')],
    ['Auftragssumme brutto', '1000', line('“Auftragssumme brutto” looks', 'Auftragssumme brutto')],
    ['Share %', '12.50', null],
    ['Zorb', '12.11.26', null],
    ['Order', '12.11.26', null],
    ['Betrag netto', '300', null],
    ['Betrag', '300', null],
  ])('are told of a column of money: %s above %s', async (headers, row, said) => {
    const made = await importsInside()
    made.save('list.csv', `Client,Title,${headers}\nNord,Boiler,${row}\n`)
    const args = ['import', 'deals', 'list.csv', '--create', 'clients', '--quiet']
    const { code, err } = await runInside(made.folder, args)
    expect(code).toBe(0)
    expect(err).toBe(said === null ? '' : `${said}\n`)
  })

  it('are not told of it twice, or where a default gives one', async () => {
    const made = await importsInside()
    const list = ['Client,Title,Zorb', 'Nord,Boiler,€ 300']
    const first = await made.attempt('deals', list, '--create', 'clients', '--default', 'amount=1')
    expect(first.out).not.toContain('without an amount')
    const again = await made.attempt('deals', list)
    expect(again.out).not.toContain('without an amount')
  })
})

describe('sums that no field took, next to the amount', () => {
  const AMOUNTS = 'SELECT amount FROM deals ORDER BY id'
  const take = (first: string): string =>
    `(--map "${first}=amount" takes it, --map "${first}=property:${first}" says it is none)`
  const one = (name: string, rest = ''): string =>
    `funnel: “${name}” looks like money and is kept as a property${rest} ${take(name)}\n`

  it.each<[headers: string, rows: string[], said: string]>([
    ['Amount,Foo €', ['1,5', '2,6'], one('Foo €')],
    ['Amount,Foo', ['1,€ 5', '2,€ 6'], one('Foo')],
    ['Amount,Order', ['1,1500', '2,'], one('Order')],
    [
      'Betrag,Rechnung',
      ['1,50', ',60'],
      one('Rechnung', ', and 1 of the first 2 rows give no amount'),
    ],
    [
      'Budget,Quote,Order',
      ['5,6,7', '5,6,9'],
      `funnel: “Quote”, “Order” look like money and are kept as properties ${take('Quote')}\n`,
    ],
    ['Amount,Discount €', ['1,5', '2,6'], ''],
    ['Amount,Weighted amount', ['1,5', '2,6'], ''],
    ['Amount,Order', ['1,4711', '2,4712'], ''],
    ['Amount,Order', ['1,A-15', '2,A-17'], ''],
    ['Amount,Hours', ['1,7.50', '2,8.50'], ''],
  ])('are named in one line, with --quiet too: %s above %s', async (headers, rows, said) => {
    const made = await importsInside()
    const lines = rows.map((row, index) => `Nord,d${index},${row}`)
    const again = [`Client,Title,${headers}`, ...lines]
    const { code, err } = await made.attempt('deals', again, '--create', 'clients', '--quiet')
    expect(code).toBe(0)
    expect(err).toBe(said)
  })

  it('are taken, or left as they are, as the line says', async () => {
    const made = await importsInside()
    const list = ['Client,Title,Amount,Foo €', 'Nord,Boiler,1,5']
    const none = ['--map', 'Foo €=property:Foo €']
    const left = await made.attempt('deals', list, '--create', 'clients', '--quiet', ...none)
    expect(left.err).toBe('')
    expect(made.look(AMOUNTS)).toEqual([{ amount: 100 }])
    await made.ok('undo', '--yes')
    const taken = ['--map', 'Foo €=amount']
    await made.attempt('deals', list, '--create', 'clients', '--quiet', ...taken)
    expect(made.look(AMOUNTS)).toEqual([{ amount: 500 }])
  })
})
