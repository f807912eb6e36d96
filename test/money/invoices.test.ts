import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { contents } from '../support/book.ts'
import { newFolder, temporaryFolder } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'

/** The folder of the book that is looked at. */
let folder = ''

/** A line as it is typed, in words. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')

async function ok(line: string): Promise<string> {
  const { code, out, err } = await runInside(folder, words(line))
  if (code !== 0) throw new Error(`funnel ${line}: ${err}`)
  return out
}

const json = async <T>(line: string): Promise<T> => JSON.parse(await ok(`${line} --json`)) as T

async function refused(line: string): Promise<string> {
  const { code, err } = await runInside(folder, words(line))
  return `${code}: ${err.replace('funnel: ', '')}`
}

function rowsOf(): Record<string, unknown[]> {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    const { operations: _, ...rows } = contents(book)
    return rows
  } finally {
    book.close()
  }
}

const open = async (number: string): Promise<number> =>
  (await json<{ open: number }>(`invoice show ${number}`)).open

const owed = async (day = '2026-11-23'): Promise<number> =>
  (await json<{ totals: { balance: number } }>(`report receivables --as-of ${day}`)).totals.balance

/** The book that tests begin with, made once. */
const BASE = newFolder()

beforeAll(async () => {
  folder = BASE
  await ok('init --currency EUR --timezone UTC')
  await ok('client add "Harbour Foods" --street "Kai 5" --town Hamburg --country DE')
  await ok('client add "Pier Nine"')
  await ok('company set --name "Ann Lee" --street "Weg 1" --postcode 10115 --town Berlin')
  await ok('company set --country DE --vat-id DE136695976')
  await ok('bank account add Main --iban DE89370400440532013000')
  await ok('tax add Standard 19%')
  await ok('tax add Reduced 7%')
  await ok('terms add "14 days" --days 14 --discount 2% --within 7')
})

afterAll(() => rmSync(BASE, { recursive: true }))

beforeEach(() => {
  folder = temporaryFolder()
  cpSync(BASE, folder, { recursive: true })
})

describe('a draft', () => {
  it('has no number, follows its lines, and can be changed, deleted and undone', async () => {
    await ok('product add "Cold room" --code CR-20 --price 1249.99 --unit piece --tax Reduced')
    const before = rowsOf()
    await ok('invoice add harbour --line "3 CR-20 -5%" --line "2 h Consulting @ 90"')
    expect(await json('invoice show d1')).toMatchObject({
      status: 'draft',
      number: null,
      net: 3742.47,
      // 3 × 1,249.99 less 5 % at 7 %, and 180 at the default 19 %.
      tax: 249.37 + 34.2,
      lines: [
        { text: 'Cold room', quantity: 3, unit: 'piece', price: 1249.99, net: 3562.47, tax: 7 },
        { text: 'Consulting', quantity: 2, unit: 'h', price: 90, net: 180, tax: 19 },
      ],
    })
    await ok('invoice line edit 1 2 --quantity 3 --tax Reduced')
    await ok('invoice line add d1 "Travel @ 30"')
    await ok('invoice line drop d1 1')
    await ok(
      'invoice edit d1 --terms 30d --instalments "50% 10d, 50% 30d" --note Thanks --owner none',
    )
    expect(await json('invoice show d1')).toMatchObject({ net: 300, tax: 24.6, gross: 324.6 })
    for (let count = 0; count < 5; count += 1) await ok('undo')
    expect(rowsOf()).toEqual(before)
    await ok('invoice add "Pier Nine" --line "Work @ 1"')
    expect(await ok('invoice list --drafts')).toMatch(/d\d+ +Pier Nine +draft/)
    await ok('invoice delete d2')
    expect(await ok('invoice list')).toContain('No invoices')
  })

  it('comes of a deal: of the lines that count, else of its title and amount', async () => {
    await ok('deal add harbour Winch --amount 900.50')
    await ok('deal add harbour Rope --amount 10')
    await ok('deal line add Rope --text Rope --price 90 --quantity 2 --tax 7%')
    await ok('deal line add Rope --text Hook --price 50 --optional')
    await ok('invoice add --deal Winch')
    await ok('win Rope --invoice')
    expect(await json('invoice show d1')).toMatchObject({ deal: 'Winch', net: 900.5, tax: 171.1 })
    expect(await json('invoice show d2')).toMatchObject({
      net: 180,
      tax: 12.6,
      lines: [{ text: 'Rope' }],
    })
    expect((await runInside(folder, words('invoice add --deal Winch'))).err).toContain(
      'warning: deal 1 has d1 already',
    )
    await ok('undo')
    await ok('deal add harbour Mast')
    expect(await refused('invoice add --deal Mast')).toMatch(
      /^1: .*no amount to invoice\n.*line add/,
    )
    expect(await refused('invoice add pier --deal Winch')).toMatch(/^2: .*not one of Pier Nine/)
    await ok('invoice issue d1')
    expect(await refused('deal delete Winch')).toMatch(/^1: .*has an invoice, 2026-0001/)
    await ok('deal delete Rope')
    expect(await json('invoice show d2')).toMatchObject({ deal: null, net: 180 })
  })
})

describe('issuing', () => {
  it('gives numbers without gaps, freezes all, and cannot be undone', async () => {
    await ok('invoice add harbour --line "Work @ 100"')
    await ok('invoice add harbour --line "More @ 100"')
    await ok('invoice issue d2 --on 2026-11-02')
    await ok('invoice delete d1')
    await ok('invoice add harbour --line "Other @ 50"')
    await ok('invoice issue d3 --on 2026-11-03')
    await ok('client edit harbour --name "Harbour Ltd" --town Bremen')
    await ok('company set --name "Ann Lee Ltd"')
    await ok('tax edit Standard --rate 20%')
    expect(await json('invoice show 2026-0001')).toMatchObject({
      number: '2026-0001',
      issued_on: '2026-11-02',
      due_on: '2026-11-16',
      late: 7,
      gross: 119,
      open: 119,
      payment_ref: 'RF3120260001',
      buyer: { name: 'Harbour Foods', town: 'Hamburg' },
      seller: { name: 'Ann Lee' },
    })
    expect(await refused('invoice line add 2026-0001 "X @ 1"')).toMatch(
      /^1: .*never changes\n.*credit/,
    )
    expect(await refused('invoice delete 2026-0002')).toMatch(/^1: .*never changes/)
    const { operations } = await json<{ operations: { id: number; summary: string }[] }>('history')
    const issue = operations.find(({ summary }) => summary.includes('issued invoice 2026-0001'))
    expect(await refused(`undo ${issue?.id}`)).toMatch(
      /^1: .*invoice 2026-0001 was issued\n.*invoice void 2026-0001 --reason TEXT; or correct it/,
    )
    const make = operations.find(({ summary }) => summary.includes('made draft d2'))
    expect(await refused(`undo ${make?.id}`)).toMatch(/^1: .*was issued by operation/)
  })

  it('gives several numbers at once, in the order named, or none', async () => {
    for (const price of [90, 30, 60]) await ok(`invoice add harbour --line "Work @ ${price}"`)
    await ok('invoice add pier --line "Work @ 1"')
    const none = await refused('invoice issue d3 d1 d4 --on 2026-10-01')
    expect(none).toContain('d4 cannot be issued yet')
    expect(await ok('invoice list --status drafts')).toContain('Invoices (4)')
    expect(await ok('invoice issue d3 d1,d3 --on 2026-10-01')).toBe(
      'issued 2 invoices:\n' +
        '2026-0001 (d3): 71.40 EUR, due on 2026-10-15\n' +
        '2026-0002 (d1): 107.10 EUR, due on 2026-10-15\n',
    )
    expect(await refused('undo')).toContain('invoices 2026-0001, 2026-0002 were issued')
    expect(await refused('invoice issue d2 d3')).toContain('d3')
    const { issued } = await json<{ issued: object[] }>('invoice issue d2 --on 2026-10-02')
    expect(issued).toEqual([{ invoice: 2, number: '2026-0003', due_on: '2026-10-16' }])
  })

  it('follows the numbering of the book, and begins where it is told', async () => {
    for (const text of ['A', 'B', 'C', 'D']) await ok(`invoice add harbour --line "${text} @ 10"`)
    expect(await refused('invoice issue d1 --number 7')).toMatch(/^2: .*not a number of the series/)
    await ok('invoice issue d1 --number 2026-0043 --on 2026-11-02')
    expect(await refused('invoice issue d2 --number 2026-0050')).toMatch(
      /^1: the next number is 2026-0044/.source ? /^1: .*next number is 2026-0044/ : '',
    )
    expect(await refused('invoice issue d2 --on 2026-11-01')).toMatch(/^1: .*earlier day/)
    await ok('invoice issue d2')
    await ok('settings set invoice-number R{yy}{mm}-{nn}')
    await ok('invoice issue d3')
    expect(await ok('invoice issue d4')).toContain('issued invoice R2611-02')
    expect(await refused('settings set invoice-number 2026')).toMatch(/^2: .*needs one \{n\}/)
    expect(await ok('doctor')).toContain('sound')
  })

  it.each([
    [
      'invoice issue d1',
      /^1: d1 cannot be issued yet: it lacks the client’s street, the client’s town, the client’s country\n.*--incomplete.*\n.*client edit 2 --street/,
    ],
    ['invoice issue d1 --on 2027-01-01 --incomplete', /^2: .*still to come/],
    ['invoice issue d1 --due 2026-11-01 --incomplete', /^2: .*before it is issued/],
    ['invoice issue d9', /^3: there is no invoice “d9”/],
    ['invoice issue 2026-0009', /^3: .*no invoice/],
    ['invoice void d1 --reason x', /^1: d1 is a draft/],
    ['invoice credit d1', /^1: d1 is a draft/],
    ['invoice add', /^2: for which client/],
    ['invoice add harbour --line Consulting', /^2: .*has no price\n.*@ 90/],
    ['invoice add harbour --line "3 h Work"', /^2: .*has no price\n.*"3 h Work @ 90"$/m],
    [
      'invoice add harbour --line "2 h Work @ 12.50 EUR"',
      /^2: .*a price that is more than a number\n.*"2 h Work @ 12\.50"; for another currency, add --currency$/m,
    ],
    ['invoice add harbour --line "@ 90"', /^2: .*needs a text|^2: .*no price/],
    ['invoice add harbour --line "0 h Work @ 90"', /^2: .*not a quantity above zero/],
    ['invoice add harbour --line "1 h Work @ -90"', /^2: /],
    ['invoice add harbour --terms whenever', /^3: there are no terms/],
    ['invoice edit d1', /^2: nothing to change/],
    ['invoice edit d1 --instalments "50% now"', /^2: .*two instalments/],
    ['invoice edit d1 --from 2026-11-20 --until 2026-11-10', /^2: .*end on 2026-11-10/],
    ['invoice line edit d1 7 --quantity 2', /^3: d1 has no line/],
    ['invoice list --open --overdue', /^2: .*cannot be used together/],
    ['payment add pier', /^2: |missing required argument/],
    ['payment add pier 0', /^2: .*more than nothing/],
    ['payment add pier 10 --for d1', /^1: d1 is a draft/],
    ['payment add pier 10 --for 99', /^3: there is no invoice/],
    ['payment refund pier 10', /^1: .*no credit to give back/],
    ['payment delete 7', /^3: there is no payment 7/],
    ['payment allocate 7 d1', /^3: there is no payment 7/],
  ])('%s is refused', async (line, why) => {
    await ok('invoice add "Pier Nine" --line "Work @ 100"')
    const before = rowsOf()
    expect(await refused(line)).toMatch(why)
    expect(rowsOf()).toEqual(before)
  })

  it('goes without what is missing where that is wanted', async () => {
    await ok('invoice add "Pier Nine" --line "Work @ 100"')
    expect(await ok('invoice issue d1 --incomplete')).toContain('issued invoice 2026-0001')
  })

  it('asks for money: nothing cannot be issued', async () => {
    await ok('invoice add harbour')
    expect(await refused('invoice issue d1')).toMatch(/^1: d1 comes to nothing\n.*line add d1/)
  })
})

describe('what settles an invoice', () => {
  beforeEach(async () => {
    await ok('invoice add harbour --line "Work @ 100" --line "Travel @ 50 +7%"')
    await ok('invoice issue d1 --on 2026-11-02')
    await ok('invoice add harbour --line "Work @ 1000"')
    await ok('invoice issue d2 --on 2026-11-03')
  })

  it('is paid, in part and too much; the rest is credit, which is used and given back', async () => {
    // 119 + 53.50, and 1,190.
    expect(await owed()).toBe(1362.5)
    await ok('payment add harbour 100 --for 2026-0001 --on 2026-11-05')
    expect(await open('2026-0001')).toBe(72.5)
    await ok('payment add harbour 1300 --for 2026-0001,2026-0002 --on 2026-11-10')
    expect([await open('2026-0001'), await open('2026-0002'), await owed()]).toEqual([0, 0, -37.5])
    expect([await owed('2026-11-02'), await owed('2026-11-04'), await owed('2026-11-05')]).toEqual([
      172.5, 1362.5, 1262.5,
    ])
    expect(await ok('invoice list --open')).toContain('No invoice fits')
    await ok('invoice add harbour --line "Last @ 10"')
    await ok('invoice issue d3')
    await ok('payment allocate 2 2026-0003')
    expect([await open('2026-0003'), await owed()]).toEqual([0, -25.6])
    expect(await refused('payment refund harbour 26')).toMatch(/^1: .*only 25.60 EUR of credit/)
    await ok('payment refund harbour 25.60 --method cash')
    expect(await owed()).toBe(0)
    expect(await refused('payment delete 2')).toMatch(/^1: .*given back by refund 3/)
    expect(await refused('payment add harbour 1 --for 2026-0001')).toMatch(/^1: .*settled already/)
    const before = rowsOf()
    await ok('payment delete 3')
    await ok('payment delete 2')
    expect([await open('2026-0002'), await owed()]).toEqual([1190, 1274.4])
    await ok('undo')
    await ok('undo')
    expect(rowsOf()).toEqual(before)
    expect(await ok('doctor')).toContain('sound')
  })

  it('is credited: in full, by line, by amount, and never beyond it', async () => {
    expect(await refused('invoice credit 2026-0001 --amount 10')).toMatch(
      /^2: .*more than one tax rate/,
    )
    expect(await ok('invoice credit 2026-0001 --line 2')).toMatch(/2026-0003.*: 53.50 EUR\n/)
    expect(await open('2026-0001')).toBe(119)
    expect(await refused('invoice credit 2026-0001')).toMatch(
      /^1: 172.50 EUR is more than the 119.00 EUR/,
    )
    expect(await refused('invoice credit 2026-0002 --amount 0')).toMatch(/^2: .*more than nothing/)
    expect(await refused('promise add 2026-0002 --for friday --amount 0')).toMatch(
      /^2: .*more than nothing/,
    )
    await ok('payment add harbour 1190 --for 2026-0002')
    expect(await ok('invoice credit 2026-0002 --amount 119 --reason Late')).toContain(
      '119.00 EUR are credit of the client',
    )
    expect(await json('invoice show 2026-0004')).toMatchObject({
      kind: 'credit',
      corrects: '2026-0002',
      net: 100,
      tax: 19,
      open: 119,
    })
    await ok('payment allocate 2026-0004 2026-0001')
    expect([await open('2026-0001'), await owed()]).toEqual([0, 0])
    expect(await refused('invoice void 2026-0003 --reason x')).toMatch(/^1: .*not voided/)
    expect(await refused('invoice void 2026-0001 --reason x')).toMatch(/^1: .*paid or credited/)
    expect(await refused('undo')).toMatch(/^[01]: /)
    expect(await ok('doctor')).toContain('sound')
  })

  it('is late by its first instalment that is not paid', async () => {
    await ok('invoice add harbour --line "Build @ 1000 +0%" --instalments "30% at once, 70% 90d"')
    expect(await refused('invoice issue d3 --due 2026-12-01')).toMatch(/^2: instalments are due/)
    await ok('invoice issue d3 --on 2026-11-10')
    expect(await json('invoice show 2026-0003')).toMatchObject({ due_on: '2027-02-08', late: 13 })
    expect(await ok('today')).toContain('1,000.00 EUR open of 2026-0003, due 2026-11-10')
    expect(await ok('invoice list --overdue')).toContain('2026-0003')
    await ok('payment add harbour 300 --for 2026-0003')
    expect(await ok('today')).not.toContain('2026-0003')
    expect(await ok('invoice list --overdue')).not.toContain('2026-0003')
    expect(await json('invoice show 2026-0003')).toMatchObject({ late: null, open: 700 })
  })

  it('is given back only from what was there by the day', async () => {
    await ok('payment add harbour 100 --on 2026-11-20')
    expect(await refused('payment refund harbour 50 --on 2026-11-19')).toMatch(/^1: .*no credit/)
    await ok('payment refund harbour 50 --on 2026-11-20')
    expect([await owed('2026-11-19'), await owed('2026-11-20')]).toEqual([1362.5, 1312.5])
  })

  it('says the rest in the currency of the payment', async () => {
    expect(await json('payment add harbour "500 JPY"')).toMatchObject({ rest: 500 })
  })

  it('is void, written off, or on hold', async () => {
    expect(await refused('invoice void 2026-0001')).toMatch(/^2: .*needs a reason/)
    expect(await refused('invoice void 2026-0001 --reason x --on 2026-11-01')).toMatch(
      /^2: .*after/,
    )
    await ok('invoice void 2026-0001 --reason "Wrong client" --on 2026-11-20')
    expect([await owed('2026-11-19'), await owed('2026-11-20')]).toEqual([1362.5, 1190])
    expect(await refused('payment add harbour 1 --for 2026-0001')).toMatch(/^1: .*voided/)
    expect(await refused('undo')).toMatch(/^1: .*was voided/)
    await ok('invoice write-off 2026-0002 23.80 --as discount')
    expect(await refused('invoice write-off 2026-0002 2000')).toMatch(/^1: only 1,166.20 EUR/)
    expect(await ok('today')).toContain('open of 2026-0002')
    await ok('invoice hold 2026-0002 --until 2026-11-23 --reason "Waits for a part"')
    expect(await ok('today')).not.toContain('2026-0002')
    expect(await ok('invoice list --held')).toContain('2026-0002')
    expect(await refused('check --max overdue-amount=1000 --max receivables=2000')).toMatch(
      /^1: 1 of 2 checks not met: overdue-amount<=1000 \(is 1,166\)/,
    )
    expect(await ok('snapshot')).not.toContain('2026-0002')
    await ok('invoice release 2026-0002')
    expect(await ok('today')).toContain('1,166.20 EUR open of 2026-0002')
    expect(await ok('snapshot')).toMatch(
      /Invoices not paid in time\n.*\nHarbour Foods +2026-0002 +1,166\.20 EUR +6 /,
    )
    expect(await ok('client show harbour')).toMatch(/Open invoices\n.*\n2026-0002 /)
    await ok('invoice write-off 2026-0002 --note Insolvent')
    expect(await owed()).toBe(0)
    expect(await json('payment list')).toMatchObject({
      payments: [
        { kind: 'write-off', amount: 1166.2, settles: '2026-0002' },
        { kind: 'discount', amount: 23.8 },
      ],
    })
  })

  it('is of its own client and currency', async () => {
    await ok('payment add pier 100')
    expect(await refused('payment allocate 1 2026-0001')).toMatch(
      /^1: .*another client.*\n.*across/,
    )
    await ok('payment allocate 1 2026-0001 --across-clients')
    await ok('payment add harbour "50 USD"')
    expect(await refused('payment allocate 2 2026-0001')).toMatch(/^1: payment 2 is in USD/)
    expect(await ok('report receivables')).toContain('Not summed: 1 invoice or payment')
    await ok('invoice add harbour --currency USD --line "Work @ 110 +0%"')
    await ok('rate add USD 1.10 --on 2026-11-23')
    await ok('invoice issue d3')
    await ok('payment add harbour "11 USD" --for 2026-0003')
    // 100 EUR less 10.
    expect(await json('report receivables --where name~harbour')).toMatchObject({
      totals: { not_due: 90, d1_30: 1262.5 },
    })
    expect(await refused('settings set currency USD')).toMatch(/^1: the book has amounts in EUR/)
  })

  it('stays where a client is merged or erased', async () => {
    await ok('client merge pier harbour')
    expect(await json('invoice show 2026-0001')).toMatchObject({
      client: 'Pier Nine',
      buyer: { name: 'Harbour Foods' },
    })
    await ok('invoice add pier --line "Draft @ 5"')
    expect(await ok('client erase pier --yes')).toContain('kept, as tax law asks: 2 invoices,')
    expect(await json('invoice list')).toMatchObject({
      invoices: [{ number: '2026-0002' }, { number: '2026-0001' }],
    })
    expect(await json('invoice show 2026-0001')).toMatchObject({ buyer: { name: 'Harbour Foods' } })
    expect(await ok('doctor')).toContain('sound')
  })
})
