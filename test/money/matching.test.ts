import { cpSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { contents } from '../support/book.ts'
import { newFolder, temporaryFolder } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'

/** The folder of the book that is looked at. */
let folder = ''

/** A line as it is typed, in words. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

async function ok(line: string): Promise<string> {
  const { code, out, err } = await runInside(folder, words(line))
  if (code !== 0) throw new Error(`funnel ${line}: ${err}`)
  return out
}

const json = async <T>(line: string): Promise<T> => JSON.parse(await ok(`${line} --json`)) as T

async function refused(line: string): Promise<string> {
  const { code, err } = await runInside(folder, words(line))
  return `${code}: ${err.replace('funnel: ', '').replaceAll('\n  ', '\n')}`
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

let files = 0

/** Brings in a statement: day, amount, payer, its account, text. */
async function bank(...rows: string[]): Promise<void> {
  const head = 'booked,amount,party,party-account,text,structured-ref,e2e-ref'
  files += 1
  const name = `bank${files}.csv`
  writeFileSync(path.join(folder, name), `${[head, ...rows].join('\n')}\n`)
  await ok(`bank import ${name}`)
}

async function bill(client: string, amount: number, more = ''): Promise<void> {
  const { draft } = await json<{ draft: string }>(
    `invoice add ${client} --line "Work @ ${amount} +0%" ${more}`,
  )
  await ok(`invoice issue ${draft} --on 2026-11-01 --incomplete`)
}

interface Matched {
  booked: number
  proposed: number
  open: number
  bookings: Record<string, string | number | null>[]
}

/** `1 booked 2026-0001: names 2026-0001`, for each booking. */
async function match(options = ''): Promise<string[]> {
  const { bookings } = await json<Matched>(`bank match ${options}`)
  return bookings.map(({ booking, state, settles, why, discount, fee, credit }) => {
    const more = Object.entries({ discount, fee, credit }).flatMap(([name, sum]) =>
      sum === 0 ? [] : `, ${name} ${sum}`,
    )
    return `${booking} ${state}${settles === null ? '' : ` ${settles}`}${more.join('')}: ${why}`
  })
}

const open = async (number: string): Promise<number> =>
  (await json<{ open: number }>(`invoice show ${number}`)).open

const sound = async (): Promise<void> => {
  expect(await ok('doctor')).toContain('sound')
}

/** The book that tests begin with, made once. */
const BASE = newFolder()

const KNOWN = 'DE02120300000000202051'

beforeAll(async () => {
  folder = BASE
  await ok('init --currency EUR --timezone UTC')
  await ok('client add "Harbour Foods"')
  await ok('client add "Pier Nine"')
  await ok('company set --name "Ann Lee"')
  await ok('bank account add Main --iban DE89370400440532013000')
  await ok('terms add "14 days" --days 14 --discount 2% --within 7')
})
afterAll(() => rmSync(BASE, { recursive: true }))

beforeEach(() => {
  folder = temporaryFolder()
  cpSync(BASE, folder, { recursive: true })
})

describe('the worked example', () => {
  // Open are 9,280.00 of 2026-0001 and 1,190.00 of 2026-0002; an account of the client is known.
  beforeEach(async () => {
    await bill('1', 9280)
    await bill('1', 1190)
    await bank(`2026-11-02,5,Harbour,${KNOWN},advance,,`)
    await ok('bank assign 1 1')
  })

  it('books both invoices that the text names', async () => {
    await bank(`2026-11-10,10470,Harbour,${KNOWN},RG 2026-0001 + 0002,,`)
    expect(await match()).toEqual(['2 booked 2026-0001, 2026-0002: names 2026-0001, 2026-0002'])
    expect([await open('2026-0001'), await open('2026-0002')]).toEqual([0, 0])
    await sound()
  })

  it('proposes them without the text, as the account is known', async () => {
    await bank(`2026-11-10,10470,Harbour,${KNOWN},danke,,`)
    const why = 'known account of Harbour Foods, amount of 2026-0001, 2026-0002'
    expect(await match()).toEqual([`2 proposed 2026-0001, 2026-0002: ${why}`])
    expect(await open('2026-0001')).toBe(9280)
    expect(await match('--yes')).toEqual([`2 booked 2026-0001, 2026-0002: ${why}`])
    expect(await open('2026-0001')).toBe(0)
    await sound()
  })

  it('only lists what a stranger pays without a text', async () => {
    await bank('2026-11-10,1190,Stranger,DE02500105170137075030,,,')
    const said = ['2 open: only the amount fits: 2026-0002 (Harbour Foods)']
    expect(await match('--yes')).toEqual(said)
    expect(await open('2026-0002')).toBe(1190)
  })
})

describe('what proves itself', () => {
  it('is a payment reference, in its field or in the text', async () => {
    await bill('1', 100)
    await bill('2', 200)
    await bill('2', 300)
    const { payment_ref: reference } = await json<Record<string, string>>('invoice show 2026-0001')
    expect(reference).toMatch(/^RF\d\d20260001$/)
    await bank(
      `2026-11-10,100,X,,,${reference},`,
      '2026-11-10,200,X,,,000000000000000000202600029,',
      '2026-11-10,250,X,,,,2026-0003',
    )
    expect(await match()).toEqual([
      '1 booked 2026-0001: reference of 2026-0001',
      '2 booked 2026-0002: reference of 2026-0002',
      '3 booked 2026-0003: names 2026-0003, a part',
    ])
    expect(await open('2026-0003')).toBe(50)
  })

  it('is not a number with more than is open: what is left would be credit', async () => {
    await bill('1', 100)
    await bank('2026-11-10,120,X,,RG 2026-0001,,')
    const why = 'names 2026-0001, more than is open'
    expect(await match()).toEqual([`1 proposed 2026-0001, credit 20: ${why}`])
    expect(await match('--yes')).toEqual([`1 booked 2026-0001, credit 20: ${why}`])
    const { payments } = await json<{ payments: { rest: number; booking: number }[] }>(
      'payment list',
    )
    expect(payments.map(({ rest, booking }) => [rest, booking])).toEqual([[20, 1]])
    await sound()
  })

  it('is not a part of several invoices, nor invoices of two clients', async () => {
    await bill('1', 100)
    await bill('1', 50)
    await bill('2', 10)
    await bank('2026-11-10,120,X,,2026-0001 + 0002,,', '2026-11-11,110,X,,2026-0001 2026-0003,,')
    expect(await match()).toEqual([
      '1 proposed 2026-0001, 2026-0002: names 2026-0001, 2026-0002, a part',
      // What the first would pay is not open for the second.
      '2 proposed 2026-0003, credit 100: names 2026-0003, more than is open',
    ])
  })

  it('does not go for invoices of two clients, as a payment is of one', async () => {
    await bill('1', 100)
    await bill('2', 10)
    await bank('2026-11-11,110,X,,2026-0001 2026-0002,,')
    const why = 'names 2026-0001, 2026-0002, of several clients'
    expect(await match()).toEqual([`1 proposed 2026-0001, 2026-0002: ${why}`])
    await match('--yes')
    expect([await open('2026-0001'), await open('2026-0002')]).toEqual([0, 0])
    await sound()
  })

  it('is not a number that may stand there by chance, unless the amount is exactly that', async () => {
    await ok('settings set invoice-number "{n}"')
    for (const amount of [100, 50, 70]) await bill('1', amount)
    await bank('2026-11-10,20,X,,Zimmer 1,,', '2026-11-10,50,X,,Rechnung 2,,')
    expect(await match()).toEqual([
      '1 open: may name 1, but the amount is another',
      '2 booked 2: names 2',
    ])
  })

  it('is in the currency of the invoice', async () => {
    await bill('1', 100, '--currency USD')
    await bank('2026-11-10,100,X,,RG 2026-0001,,')
    expect(await match('--yes')).toEqual(['1 open: names 2026-0001, which is in USD'])
  })

  it('is an invoice once', async () => {
    await bill('1', 100)
    await bank('2026-11-10,100,X,,RG 2026-0001,,', '2026-11-11,100,X,,RG 2026-0001,,')
    expect(await match('--yes')).toEqual([
      '1 booked 2026-0001: names 2026-0001',
      '2 open: names 2026-0001, settled by another booking',
    ])
  })
})

describe('what comes short', () => {
  it('is settled by an early discount in time', async () => {
    await ok('client edit 1 --terms "14 days"')
    await bill('1', 1190)
    await bill('1', 1190)
    await bank(
      '2026-11-08,1166.20,X,,RG 2026-0001,,',
      // A day too late.
      '2026-11-09,1166.20,X,,RG 2026-0002,,',
    )
    expect(await match()).toEqual([
      '1 booked 2026-0001, discount 23.8: names 2026-0001',
      '2 booked 2026-0002: names 2026-0002, a part',
    ])
    const { payments } = await json<{ payments: Record<string, unknown>[] }>('payment list')
    expect(payments.map(({ kind, amount, booking }) => [kind, amount, booking])).toEqual([
      ['in', 1166.2, 2],
      ['discount', 23.8, 1],
      ['in', 1166.2, 1],
    ])
    expect([await open('2026-0001'), await open('2026-0002')]).toEqual([0, 23.8])
    await sound()
  })

  it('is settled by a fee within the tolerance', async () => {
    await bill('1', 1190)
    await bank('2026-11-10,1185,X,,RG 2026-0001,,')
    expect(await match('--tolerance 5 --dry-run')).toEqual([
      '1 booked 2026-0001, fee 5: names 2026-0001',
    ])
    expect(await match('--tolerance 0.4%')).toEqual(['1 booked 2026-0001: names 2026-0001, a part'])
    expect(await open('2026-0001')).toBe(5)
    expect(await refused('bank match --tolerance much')).toBe(
      '2: “much” is not an amount\nwrite it as 1500 or 1500.50\n',
    )
  })
})

describe('what is likely', () => {
  it('is the payer of an account that a number has proven in the same run', async () => {
    await bill('1', 100)
    await bill('1', 70)
    await bank(
      `2026-11-09,70,H F,${KNOWN},danke,,`,
      `2026-11-10,100,H F,DE02 1203 0000 0000 2020 51,RG 2026-0001,,`,
    )
    expect(await match()).toEqual([
      '1 proposed 2026-0002: known account of Harbour Foods, amount of 2026-0002',
      '2 booked 2026-0001: names 2026-0001',
    ])
  })

  it('is not the payer of an account from which many pay, as through a service', async () => {
    for (let client = 3; client <= 7; client += 1) {
      await ok(`client add "Client ${client}"`)
      await bank(`2026-11-10,${client},Service,${KNOWN},,,`)
      await ok(`bank assign ${client - 2} ${client}`)
    }
    await bill('3', 100)
    await bank(`2026-11-11,100,Service,${KNOWN},,,`)
    expect(await match()).toEqual([
      '6 proposed 2026-0001: known account of Client 3, amount of 2026-0001',
    ])
    await bank(`2026-11-10,9,Service,${KNOWN},,,`)
    await ok('bank assign 7 harbour')
    expect(await match()).toEqual(['6 open: only the amount fits: 2026-0001 (Client 3)'])
  })

  it('is the only client of the payer’s name, whatever its case and signs', async () => {
    await bill('2', 100)
    await bank('2026-11-10,100,PIER-NINE,,,,', '2026-11-11,100,Pier Nine GmbH,,,,')
    expect(await match()).toEqual([
      '1 proposed 2026-0001: name of Pier Nine, amount of 2026-0001',
      '2 open: nothing fits',
    ])
    await ok('client add "pier nine."')
    expect((await match())[0]).toBe('1 open: only the amount fits: 2026-0001 (Pier Nine)')
  })

  it('is the client that the bank spells without umlauts or legal form, less its discount', async () => {
    await ok('client add "Nord Möbel GmbH"')
    await ok('client add "บริษัท น้ำใส จำกัด"')
    await bill('3', 1130.5)
    await bill('4', 90)
    await bank('2026-11-08,1107.89,NORD MOEBEL,,Design,,', '2026-11-09,90,น้ำใส,,,,')
    expect(await match()).toEqual([
      '1 proposed 2026-0001, discount 22.61: name of Nord Möbel GmbH, amount of 2026-0001',
      '2 proposed 2026-0002: name of บริษัท น้ำใส จำกัด, amount of 2026-0002',
    ])
    await ok('client add "Nord Möbel KG"')
    expect((await match())[0]).toBe('1 open: nothing fits')
  })

  it('is not guessed where two invoices fit, or one was not issued yet', async () => {
    await bill('2', 100)
    await bill('2', 100)
    await bank('2026-11-10,100,Pier Nine,,,,', '2026-10-31,100,Pier Nine,,,,')
    expect(await match('--yes')).toEqual([
      '2 open: nothing fits',
      '1 open: name of Pier Nine, but several invoices fit: 2026-0001 (Pier Nine), 2026-0002 (Pier Nine)',
    ])
  })
})

describe('what fits nothing', () => {
  it('says if an invoice that it names is settled or void, or whose account it is', async () => {
    await bill('1', 100)
    await bill('1', 70)
    await ok('invoice void 2026-0002 --reason wrong')
    await ok('payment add 1 100 --for 2026-0001 --on 2026-11-02')
    await bank(
      `2026-11-20,100,X,${KNOWN},"Rechnung 2026-0001, danke",,`,
      '2026-11-20,70,X,,RG:2026-0002.,,',
      '2026-11-20,70,X,,2026-0002,,',
    )
    expect(await match()).toEqual([
      '1 open: names 2026-0001, which is settled',
      '2 open: names 2026-0002, which is void',
      '3 open: names 2026-0002, which is void',
    ])
    await ok('bank assign 1 1')
    await bank(`2026-11-21,33,X,${KNOWN},advance,,`)
    expect((await match()).at(-1)).toBe('4 open: known account of Harbour Foods, but nothing fits')
  })
})

describe('a payment that was entered before its booking came', () => {
  it('is not entered twice if the booking proves to be that one', async () => {
    await bill('1', 200)
    await ok('payment add 1 100 --for 2026-0001 --on 2026-11-09')
    await bank('2026-11-10,100,X,,RG 2026-0001,,', '2026-11-12,100,X,,RG 2026-0001,,')
    expect(await match()).toEqual([
      '1 booked: entered already as payment 1 of Harbour Foods',
      '2 booked 2026-0001: names 2026-0001',
    ])
    expect(await open('2026-0001')).toBe(0)
    await sound()
  })

  it('is proposed if only amount and day fit', async () => {
    await ok('payment add 1 100 --on 2026-11-03')
    await bank('2026-11-10,100,X,,,,', '2026-11-11,100,Y,,,,')
    expect(await match()).toEqual([
      '1 proposed: entered already as payment 1 of Harbour Foods; the amount and the day fit',
      '2 open: nothing fits',
    ])
  })

  it('can be assigned by hand', async () => {
    await ok('payment add 1 100 --on 2026-10-03')
    await bank('2026-11-10,100,X,,,,', '2026-11-11,90,Y,,,,')
    expect(await match()).toEqual(['1 open: nothing fits', '2 open: nothing fits'])
    expect(await refused('bank assign 2 --payment 1')).toBe(
      '1: booking 2 is of 90.00 EUR, and payment 1 of 100.00 EUR\nsee: funnel payment list\n',
    )
    expect(await ok('bank assign 1 --payment 1')).toBe(
      'assigned booking 1: payment 1 of Harbour Foods, 100.00 EUR, entered before\n',
    )
    expect(await refused('bank assign 2 --payment 1')).toContain('payment 1 has booking 1 already')
    await sound()
  })
})

describe('money that went out', () => {
  it('stays open, but for a refund of a credit note that it names', async () => {
    await bill('1', 100)
    await ok('payment add 1 100 --for 2026-0001 --on 2026-11-02')
    await ok('invoice credit 2026-0001 --amount 30 --on 2026-11-05')
    await bank('2026-11-10,-30,Harbour,,credit note 2026-0002,,', '2026-11-10,-3.5,Bank,,fee,,')
    expect(await match()).toEqual([
      '1 proposed 2026-0002: money out, names credit note 2026-0002',
      '2 open: money out',
    ])
    await match('--yes')
    expect(await ok('bank show 1')).toContain('Refund: 2 (Harbour Foods)')
    await sound()
  })

  it('can be assigned to a client that has credit', async () => {
    await ok('payment add 1 100 --on 2026-11-02')
    await bank('2026-11-10,-30,Harbour,,,,', '2026-11-10,-80,Harbour,,,,')
    expect(await ok('bank assign 1 harbour')).toBe(
      'assigned booking 1: refund 2 to Harbour Foods, 30.00 EUR\n',
    )
    expect(await refused('bank assign 2 harbour')).toContain(
      'the client has only 70.00 EUR of credit',
    )
    await sound()
  })
})

describe('a run of bank match', () => {
  beforeEach(async () => {
    await ok('client edit 1 --terms "14 days"')
    await bill('1', 1190)
    await bill('2', 100)
    await bank(
      `2026-11-08,1166.20,X,${KNOWN},RG 2026-0001,,`,
      '2026-11-09,100,Pier Nine,,,,',
      '2026-11-10,77,Y,,,,',
    )
  })

  it('is taken back by one undo, row for row', async () => {
    const before = rowsOf()
    expect(await ok('bank match --yes')).toContain('booked 2 bookings (1,266.20 EUR), 1 stays open')
    const after = rowsOf()
    expect(after).not.toEqual(before)
    expect(after.payer_accounts).toMatchObject([{ client_id: 1, key: KNOWN }])
    await ok('undo')
    expect(rowsOf()).toEqual(before)
  })

  it('does nothing the second time, and nothing for --dry-run', async () => {
    const before = rowsOf()
    await ok('bank match --yes --dry-run')
    expect(rowsOf()).toEqual(before)
    await ok('bank match --yes')
    const after = rowsOf()
    await ok('bank match --yes')
    expect(rowsOf()).toEqual(after)
  })

  it('is undone in part by deleting a payment: its booking is open again, and its account forgotten', async () => {
    const before = rowsOf()
    await ok('bank match --yes')
    expect(await ok('payment delete 1')).toBe('deleted payment 1; booking 1 is open again\n')
    await ok('payment delete 3')
    const { payments, allocations, payer_accounts: accounts, bank_lines: lines } = rowsOf()
    expect({ payments, allocations, accounts, lines }).toEqual({
      payments: [],
      allocations: [],
      accounts: [],
      lines: before.bank_lines,
    })
    expect((await match())[0]).toBe('1 booked 2026-0001, discount 23.8: names 2026-0001')
    await sound()
  })

  it('may be of one account', async () => {
    await ok('bank account add Other --number 4711')
    expect(await match('--account Other')).toEqual([])
    expect(await ok('bank match --account Other')).toContain('No open bookings')
    expect(await match('--account Main')).toHaveLength(3)
  })

  it('leaves what is of a day to come', async () => {
    await bank('2026-12-01,100,X,,RG 2026-0002,,')
    expect((await match()).at(-1)).toBe('4 open: booked on a day to come')
  })

  it('is compared by doctor: a booking has a payment of its amount, or none', async () => {
    await ok('bank match')
    const raw = new Database(path.join(folder, 'funnel.db'))
    raw.exec(
      "UPDATE bank_lines SET state = 'open' WHERE id = 1; UPDATE bank_lines SET state = 'matched' WHERE id = 3",
    )
    raw.exec('UPDATE bank_lines SET amount = amount + 1 WHERE id = 1')
    raw.close()
    const { code, out, err } = await runInside(folder, ['doctor'])
    expect(code).not.toBe(0)
    for (const said of [
      'booking 1: it is matched without a payment, or has one and is not matched',
      'booking 3: it is matched without a payment',
      'payment 1: it is not the amount of its booking',
    ]) {
      expect(out + err).toContain(said)
    }
  })

  it('keeps an import of the statement from being undone', async () => {
    await ok('bank match')
    const { operations } = await json<{ operations: { id: number; command: string }[] }>('history')
    const imported = operations.find(({ command }) => command.includes('bank import'))
    expect(await refused(`undo ${imported?.id}`)).toContain('booking 1')
  })

  it('says in lists and cards which booking a payment came by', async () => {
    await ok('bank match')
    expect(await ok('bank list --matched --columns id,payment,client --csv')).toBe(
      'id,payment,client\r\n1,1,Harbour Foods\r\n',
    )
    expect(await ok('bank show 1')).toContain('Payment: 1 (Harbour Foods), for 2026-0001')
    const { settled } = await json<{ settled: { booking: number }[] }>('invoice show 2026-0001')
    expect(settled.map(({ booking }) => booking)).toEqual([1, 1])
  })

  it('forgets the account of a client that is erased, and moves it with one that is merged', async () => {
    await ok('bank match')
    await bank(`2026-11-10,5,Y,${KNOWN},,,`)
    await ok('bank assign 4 2')
    await ok('client merge 2 1 --yes')
    expect(rowsOf().payer_accounts).toMatchObject([{ client_id: 2, key: KNOWN }])
    await ok('client erase 2 --yes')
    expect(rowsOf().payer_accounts).toEqual([])
    await sound()
  })
})

describe('bank assign', () => {
  beforeEach(async () => {
    await bill('1', 100)
    await bill('1', 50)
    await bill('2', 70)
    await bank(
      `2026-11-10,120,X,${KNOWN},,,`,
      '2026-11-10,30,X,,,,',
      '2026-11-10,0,X,,,,',
      '2026-11-10,-9,X,,,,',
    )
    await ok('bank ignore 2 --reason rent')
  })

  it('pays invoices in the order given, keeps the rest, and learns the account', async () => {
    expect(await ok('bank assign 1 2026-0002,2026-0001')).toBe(
      'assigned booking 1: payment 1 of Harbour Foods, 120.00 EUR; 2026-0002 is settled, 30.00 EUR are still open of 2026-0001\n',
    )
    expect(rowsOf().payer_accounts).toMatchObject([{ client_id: 1, key: KNOWN }])
    await sound()
    await ok('undo')
    expect(await ok('bank assign 1 2026-0001 --amount 40')).toContain(
      '60.00 EUR are still open of 2026-0001; 80.00 EUR are kept as credit',
    )
    await ok('undo')
    expect(await ok('bank assign 1 harbour')).toContain('120.00 EUR, kept as credit')
  })

  it('refuses what cannot be, and says what to do', async () => {
    expect(await refused('bank assign 9 harbour')).toBe(
      '3: there is no booking 9\nsee: funnel bank list\n',
    )
    expect(await refused('bank assign x harbour')).toContain(
      '2: “x” is not the number of a booking',
    )
    expect(await refused('bank assign 2 harbour')).toBe(
      '1: booking 2 is ignored: rent\nreopen it first: funnel bank unignore 2\n',
    )
    expect(await refused('bank assign 3 harbour')).toContain('1: booking 3 moved no money')
    expect(await refused('bank assign 4 2026-0001')).toContain(
      '1: booking 4 is money that went out, which pays no invoice',
    )
    expect(await refused('bank assign 1 2026-0099')).toContain('3: there is no invoice “2026-0099”')
    expect(await refused('bank assign 1')).toContain('2: what does the booking pay?')
    expect(await refused('bank assign 1 2026-0001,2026-0003')).toContain(
      '1: 2026-0003 is an invoice of Pier Nine, and 2026-0001 one of Harbour Foods\nadd --across-clients',
    )
    expect(await refused('bank assign 1 2026-0001 --amount 130')).toContain(
      '2: booking 1 has only 120.00 EUR',
    )
    await ok('bank assign 1 2026-0001')
    expect(await refused('bank assign 1 2026-0002')).toBe(
      '1: booking 1 is matched with payment 1 already\nreopen it first: funnel payment delete 1\n',
    )
  })
})
