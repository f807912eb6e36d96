import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Imported, importsInside, type ImportsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const FIXTURES = 'fixtures/bank'
const IBAN = 'DE89370400440532013000'

/** A book with an account in euros, and more if they are wanted. */
async function banked(): Promise<ImportsInside> {
  const made = await importsInside()
  await made.ok('bank', 'account', 'add', 'House bank', '--iban', IBAN)
  return made
}

function place(made: ImportsInside, ...files: string[]): void {
  for (const file of files) copyFileSync(path.join(FIXTURES, file), path.join(made.folder, file))
}

interface BookingsImported extends Imported {
  account: string
  statements: { account: string; opening: number; closing: number; gap: number; bookings: number }[]
}

const bring = (made: ImportsInside, file: string, ...args: string[]): Promise<BookingsImported> =>
  made.json('bank', 'import', file, ...args)

/** Writes a table of bookings, and imports it. */
function bringRows(made: ImportsInside, rows: readonly string[], ...args: string[]) {
  made.save('rows.csv', `${rows.join('\n')}\n`)
  return bring(made, 'rows.csv', ...args)
}

async function refused(made: ImportsInside, ...args: string[]): Promise<string> {
  const { code, err } = await runInside(made.folder, ['bank', 'import', ...args])
  return `${code}: ${err}`
}

const ROWS = 'SELECT booked_on, amount, party, text FROM bank_lines ORDER BY id'
const count = (made: ImportsInside): number => made.look('SELECT id FROM bank_lines').length

describe('a statement', () => {
  it('comes in once, is undone as a whole, and says what it was', async () => {
    const made = await banked()
    place(made, 'november.camt053.xml')
    expect(await bring(made, 'november.camt053.xml', '--dry-run')).toMatchObject({ created: 6 })
    expect(count(made)).toBe(0)
    expect(await bring(made, 'november.camt053.xml')).toMatchObject({
      account: 'House bank',
      read: 7,
      created: 6,
      skipped: 1,
      statements: [{ account: IBAN, opening: 1000, closing: 13_650.5, gap: 0, bookings: 6 }],
      notes: ['read as camt.053.001.08', expect.stringContaining('1 pending booking was skipped')],
    })
    expect(await bring(made, 'november.camt053.xml')).toMatchObject({
      operation: null,
      created: 0,
      unchanged: 6,
    })
    await made.ok('undo')
    expect(count(made)).toBe(0)
    expect(await made.ok('doctor')).toContain('sound')
  })

  it('finds its account by the number in it, in any kind of file', async () => {
    const made = await banked()
    place(made, 'november.sta', 'november.ofx', 'november.qfx', 'kl_to_1c.txt', 'kl_to_1c.dos.txt')
    await made.ok('bank', 'account', 'add', 'US', '--number', '123456789', '--currency', 'USD')
    await made.ok(
      'bank',
      'account',
      'add',
      'Card',
      '--number',
      '4111222233336789',
      '--currency',
      'USD',
    )
    await made.ok(
      'bank',
      'account',
      'add',
      'Рубли',
      '--number',
      '40702810900000012345',
      '--currency',
      'RUB',
    )
    const files = [
      ['november.sta', 'House bank', 5],
      ['november.ofx', 'US', 2],
      ['november.qfx', 'Card', 1],
      ['kl_to_1c.txt', 'Рубли', 2],
    ] as const
    for (const [file, account, created] of files) {
      expect(await bring(made, file)).toMatchObject({ account, created, rejected: 0 })
    }
    // The same in the encoding of DOS: nothing is new.
    expect(await bring(made, 'kl_to_1c.dos.txt')).toMatchObject({ created: 0, unchanged: 2 })
    expect(made.look(`${ROWS} DESC LIMIT 2`)).toEqual([
      {
        booked_on: '2026-11-05',
        amount: -150_050,
        party: 'АО "Банк Онлайн"',
        text: 'Комиссия банка за ноябрь',
      },
      expect.objectContaining({ amount: 11_900_000, party: 'ООО "Ромашка"' }),
    ])
  })

  it('is refused if it is of another account or currency, or of none of the book', async () => {
    const made = await banked()
    place(made, 'november.camt053.xml', 'november.ofx')
    await made.ok('bank', 'account', 'add', 'Savings', '--number', '777')
    expect(await refused(made, 'november.camt053.xml', '--account', 'Savings')).toMatch(
      /^2: .*is a statement of “DE89370400440532013000”, and not of Savings \(777\)\n.*funnel bank account edit "Savings" --number DE8/,
    )
    expect(await refused(made, 'november.ofx')).toMatch(
      /^2: .*“021000021\/123456789”, which is not an account of the book\n.*--number 123456789 --sort-code 021000021/,
    )
    await made.ok('bank', 'account', 'add', 'US', '--number', '123456789')
    expect(await refused(made, 'november.ofx')).toMatch(/^2: .*is in USD, and US in EUR\n/)
    expect(await refused(await importsInside(), 'x.xml')).toMatch(/^2: .*x.xml cannot be read/)
    expect(await refused(made, 'november.ofx', '--account', 'Nobody')).toMatch(/^3: /)
  })

  it('says aloud that it is empty, and that its balances do not agree', async () => {
    const made = await banked()
    made.save(
      'empty.sta',
      ':20:X\n:25:532013000\n:28C:1\n:60F:C261102EUR1,\n:62F:C261102EUR1,\n-\n',
    )
    const { out, err, code } = await runInside(made.folder, ['bank', 'import', 'empty.sta'])
    expect([code, out, err]).toEqual([
      0,
      expect.stringContaining('0 bookings found in empty.sta'),
      '',
    ])
    made.save(
      'short.sta',
      ':20:X\n:25:532013000\n:28C:1\n:60F:C261102EUR1,\n:61:261102C2,NTRF\n:62F:C261102EUR5,\n',
    )
    expect(await bring(made, 'short.sta')).toMatchObject({
      created: 1,
      statements: [{ gap: 2 }],
      notes: [
        expect.stringMatching(/begins with 1 and ends with 5, which its bookings miss by 2.00/),
        'read as MT940',
      ],
    })
  })

  it('is not taken for something else, nor something else for it', async () => {
    const made = await banked()
    place(made, 'november.camt053.xml')
    const wrong = await runInside(made.folder, ['import', 'clients', 'november.camt053.xml'])
    expect(`${wrong.code}: ${wrong.err}`).toMatch(
      /^2: .*holds bookings of a bank account, not clients\n.*bank import nov/,
    )
    made.save('cards.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n')
    expect(await refused(made, 'cards.vcf')).toMatch(/^2: .*holds cards of people, not bookings/)
    made.save('half.xml', readFileSync(`${FIXTURES}/november.camt053.xml`).subarray(0, 2500))
    expect(await refused(made, 'half.xml')).toMatch(/^2: .*half.xml is not complete/)
    expect(count(made)).toBe(0)
  })
})

describe('bookings that are alike', () => {
  const HEADER = 'Date,Amount,Description'
  const COFFEE = '2026-09-01,-3.50,Café'

  it('are both kept, and files that overlap add nothing', async () => {
    const made = await banked()
    expect(await bringRows(made, [HEADER, COFFEE])).toMatchObject({ created: 1 })
    expect(await bringRows(made, [HEADER, COFFEE, COFFEE, COFFEE])).toMatchObject({
      created: 2,
      unchanged: 1,
    })
    expect(await bringRows(made, [HEADER, COFFEE, COFFEE, COFFEE])).toMatchObject({
      created: 0,
      unchanged: 3,
    })
    expect(await bringRows(made, [HEADER, '2026-09-01,-3.50,CAFÉ !'])).toMatchObject({
      unchanged: 1,
    })
    // Another account has its own.
    await made.ok('bank', 'account', 'add', 'Savings', '--number', '777')
    expect(await bringRows(made, [HEADER, COFFEE], '--account', 'Savings')).toMatchObject({
      created: 1,
    })
    expect(count(made)).toBe(4)
  })

  it('come to max(0, in the file − in the book), whatever came and was undone before', async () => {
    const made = await banked()
    const kinds = ['2026-09-01,-3.50,Café', '2026-09-01,-3.50,Bakery', '2026-09-02,7,Café']
    const files = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 3 }), fc.array(fc.nat(2), { minLength: 1, maxLength: 5 })),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    await fc.assert(
      fc.asyncProperty(files, async (imports) => {
        const held = [0, 0, 0]
        let last: number[] | null = null
        for (const [what, rows] of imports) {
          if (what === 3 && last) {
            await made.ok('undo')
            last.forEach((added, kind) => (held[kind] = (held[kind] ?? 0) - added))
            last = null
            continue
          }
          const added = [0, 1, 2].map((kind) =>
            Math.max(0, rows.filter((row) => row === kind).length - (held[kind] ?? 0)),
          )
          const done = await bringRows(made, [HEADER, ...rows.map((row) => kinds[row] ?? '')])
          expect(done.created).toBe(added.reduce((sum, one) => sum + one, 0))
          added.forEach((one, kind) => (held[kind] = (held[kind] ?? 0) + one))
          last = done.created > 0 ? added : null
        }
        expect(count(made)).toBe(held.reduce((sum, one) => sum + one, 0))
        for (const { id } of made.look(
          'SELECT id FROM operations WHERE undone_by IS NULL AND undoes IS NULL AND id > 1 ORDER BY id DESC',
        )) {
          await made.ok('undo', String(id))
        }
      }),
      { numRuns: 6 },
    )
  })

  it('but for text or reference are told of, as two kinds of file have them', async () => {
    const made = await banked()
    place(made, 'november.sta', 'november.camt053.xml')
    await bring(made, 'november.sta')
    const { notes } = await bring(made, 'november.camt053.xml')
    expect(notes).toContainEqual(
      expect.stringMatching(/^3 new bookings have the day and the amount of one that the book had/),
    )
  })
})

describe('a table of bookings', () => {
  it('may be of a German bank, with its account, its points and what is only announced', async () => {
    const made = await banked()
    place(made, 'german.csv')
    expect(await bring(made, 'german.csv', '--date-format', 'dmy')).toMatchObject({
      created: 2,
      skipped: 1,
      left_out: [{ column: 'BIC (SWIFT-Code)' }],
    })
    expect(made.look('SELECT amount, e2e_ref, party_account, text FROM bank_lines')).toEqual([
      {
        amount: 1_047_000,
        e2e_ref: 'HF-2026-77',
        party_account: 'DE02120300000000202051',
        text: 'GUTSCHR. UEBERWEISUNG RG 2026-0042 + 0051',
      },
      { amount: -350, e2e_ref: null, party_account: null, text: 'KARTENZAHLUNG Cafe am Kai' },
    ])
  })

  it('may have two columns of amounts, or a word for which way the money went', async () => {
    const made = await banked()
    place(made, 'two-columns.csv')
    expect(await bring(made, 'two-columns.csv')).toMatchObject({ created: 2 })
    const { rejects, created } = await bringRows(made, [
      'Datum;Betrag;Soll/Haben;Verwendungszweck',
      '2026-11-02;5,00;H;a',
      '2026-11-02;5,00;S;b',
      '2026-11-02;5,00;X;c',
      '2026-11-02;;S;d',
      ';5,00;S;e',
      '2026-11-02;99999999999999999999;H;f',
    ])
    expect(created).toBe(2)
    expect(rejects.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('“X” does not say whether'),
      'the row has no amount',
      'the row has no date',
      expect.stringContaining('too large'),
    ])
    const both = await bringRows(made, [
      'Date,Debit,Credit,Text',
      '2026-11-03,3,4,x',
      '2026-11-03,-3,0.00,y',
      '2026-11-03,0,0,z',
    ])
    expect(both).toMatchObject({ created: 2, rejects: [{ row: 2 }] })
    expect(made.look(`${ROWS} DESC LIMIT 4`).map(({ amount }) => amount)).toEqual([
      0, -300, -500, 500,
    ])
  })

  it.each([
    [
      'Дата операции,Дебет,Кредит,Контрагент,Назначение платежа',
      '2026-11-02,,1190.00,Ромашка,счет 42',
    ],
    ['Date opération,Débit,Crédit,Contrepartie,Libellé', '2026-11-02,,1190.00,Ромашка,счет 42'],
    ['Fecha,Cargo,Abono,Beneficiario,Concepto', '2026-11-02,,1190.00,Ромашка,счет 42'],
    ['交易日期,借方金额,贷方金额,对方户名,摘要', '2026-11-02,,1190.00,Ромашка,счет 42'],
    ['วันที่,ถอน,ฝาก,คู่ค้า,รายละเอียด', '2026-11-02,,1190.00,Ромашка,счет 42'],
    [
      'Buchungstag,Soll,Haben,Auftraggeber/Empfänger,Verwendungszweck',
      '2026-11-02,,1190.00,Ромашка,счет 42',
    ],
    ['Booking date,Paid out,Paid in,Payee,Details', '2026-11-02,,1190.00,Ромашка,счет 42'],
  ])('is read by its headers: %s', async (header, row) => {
    const made = await banked()
    expect(await bringRows(made, [header, row])).toMatchObject({ created: 1, left_out: [] })
    expect(made.look(ROWS)).toEqual([
      { booked_on: '2026-11-02', amount: 119_000, party: 'Ромашка', text: 'счет 42' },
    ])
  })

  it('leaves out what is in another currency or of another account, and says so', async () => {
    const made = await banked()
    const list = [
      'Date,Amount,Currency,Account',
      `2026-11-02,5,EUR,${IBAN}`,
      `2026-11-02,5,USD,${IBAN}`,
      '2026-11-02,5,EUR,DE02120300000000202051',
    ]
    expect(await bringRows(made, list)).toMatchObject({
      created: 1,
      skipped: 2,
      notes: [
        expect.stringMatching(
          /^1 booking of another account \(DE02120300000000202051\) was skipped/,
        ),
        expect.stringMatching(/^1 booking in USD was skipped: House bank is in EUR/),
      ],
    })
    expect(
      await refused(made, 'rows.csv', '--map', 'Account=nothing', '--map', 'Currency=nothing'),
    ).toMatch(/^0: /)
    made.save('other.csv', 'Date,Amount,Account\n2026-11-02,5,DE02120300000000202051\n')
    await made.ok('bank', 'account', 'add', 'Savings', '--iban', 'DE02120300000000202051')
    expect(await bring(made, 'other.csv')).toMatchObject({ account: 'Savings', created: 1 })
    expect(await refused(made, 'other.csv', '--account', 'House')).toMatch(
      /^2: .*are of “DE02120300000000202051”, and not of House bank/,
    )
  })
})

it.each(['csv', 'xlsx', 'json'])('bookings go out as %s and come back, once', async (format) => {
  const [made, other] = [await banked(), await banked()]
  place(made, 'november.camt053.xml')
  await made.ok('bank', 'import', 'november.camt053.xml')
  const file = `${other.folder}/out.${format}`
  await made.ok('export', 'bookings', '--out', file, '--account', 'House')
  expect(await bring(made, file)).toMatchObject({ created: 0, unchanged: 6 })
  expect(await bring(other, file)).toMatchObject({ created: 6, rejected: 0 })
  const all =
    'SELECT booked_on, value_on, amount, party, text, bank_ref, e2e_ref, dedup_key, nth FROM bank_lines ORDER BY id'
  expect(other.look(all)).toEqual(made.look(all))
})

describe('the list of bookings', () => {
  it('shows, filters and sorts them; those set aside have a reason and come back', async () => {
    const made = await banked()
    place(made, 'november.camt053.xml')
    await made.ok('bank', 'import', 'november.camt053.xml')
    expect(await made.ok('bank', 'ignore', '4', '5', '--reason', 'coffee')).toBe(
      'ignored 2 bookings\n',
    )
    const { bookings } = await made.json<{ bookings: Record<string, unknown>[] }>(
      'bank',
      'list',
      '--open',
      '--sort',
      'amount',
    )
    expect(bookings.map(({ id, amount }) => [id, amount])).toEqual([
      [6, -2.5],
      [3, 1000],
      [2, 1190],
      [1, 10_470],
    ])
    expect(
      await made.ok('bank', 'list', '--ignored', '--columns', 'no,amount,reason', '--csv'),
    ).toMatch(/^id,amount,reason\r?\n5,-3.50,coffee\r?\n4,-3.50,coffee\r?\n$/)
    expect(await made.ok('bank', 'list', '--period', '2026-11-02', '--account', 'House')).toMatch(
      /Bookings \(1\)[^]*10,470  Harbour Foods/,
    )
    expect(await made.json('bank', 'show', '1')).toMatchObject({
      amount: 10_470,
      party_account: 'DE02120300000000202051',
      state: 'open',
      file: 'november.camt053.xml',
    })
    expect(await made.ok('bank', 'show', '4')).toMatch(
      /^Booking 4: -3.50 EUR\n[^]*State: ignored: coffee\n/,
    )
    expect(await made.ok('bank', 'unignore', '4')).toContain(
      'booking 4 (Card payment Café am Kai) is open again',
    )
    await made.ok('undo')
    expect(await made.json('bank', 'list', '--ignored')).toMatchObject({
      bookings: [{ id: 5 }, { id: 4 }],
    })
    expect(await made.ok('doctor')).toContain('sound')
  })

  it('refuses what makes no sense, with what to type', async () => {
    const made = await banked()
    place(made, 'november.sta')
    await made.ok('bank', 'import', 'november.sta')
    const fails = async (...args: string[]): Promise<string> => {
      const { code, err } = await runInside(made.folder, ['bank', ...args])
      return `${code}: ${err}`
    }
    expect(await fails('ignore', '1')).toMatch(/^2: .*why is it ignored\?\n.*--reason/)
    expect(await fails('ignore', '99', '--reason', 'x')).toMatch(
      /^3: .*there is no booking 99\n.*funnel bank list/,
    )
    expect(await fails('ignore', '1', 'x', '--reason', 'x')).toMatch(/^2: /)
    expect(await fails('unignore', '1')).toMatch(/^1: .*booking 1 is not ignored: it is open/)
    expect(await fails('list', '--open', '--ignored')).toMatch(/^2: .*not both open and ignored/)
    expect(await fails('list', '--columns', 'colour')).toMatch(/^2: .*no column “colour”/)
    expect(await fails('account', 'drop', 'House')).toMatch(
      /^2: .*the account House bank has 5 bookings/,
    )
  })
})
