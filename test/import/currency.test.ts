import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'
import { namesCurrency } from '../../src/import/values/currency.ts'
import { emptyDesk } from '../support/funnel.ts'
import { expectSum, importDesk, type Imported, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'
import { bookOf } from '../support/workbooks.ts'

const ALL = ['--create', 'all']
const AMOUNTS = 'SELECT title, amount FROM deals ORDER BY id'

describe('an amount in another currency than the book', () => {
  it('is the deal’s own where the sign beside it names one, and rejected where it may be several', () => {
    const { bring, look } = importDesk()
    const foreign = ['฿ 200', 'US$ 1', 'CHF 100.–', '£5', 'usd 3']
    const unclear = ['$ 100', '300 руб', '5 kr', '¥ 7']
    const own = ['€ 1', '2 EUR', '3 Euro', '€4', '5', '6,-']
    const rows = [...unclear, ...foreign, ...own].map((amount, index) => `A;d${index};${amount}`)
    const done = bring('deals', ['client;title;amount', ...rows], ...ALL)
    expect(done).toMatchObject({ created: 11, rejected: unclear.length })
    expect(done.rejects[0]?.reason).toBe(
      '“$ 100” is not in EUR (convert it; if EUR is meant: --amounts-in EUR)',
    )
    expect(
      look('SELECT currency, own_amount FROM deals WHERE currency IS NOT NULL ORDER BY id'),
    ).toEqual([
      { currency: 'THB', own_amount: 20_000 },
      { currency: 'USD', own_amount: 100 },
      { currency: 'CHF', own_amount: 10_000 },
      { currency: 'GBP', own_amount: 500 },
      { currency: 'USD', own_amount: 300 },
    ])
    expect(look(AMOUNTS).flatMap(({ amount }) => amount ?? [])).toEqual([
      100, 200, 300, 400, 500, 600,
    ])
  })

  it('is named by a column for the currency, in each program’s words', () => {
    const { bring, look, ok } = importDesk()
    for (const header of ['Currency', 'Deal - Currency', 'CurrencyIsoCode', 'Валюта', 'Währung']) {
      const done = bring(
        'deals',
        [
          `client,title,amount,${header}`,
          'A,one,1.00,USD',
          'A,two,2.00,EUR',
          'A,three,3.00,EUR - Euro',
          'A,four,4.00,Thai Baht',
          'A,five,,USD',
          'A,six,6.00,',
          'A,seven,7.00,local',
        ],
        ...ALL,
      )
      expect([header, done.rejects.map(({ row }) => row)]).toEqual([header, [5, 8]])
      expect(done.rejects[0]?.reason).toBe(
        '“4.00” is in “Thai Baht”, and the book in EUR (convert it; if EUR is meant: --amounts-in EUR)',
      )
      expect(look(AMOUNTS).map(({ amount }) => amount)).toEqual([null, 200, 300, null, 600])
      ok('undo')
    }
  })

  it('is named by its header, but for who says that the column is the amount', () => {
    const { bring, look } = importDesk()
    const lines = (header: string, title = 'one') => [`client,title,${header}`, `A,${title},1.00`]
    expect(bring('deals', lines('Amount EUR'), ...ALL)).toMatchObject({ created: 1 })
    const told = ['--map', 'Amount (USD)=amount']
    expect(bring('deals', lines('Amount (USD)'), ...told)).toMatchObject({ unchanged: 1 })
    expect(bring('deals', lines('Amount (USD)'))).toMatchObject({
      unchanged: 1,
      left_out: [{ column: 'Amount (USD)' }],
    })
    expect(bring('deals', lines('Amount (USD)', 'two'))).toMatchObject({ created: 1 })
    expect(look('SELECT title, currency FROM deals')).toEqual([
      { title: 'one', currency: null },
      { title: 'two', currency: 'USD' },
    ])
  })

  it('is rejected by the format of its cell in a workbook', () => {
    const { file, look, run } = importDesk()
    const sheet = utils.aoa_to_sheet([
      ['client', 'title', 'amount'],
      ['A', 'dollars', 100],
      ['A', 'euros', 200],
      ['A', 'bare', 300],
      ['A', 'pieces', 400],
    ])
    const formats = { C2: '[$$-409]#,##0.00', C3: '#,##0.00 [$€-407]', C5: '0 "pcs"' }
    for (const [cell, z] of Object.entries(formats)) Object.assign(sheet[cell] ?? {}, { z })
    const book = utils.book_new(sheet, 'Deals')
    writeFileSync(file('deals.xlsx'), write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)
    const done = JSON.parse(run('import', 'deals', 'deals.xlsx', ...ALL, '--json').out) as Imported
    expectSum(done)
    expect(done.rejects).toEqual([
      { row: 2, reason: expect.stringContaining('“$100.00” is not in EUR') as string },
    ])
    expect(look(AMOUNTS).map(({ title }) => title)).toEqual(['euros', 'bare', 'pieces'])
  })

  it('is the book’s own where the sign can mean it', () => {
    const { file, ok, run } = emptyDesk()
    ok('init', '--currency', 'CAD', '--timezone', 'UTC')
    const rows = ['A;a;$ 5;', 'A;b;C$ 5;', 'A;c;US$ 5;', 'A;d;5;Canadian Dollar']
    writeFileSync(file('deals.csv'), ['client;title;amount;currency', ...rows, ''].join('\n'))
    const done = JSON.parse(run('import', 'deals', 'deals.csv', ...ALL, '--json').out) as Imported
    expect(done).toMatchObject({ created: 4, rejects: [] })
  })
})

describe('a header with a currency in it', () => {
  it('is a sum, and not what its words are otherwise', async () => {
    const { bring, look, ok } = await importsInside()
    const headers = [
      'Auftrag €',
      'Deal €',
      'Deal (EUR)',
      'Projekt in EUR',
      '€ Order',
      'Objet (in EUR)',
    ]
    for (const header of headers) {
      const done = await bring(
        'deals',
        [`Kunde;${header};Datum`, 'A;1.000;13.01.2026', 'B;2.050,50;14.01.2026'],
        ...ALL,
      )
      expect([header, done.columns[1]?.field]).toEqual([header, 'amount'])
      expect(look(AMOUNTS)).toEqual([
        { title: 'A', amount: 100_000 },
        { title: 'B', amount: 205_050 },
      ])
      await ok('undo', '--yes')
    }
    const { rejects } = await bring(
      'deals',
      ['Клиент;Заказ;Сделка, руб', 'Мак;Насос;15000'],
      ...ALL,
    )
    expect(rejects[0]?.reason).toContain('“15000” is in “руб”, and the book in EUR')
  })

  it('leaves what was offered to another column, and words to their own', async () => {
    const { bring, look } = await importsInside()
    const rows = ['A;100;90;won;x', 'B;200;;open;y']
    await bring('deals', ['Kunde;Angebot €;Auftrag €;Status;Projekt (KDN)', ...rows], ...ALL)
    expect(look(AMOUNTS)).toEqual([
      { title: 'x', amount: 9000 },
      { title: 'y', amount: 20_000 },
    ])
  })

  it('is not needed where all the cells of a title are sums', async () => {
    const { bring } = await importsInside()
    const done = await bring('deals', ['Kunde;Auftrag', 'A;1.000 €', 'B;950 €'], ...ALL)
    expect(done.columns[1]).toMatchObject({ field: 'amount' })
  })
})

describe('a column of codes of currencies', () => {
  it('is what the amounts are in, whatever its header', async () => {
    const { bring } = await importsInside()
    for (const header of ['Deal - Währung', 'Cur.', 'Zorb', '', 'Land']) {
      const lines = [
        `client,title,${header},amount`,
        'A,one,USD,1.00',
        'A,two,EUR,2.00',
        'A,three,,3.00',
      ]
      const { rejects, columns } = await bring('deals', lines, ...ALL, '--dry-run')
      expect([header, rejects]).toEqual([header, []])
      expect(columns[2]).toMatchObject({ field: 'currency' })
    }
    for (const cell of ['TOP', 'BOB', 'ANN', 'usd to come']) {
      const done = await bring(
        'deals',
        ['client,title,amount,Zorb', `A,one,1,${cell}`],
        ...ALL,
        '--dry-run',
      )
      expect(done).toMatchObject({ created: 1, columns: { 3: { field: 'property:Zorb' } } })
    }
    // The column with another currency than the book's speaks for the amounts.
    const two = ['client,title,amount,Konto,Zorb', 'A,one,1.00,EUR,USD']
    const done = await bring('deals', two, ...ALL, '--dry-run')
    expect(done).toMatchObject({ created: 1, columns: { 4: { field: 'currency' } } })
  })
})

describe('the words of a currency column', () => {
  it('are understood however many different ones a file has', () => {
    const words = Array.from({ length: 1200 }, (_, row) => `lot ${row}`)
    expect(words.map((word) => namesCurrency(word, 'EUR')).filter((is) => is !== null)).toEqual([])
    expect(namesCurrency('euro, new', 'EUR')).toBe(true)
    expect(namesCurrency('US dollars $, new', 'EUR')).toBe(false)
  })
})

it('finer than the currency is rounded in a sheet, which may have worked it out, and that is said', async () => {
  const { save, folder, look } = await importsInside()
  const bring = async (amounts: number[]): Promise<Imported> => {
    const rows = amounts.map((amount, at) => ['A', `d${at}`, amount])
    const bytes = write(bookOf({ Deals: [['Client', 'Title', 'Amount'], ...rows] }), {
      type: 'buffer',
    }) as Buffer
    save('deals.xlsx', bytes)
    const { out } = await runInside(folder, ['import', 'deals', 'deals.xlsx', ...ALL, '--json'])
    return JSON.parse(out) as Imported
  }
  const noise = [12.5, 0.1 + 0.2, 12.500000000001, 1_234_567.89]
  const { notes } = await bring(noise)
  expect(notes.filter((note) => note.includes('rounded'))).toEqual([])
  expect(notes.at(-1)).toBe('added 1 client: A')
  const done = await bring([...noise, 1.239, 0.004, 7.0001, -3.456])
  expect(done).toMatchObject({ created: 3, rejected: 1 })
  expect(done.notes[0]).toBe('3 amounts were rounded to 2 decimals (1.239 to 1.24)')
  expect(look(AMOUNTS).slice(4)).toMatchObject([{ amount: 124 }, { amount: 0 }, { amount: 700 }])
})
