import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { emptyDesk, newFolder } from '../support/funnel.ts'

// The third quarter of 2026 of Ann Lee, who advises in Berlin: 14 days, 2% within 7; tax 19% and 7%.
//
//  number  client   issued  net                       tax              gross     how it is settled
//  0001    Harbour  6 Jul   4,000                     760              4,760.00  13 Jul 4,664.80, and 2% = 95.20 taken off
//  0002    Quay     13 Jul  10 × 95 = 950, 120 at 7%  180.50 + 8.40    1,258.90  due 27 Jul, promised for 7 Aug, paid 12 Aug
//  0003    Tidal    20 Jul  3,000                     570              3,570.00  22 Jul 30% = 1,071; 5 Sep 1,500; credit 119; 28 Sep 880
//  0004    Harbour  1 Aug   500, every month          95               595.00    10 Aug
//  0005    Harbour  1 Sep   500                       95               595.00    14 Sep 600: 5 too much, given back 30 Sep
//  0006    Tidal    10 Sep  −100 (credit note)        −19              −119.00
//
// Owed on 31 Jul: 1,258.90 four days late, and 70% of 3,570 = 2,499 not due yet: 3,757.90.
// On 31 Aug: 2,499, twelve days late. On 30 Sep: nothing.
//
// Tax of the quarter: at 19% 4,000 + 950 + 3,000 + 500 + 500 − 100 = 8,850, less 80 of the discount = 8,770,
// of which 19% are 1,666.30; at 7% 120 and 8.40. All of it was paid, so that it is the same as paid.

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

const HARBOUR = 'DE02120300000000202051'
const QUAY = 'DE02100100100006820101'
const TIDAL = 'DE02500105170137075030'

function on(monthAndDay: string) {
  const env = { FUNNEL_TODAY: `2026-${monthAndDay}` }
  const { ok, run, json } = emptyDesk({ env }, FOLDER)
  /** Commands of a day, a line each; gives what the last one says. */
  const say = (...lines: string[]): string =>
    lines.map((line) => ok(...line.split(' | '))).at(-1) ?? ''
  const totals = (...args: string[]) =>
    json<{ totals: Record<string, number> }>('report', ...args).totals
  return { say, run, totals, json }
}

function statement(name: string, ...rows: string[]): string {
  const file = path.join(FOLDER, name)
  writeFileSync(file, ['Booked,Amount,Payer,IBAN,Text', ...rows, ''].join('\n'))
  return `bank | import | ${file} | --account | Main`
}

const LETTERS = path.join(FOLDER, 'letters')

describe('a quarter', { timeout: 240_000 }, () => {
  it('begins with a book, clients and deals', () => {
    const { say, json } = on('07-01')
    say(
      'init | --currency | EUR | --timezone | Europe/Berlin',
      'company | set | --name | Ann Lee | --street | Weg 1 | --postcode | 10115 | --town | Berlin | --country | DE | --vat-id | DE136695976',
      'bank | account | add | Main | --iban | DE89 3704 0044 0532 0130 00',
      'tax | add | Standard | 19%',
      'tax | add | Reduced | 7%',
      'terms | add | Usual | --days | 14 | --discount | 2% | --within | 7',
      'client | add | Harbour Foods | --street | Kai 1 | --postcode | 20457 | --town | Hamburg | --country | DE',
      'client | add | Quay Works | --street | Quai 2 | --postcode | 28195 | --town | Bremen | --country | DE',
      'client | add | Tidal Labs | --street | Moor 3 | --postcode | 24103 | --town | Kiel | --country | DE',
      'deal | add | harbour | Cold store plan | --amount | 4000 | --process | plain',
      'deal | add | quay | Audit | --amount | 1070 | --process | plain',
      'deal | add | tidal | Lab | --amount | 3000 | --process | plain',
    )
    expect(json('deal', 'list')).toMatchObject({ deals: [{}, {}, {}] })
  })

  it('bills what is won; what was issued stays', () => {
    const sixth = on('07-06')
    expect(sixth.say('win | 1 | --invoice', 'invoice | issue | d1')).toBe(
      'issued invoice 2026-0001 (d1): 4,760.00 EUR, due on 2026-07-20\n',
    )
    expect(sixth.run('undo')).toMatchObject({
      code: 1,
      err: expect.stringContaining('funnel invoice void 2026-0001 --reason TEXT') as string,
    })
    expect(
      on('07-13').say(
        'win | 2',
        'invoice | add | --deal | 2 | --line | 10 h Audit @ 95 | --line | Handbook @ 120 +7%',
        'invoice | issue | d2',
      ),
    ).toContain('1,258.90 EUR, due on 2026-07-27')
    expect(
      on('07-20').say(
        'win | 3',
        'invoice | add | --deal | 3 | --instalments | 30% at once, 70% 30d',
        'invoice | issue | d3',
      ),
    ).toContain('3,570.00 EUR, due in 2 instalments, the last on 2026-08-19')
  })

  it('matches the bank’s statement of July, with the discount that was taken', () => {
    const { say, json } = on('07-24')
    say(
      statement(
        'july.csv',
        `2026-07-13,4664.80,Harbour Foods,${HARBOUR},RG 2026-0001 less 2%`,
        '2026-07-15,-12.90,Bank,,Fees',
        `2026-07-22,1071.00,Tidal Labs GmbH,${TIDAL},2026-0003 first part`,
      ),
    )
    const { bookings } = json<{ bookings: object[] }>('bank', 'match')
    expect(bookings).toMatchObject([
      { state: 'booked', settles: '2026-0001', discount: 95.2, why: 'names 2026-0001' },
      { state: 'open', why: 'money out' },
      { state: 'booked', settles: '2026-0003', discount: 0 },
    ])
    say('bank | ignore | 2 | --reason | bank fees')
  })

  it('reminds the client that is late, once, and takes its promise', () => {
    expect(on('07-30').say(`remind | --out | ${LETTERS}`)).toContain('1 letter to 1 client')
    expect(on('07-30').say(`remind | --out | ${LETTERS}`)).not.toContain('wrote')
    expect(readdirSync(LETTERS)).toEqual(['reminder-1-2026-0002.txt'])
    const letter = readFileSync(path.join(LETTERS, 'reminder-1-2026-0002.txt'), 'utf8')
    expect(letter).toContain('2026-0002, due 27 July 2026, 3 days late')
    expect(letter).toContain('RF0420260002')
    const { say, totals } = on('07-31')
    say('promise | add | 2026-0002 | --for | 2026-08-07')
    expect(totals('receivables')).toMatchObject({ not_due: 2499, d1_30: 1258.9, balance: 3757.9 })
    expect(on('08-08').say('today')).toContain('promised for 2026-08-07 and not paid')
  })

  it('bills a month in advance, and matches by account and name what has no number', () => {
    on('08-01').say(
      'invoice | add | harbour | --line | Retainer @ 500',
      'invoice | issue | d4',
      'invoice | repeat | add | 2026-0004 | --every | month',
    )
    const { say, json } = on('08-15')
    const imported = say(
      statement(
        'august.csv',
        `2026-07-22,1071.00,Tidal Labs GmbH,${TIDAL},2026-0003 first part`,
        `2026-08-10,595.00,Harbour Foods,${HARBOUR},`,
        `2026-08-12,1258.90,Quay Works,${QUAY},thank you`,
      ),
    )
    expect(imported).toContain('2 created, 0 updated, 1 unchanged')
    expect(json('bank', 'match')).toMatchObject({ booked: 0, proposed: 2 })
    expect(json('bank', 'match', '--yes')).toMatchObject({ booked: 2, proposed: 0 })
    expect(on('08-31').totals('receivables')).toMatchObject({
      not_due: 0,
      d1_30: 2499,
      balance: 2499,
    })
  })

  it('reminds of the second instalment twice, and credits a part of it', () => {
    expect(on('08-22').say(`remind | --out | ${LETTERS}`)).toContain('1 letter to 1 client')
    const first = on('09-01').say('invoice | repeat | run')
    expect(first).toContain('d5: Harbour Foods, 595.00 EUR')
    expect(on('09-01').say('invoice | repeat | run')).not.toContain('d6')
    on('09-01').say('invoice | issue | d5')
    expect(on('09-02').say(`remind | --out | ${LETTERS}`)).toContain('1 letter to 1 client')
    expect(readdirSync(LETTERS)).toEqual([
      'reminder-1-2026-0002.txt',
      'reminder-1-2026-0003-2026-08-19.txt',
      'reminder-2-2026-0003-2026-08-19.txt',
    ])
    expect(on('09-10').say('invoice | credit | 2026-0003 | --amount | 119')).toBe(
      'issued credit note 2026-0006 on invoice 2026-0003: 119.00 EUR\n',
    )
  })

  it('ends with the last invoice paid, and what was too much given back', () => {
    const { say, json } = on('09-28')
    say(
      statement(
        'september.csv',
        `2026-09-05,1500.00,Tidal Labs,${TIDAL},part of 2026 0003`,
        `2026-09-14,600.00,Harbour Foods,${HARBOUR},2026-0005`,
        `2026-09-28,880.00,Tidal Labs,${TIDAL},rest 2026-0003`,
      ),
    )
    expect(json('bank', 'match', '--yes')).toMatchObject({ booked: 3, proposed: 0, open: 0 })
    const last = on('09-30')
    expect(last.totals('receivables')).toMatchObject({ unallocated: -5, balance: -5 })
    last.say('payment | refund | harbour | 5')
    expect(last.totals('receivables').balance ?? 0).toBe(0)
    expect(last.say('doctor')).toContain('is sound')
    // The page of August has what was late then, whatever was paid since.
    const august = last.say('snapshot | --period | 2026-08')
    expect(august).toMatch(/Tidal Labs +2026-0003 +2,499.00 EUR +13/)
    expect(august).not.toContain('2026-0002')
    expect(last.say('today')).not.toContain('open of')
  })

  it('has the figures that its tax return and its journal need', () => {
    const { totals, json, say } = on('09-30')
    for (const basis of ['invoice', 'payment']) {
      const { rows } = json<{ rows: object[] }>(
        'report',
        'tax',
        '--period',
        '2026-Q3',
        '--basis',
        basis,
      )
      expect(rows).toMatchObject([
        { net: 8770, tax: 1666.3 },
        { net: 120, tax: 8.4 },
      ])
    }
    expect(totals('tax', '--period', '2026-Q3')).toMatchObject({ net: 8890, tax: 1674.7 })
    const rows = say('export | journal').trimEnd().split('\n').slice(1)
    const sums: Record<string, number> = {}
    for (const row of rows) {
      const cells = row.split(',')
      const [account = '', debit, credit] = cells.slice(4, 7)
      sums[account] = (sums[account] ?? 0) + Number(debit) * 100 - Number(credit) * 100
    }
    // What came in less what went out, and what was earned less what was taken off.
    expect(sums).toMatchObject({
      'Assets:Bank:Main': 1_056_970,
      'Assets:Cash': -500,
      'Assets:Receivable:Harbour Foods 1': 0,
      'Assets:Receivable:Quay Works 2': 0,
      'Assets:Receivable:Tidal Labs 3': 0,
      'Expenses:Discounts': 8_000,
      'Income:Sales': -897_000,
      'Liabilities:Tax': -167_470,
    })
  })
})
