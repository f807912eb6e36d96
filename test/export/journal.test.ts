import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Book } from '../../src/book/open.ts'
import { addDays, type Day } from '../../src/domain/day.ts'
import type { Rate } from '../../src/domain/rate.ts'
import { journalEntries } from '../../src/export/journal/entries.ts'
import { addClient } from '../../src/records/clients.ts'
import { loadTax } from '../../src/reports/tax/load.ts'
import { loadDebts } from '../../src/reports/receivables/load.ts'
import { day, newBook, perform } from '../support/book.ts'
import { emptyDesk } from '../support/funnel.ts'
import { happenAll, happeningAbroad, LENGTH, START, TODAY } from '../support/billing.ts'

/** What each client owes by a day, and the tax until then, by their postings. */
async function postedTo(book: Book, asOf: Day) {
  const owed = new Map<number, number>()
  let tax = 0
  for await (const entry of journalEntries(book.db, book.settings.currency).entries()) {
    expect(entry.postings.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
    if (entry.day > asOf) continue
    for (const { role, of, amount } of entry.postings) {
      if (role === 'tax') tax -= amount
      if (role === 'receivable') owed.set(of ?? 0, (owed.get(of ?? 0) ?? 0) + amount)
    }
  }
  return { owed, tax }
}

async function taxBy(book: Book, asOf: Day): Promise<number> {
  const scope = { asOf, settings: book.settings }
  const period = { from: null, to: null, label: '' }
  const { cells } = await loadTax(book.db, { scope, period, basis: 'invoice', by: null })
  return cells.reduce((sum, { tax }) => sum + tax, 0)
}

async function balances(book: Book, asOf: Day): Promise<Map<number, number>> {
  const { debts } = await loadDebts(book.db, { asOf, settings: book.settings })
  return new Map(
    [...debts].map(([client, { unallocated, ...buckets }]) => [
      client,
      Object.values(buckets).reduce((sum, open) => sum + open, -unallocated),
    ]),
  )
}

describe('the entries of any book', () => {
  it('balance, and post to each client what it owes on any day, and the tax of all reports, whoever paid in which currency', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happeningAbroad, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 0, max: LENGTH }),
        async (all, count) => {
          const book = newBook()
          await perform(book, async (db) => {
            const rate = (on: string, text: string) =>
              db
                .insertInto('rates')
                .values({ day: day(on), currency: 'USD', per: 'EUR', rate: text as Rate })
                .execute()
            for (let month = 5; month < 12; month += 1) {
              for (const dom of ['01', '07', '13', '19', '25', '30']) {
                await rate(`2026-${String(month).padStart(2, '0')}-${dom}`, `1.${month}${dom}`)
              }
            }
            for (const name of ['Alpha', 'Beta', 'Gamma']) await addClient(db, name, {}, {}, START)
            await happenAll(db, all)
          })
          for (const asOf of [addDays(START, count), TODAY]) {
            const { owed: posted, tax } = await postedTo(book, asOf)
            const owed = await balances(book, asOf)
            expect(tax).toBe(await taxBy(book, asOf))
            for (const client of [1, 2, 3]) {
              expect(posted.get(client) ?? 0).toBe(owed.get(client) ?? 0)
            }
          }
          book.close()
        },
      ),
      { numRuns: 20 },
    )
  }, 120_000)
})

/** A desk with an invoice, two taxes, a credit note, dollars, and money. */
function tradingDesk() {
  const { ok, run: ask, folder } = emptyDesk()
  const run = (line: string): string => ok(...line.split('|'))
  for (const line of [
    'init|--currency|EUR',
    'company|set|--name|Ann Lee|--street|Weg 1|--postcode|10115|--town|Berlin|--country|DE|--vat-id|DE136695976',
    'bank|account|add|Main|--iban|DE89 3704 0044 0532 0130 00',
    'tax|add|Standard|19%',
    'client|add|Harbour Foods',
    'client|add|Quay & Sons',
    'rate|add|USD|1.10|--on|2026-10-24',
    'rate|add|USD|1.05|--on|2026-11-10',
    'invoice|add|1|--line|Cold store @ 12000',
    'invoice|issue|d1|--on|2026-10-01|--incomplete',
    'invoice|add|2|--line|Report @ 1000 +0%|--currency|USD',
    'invoice|issue|d2|--on|2026-10-25|--incomplete',
    'payment|add|1|5000|--for|2026-0001|--on|2026-11-05|--account|Main',
    'payment|add|2|1000 USD|--for|2026-0002|--on|2026-11-10',
    'invoice|write-off|2026-0001|7|--as|fee|--on|2026-11-12',
  ]) {
    run(line)
  }
  return { run, ask, folder }
}

describe('export journal', () => {
  it('is what was billed and paid, and what the dollar brought', () => {
    const { run } = tradingDesk()
    const text = run('export|journal|--format|hledger')
    expect(text).toBe(`commodity 1000.00 EUR

account Assets:Bank:Main
account Assets:Cash
account Assets:Receivable:Harbour Foods 1
account Assets:Receivable:Quay & Sons 2
account Expenses:Bank-Fees
account Income:Exchange
account Income:Sales
account Liabilities:Tax

2026-10-01 * (2026-0001) Harbour Foods | Cold store  ; client:1, due:2026-10-31, uid:invoice-1
    Assets:Receivable:Harbour Foods 1    14280.00 EUR
    Income:Sales    -12000.00 EUR
    Liabilities:Tax    -2280.00 EUR

2026-10-25 * (2026-0002) Quay & Sons | Report  ; client:2, due:2026-11-24, uid:invoice-2
    Assets:Receivable:Quay & Sons 2    909.09 EUR
    Income:Sales    -909.09 EUR

2026-11-05 * Harbour Foods | Payment of 2026-0001  ; client:1, uid:payment-1
    Assets:Bank:Main    5000.00 EUR
    Assets:Receivable:Harbour Foods 1    -5000.00 EUR

2026-11-10 * Quay & Sons | Payment of 2026-0002  ; client:2, uid:payment-2
    Assets:Cash    952.38 EUR
    Assets:Receivable:Quay & Sons 2    -952.38 EUR

2026-11-10 * (2026-0002) Quay & Sons | Exchange difference  ; client:2, uid:settled-2
    Assets:Receivable:Quay & Sons 2    43.29 EUR
    Income:Exchange    -43.29 EUR

2026-11-12 * (2026-0001) Harbour Foods | Fee on 2026-0001  ; client:1, uid:settled-3
    Expenses:Bank-Fees    7.00 EUR
    Assets:Receivable:Harbour Foods 1    -7.00 EUR
`)
  })

  it('names accounts as the settings say', () => {
    const { run, ask } = tradingDesk()
    run('settings|set|account-receivable|1400')
    run('settings|set|account-sales|Income:Sales {rate}')
    const rows = run('export|journal|--period|2026-10').split('\n')
    expect(rows[1]).toContain('Cold store,1400,14280.00,,')
    expect(rows[2]).toContain('Income:Sales 19%,,12000.00,19%,S')
    expect(ask('export', 'journal', '--format', 'beancount')).toMatchObject({
      code: 2,
      err: expect.stringContaining('funnel settings set account-receivable Assets:'),
    })
    run('settings|set|account-receivable|none')
    expect(run('settings|get|account-receivable')).toBe('Assets:Receivable:{client}\n')
    for (const bad of ['Income:{client}', 'a::b', 'two\nlines;', '{rate', '']) {
      expect(ask('settings', 'set', 'account-sales', bad)).toMatchObject({ code: 2 })
    }
  })

  it('gives each entry to one batch, and takes back what changed after it went out', () => {
    const { run, ask, folder } = tradingDesk()
    const file = path.join(folder, 'next.csv')
    const batch = (...more: string[]) =>
      run(['export|journal|--since-last|--out', file, ...more].join('|'))
    expect(batch()).toBe('batch 1 of the journal: 6 entries\n')
    const first = readFileSync(file, 'utf8')
    expect(first).toBe(run('export|journal'))
    expect(batch()).toBe('nothing new for the journal\n')
    run('payment|delete|1')
    run('payment|add|1|4000|--for|2026-0001|--on|2026-11-06|--account|Main|--note|Late')
    run('client|edit|1|--name|Harbour')
    expect(batch()).toBe('batch 2 of the journal: 2 entries, 1 of them to take back earlier ones\n')
    const second = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
    expect(second.map((row) => row.split(',').slice(2, 7).join(','))).toEqual([
      'Harbour,Late,Assets:Bank:Main,4000.00,',
      // On the account on which its invoice is, whatever it is called now.
      'Harbour,Late,Assets:Receivable:Harbour Foods 1,,4000.00',
      'Harbour,Taken back: Payment of 2026-0001,Assets:Bank:Main,,5000.00',
      'Harbour,Taken back: Payment of 2026-0001,Assets:Receivable:Harbour Foods 1,5000.00,',
    ])
    expect(run('export|journal|--batch|1')).toBe(first.replaceAll(',Harbour Foods,', ',Harbour,'))
    run('undo')
    // Accounts that are named in another way begin with the next batch.
    run('settings|set|account-receivable|Assets:Debtors:{client}')
    run('export|journal|--since-last|--out|debtors.csv')
    expect(readFileSync(path.join(folder, 'debtors.csv'), 'utf8')).toContain(
      ',Late,Assets:Debtors:Harbour 1,,4000.00',
    )
    run('undo')
    run('undo')
    expect(ask('export', 'journal', '--batch', '2')).toMatchObject({ code: 3 })
    expect(batch()).toContain('2 entries, 1 of them')
    expect(ask('export', 'journal', '--since-last')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--out FILE'),
    })
  })

  it('writes nothing down where the file cannot be written', () => {
    const { run, ask } = tradingDesk()
    const refused = ask('export', 'journal', '--since-last', '--out', 'no/such/folder.csv')
    expect(refused.code).toBe(2)
    expect(ask('export', 'journal', '--batch', '1')).toMatchObject({ code: 3 })
    expect(run('export|journal|--since-last|--out|all.journal')).toContain('batch 1')
  })
})

describe('export 1c', () => {
  it('is read back as the statement of the account, in Windows-1251 or UTF-8', () => {
    const { run, folder } = tradingDesk()
    run('client|edit|1|--name|Порт «Балтика»|--tax-number|7701234567/770101001')
    const file = path.join(folder, 'kl_to_1c.txt')
    run(`export|1c|--out|${file}`)
    const bytes = readFileSync(file)
    const text = new TextDecoder('windows-1251').decode(bytes)
    expect(text.split('\r\n')).toEqual(
      expect.arrayContaining([
        'Кодировка=Windows',
        'РасчСчет=DE89370400440532013000',
        'ВсегоПоступило=5000.00',
        'Дата=05.11.2026',
        'ПлательщикИНН=7701234567',
        'ПлательщикКПП=770101001',
        'Плательщик1=Порт «Балтика»',
        'НазначениеПлатежа=Оплата по счету 2026-0001',
        'КонецФайла',
      ]),
    )
    run(`bank|import|${file}`)
    const { bookings } = JSON.parse(run('bank|list|--json')) as { bookings: object[] }
    expect(bookings).toMatchObject([
      { booked_on: '2026-11-05', amount: 5000, party: 'Порт «Балтика»' },
    ])
    run('client|edit|1|--name|Ñandú')
    const other = path.join(folder, 'other.txt')
    run(`export|1c|--out|${other}`)
    expect(readFileSync(other, 'utf8')).toContain('Кодировка=UTF-8\r\n')
    expect(readFileSync(other, 'utf8')).toContain('Плательщик1=Ñandú\r\n')
  })

  it('has tables of clients and invoices with Russian headers', () => {
    const { run, ask } = tradingDesk()
    const clients = run('export|1c|--what|clients')
    expect(clients.split('\r\n')[0]).toBe('Код,Наименование,Вид,ИНН,КПП,Адрес,Телефон,E-mail')
    const invoices = run('export|1c|--what|invoices').split('\r\n')
    expect(invoices[1]).toBe(
      '2026-0001,01.10.2026,Счет,Harbour Foods,,,Cold store,1,,12000,12000.00,19%,EUR',
    )
    expect(ask('export', '1c', '--out', 'x.xlsx')).toMatchObject({ code: 2 })
  })
})
