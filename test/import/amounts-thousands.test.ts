import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/funnel.ts'
import { importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const HEADER = 'client;title;amount'

function rows(amounts: readonly string[]): string[] {
  return [HEADER, ...amounts.map((amount, index) => `A;d${index};${amount}`)]
}

describe('an amount with three digits after its only mark', () => {
  /** Amounts in cents, and the notes on thousands. */
  const read = async (amounts: readonly string[], ...args: string[]) => {
    const desk = await importsInside()
    const done = await desk.bring('deals', rows(amounts), '--create', 'clients', ...args)
    const cents = desk.look('SELECT amount FROM deals ORDER BY id').map(({ amount }) => amount)
    return {
      cents,
      rejected: done.rejects.map(({ row }) => row),
      notes: done.notes.filter((note) => note.includes('thousands')),
    }
  }

  it.each([
    { amounts: ['1,054'], cents: [105_400] },
    { amounts: ['1.054'], cents: [105_400] },
    { amounts: ['€ 12.900', '7.200,-'], cents: [1_290_000, 720_000] },
    { amounts: ['12,900 EUR', '85', ''], cents: [1_290_000, 8500, null] },
    { amounts: ['1.000', '2,000'], cents: [100_000, 200_000] },
    { amounts: ['999.999'], cents: [99_999_900] },
    { amounts: ['7,000', '1.234.567'], cents: [700_000, 123_456_700] },
    { amounts: ['7.000', '1,234,567', '12,500'], cents: [700_000, 123_456_700, 1_250_000] },
    { amounts: ['€ 7,000', "1'054", '1.234.567'], cents: [700_000, 105_400, 123_456_700] },
  ])('$amounts are thousands, and a note says so', async ({ amounts, cents }) => {
    const done = await read(amounts)
    expect(done).toMatchObject({ cents, rejected: [] })
    expect(done.notes).toHaveLength(1)
  })

  it('says how many, with one of them and the way to have it otherwise', async () => {
    const { notes } = await read(['1.054', '2.500', '300'])
    expect(notes).toEqual([
      '2 amounts of the column “amount” read as thousands: “1.054” is 1054 ' +
        '(--decimal . reads the sign before decimals)',
    ])
  })

  it.each([
    { why: 'a comma before decimals', amounts: ['12,50', '1.054'], cents: [1250, 105_400] },
    { why: 'a point before decimals', amounts: ['12.50', '1,054'], cents: [1250, 105_400] },
    { why: 'both marks', amounts: ['1.234,56', '1.054'], cents: [123_456, 105_400] },
    {
      why: 'two marks of thousands',
      amounts: ['1,234,567', '1,054'],
      cents: [123_456_700, 105_400],
    },
  ])('is settled without a note by $why elsewhere', async ({ amounts, cents }) => {
    expect(await read(amounts)).toEqual({ cents, rejected: [], notes: [] })
  })

  it.each([
    { why: 'it begins with 0', amounts: ['0.125'], rejected: [2] },
    { why: 'another one begins with 0', amounts: ['1.054', '0.500'], rejected: [2] },
    {
      why: 'another one has the same mark before decimals',
      amounts: ['1,054', '12,50'],
      rejected: [2],
    },
    {
      why: 'another one has four digits before it',
      amounts: ['1054.125', '1.054'],
      rejected: [2, 3],
    },
  ])('is no thousand where $why', async ({ amounts, rejected }) => {
    expect(await read(amounts)).toMatchObject({ rejected, notes: [] })
  })

  it('is what --decimal says', async () => {
    expect(await read(['1.054'], '--decimal', ',')).toMatchObject({ cents: [105_400], notes: [] })
    expect(await read(['1.054'], '--decimal', '.')).toMatchObject({ rejected: [2], notes: [] })
  })

  it.each([
    { currency: 'JPY', code: 0, minor: [1054] },
    { currency: 'KWD', code: 2, minor: [] },
    // Dinars do have three decimals: the thousands of the other amount say which mark is before them.
    { currency: 'KWD', code: 0, minor: [7, 1_234_567], amounts: ['7,000', '1.234.567'] },
  ])('in $currency', async ({ currency, code, minor, amounts = ['1.054'] }) => {
    const folder = temporaryFolder()
    await runInside(folder, ['init', '--currency', currency, '--timezone', 'UTC'])
    const done = await runInside(
      folder,
      ['import', 'deals', '-', '--create', 'clients', '--json'],
      { input: `${rows(amounts).join('\n')}\n` },
    )
    expect(done.code).toBe(code)
    if (code === 2) expect(done.err).toContain('--decimal , or --decimal .')
    const list = JSON.parse((await runInside(folder, ['deal', 'list', '--json'])).out) as {
      deals: { amount: number }[]
    }
    expect(list.deals.map(({ amount }) => amount)).toEqual(minor)
  })
})

describe('amounts that are all meant in one currency', () => {
  it('are taken so with --amounts-in, and a note counts the signs', async () => {
    const { bring, look } = await importsInside()
    const done = await bring(
      'deals',
      rows(['$ 100', '$200.50', '300 руб', '€ 4', '5']),
      '--create',
      'clients',
      '--amounts-in',
      'eur',
    )
    expect(done).toMatchObject({ created: 5, rejected: 0 })
    expect(done.notes).toEqual(
      expect.arrayContaining([
        '2 amounts marked “$” taken as EUR',
        '1 amount marked “руб” taken as EUR',
      ]),
    )
    expect(look('SELECT amount FROM deals ORDER BY id').map(({ amount }) => amount)).toEqual([
      10_000, 20_050, 30_000, 400, 500,
    ])
  })

  it('whatever the header and a column say', async () => {
    const { bring } = await importsInside()
    const lines = ['client,title,Amount (USD),Currency', 'A,one,1.00,', 'A,two,2.00,CHF']
    expect(await bring('deals', lines, '--create', 'clients', '--dry-run')).toMatchObject({
      created: 2,
    })
    const told = await bring('deals', lines, '--create', 'clients', '--amounts-in', 'EUR')
    expect(told).toMatchObject({ created: 2, rejected: 0 })
  })

  it('is refused for another currency than the book’s, with the way out', async () => {
    const { attempt, look } = await importsInside()
    const refused = await attempt('deals', rows(['$ 100']), '--amounts-in', 'USD')
    expect(refused.code).toBe(2)
    expect(refused.err).toContain('the book is in EUR, and amounts in USD cannot be taken in yet')
    expect(refused.err).toContain('funnel init --book FILE --currency USD')
    expect(look('SELECT 1 FROM deals')).toEqual([])
  })
})

it('says where 7,000 is seven, as its column shows decimals', async () => {
  const { bring, look } = await importsInside()
  const list = ['Client,Deal,Amount', 'A,a,"7,000"', 'A,b,"12,5"', 'A,c,"3,20"']
  const done = await bring('deals', list, '--create', 'clients')
  expect(done.notes).toContain(
    '1 amount of the column “Amount” read with decimals, as others there: “7,000” is 7 ' +
      '(mend the cell where thousands are meant)',
  )
  expect(look('SELECT amount FROM deals ORDER BY id')).toEqual([
    { amount: 700 },
    { amount: 1250 },
    { amount: 320 },
  ])
})
