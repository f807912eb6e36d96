import { deflateRawSync } from 'node:zlib'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { utils, write } from 'xlsx'
import { rowsOf } from '../support/first-book.ts'
import { desk, type Desk } from '../support/funnel.ts'

/** The newest first, a comma and a blank at the end of each line, N/A for what is not traded any more. */
const HISTORY = [
  'Date, USD, JPY, CYP, ',
  '2026-11-20, 1.1012, 162.5, N/A, ',
  '2026-11-19, 1.1100, 162.11, N/A, ',
  '2007-12-28, 1.4692, 164.81, 0.585274, ',
  '',
].join('\n')

const PORTAL = [
  'KEY,FREQ,CURRENCY,CURRENCY_DENOM,EXR_TYPE,EXR_SUFFIX,TIME_PERIOD,OBS_VALUE,OBS_STATUS',
  'EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-19,1.11,A',
  'EXR.D.USD.EUR.SP00.A,D,USD,EUR,SP00,A,2026-11-20,1.1012,A',
  'EXR.M.USD.EUR.SP00.A,M,USD,EUR,SP00,A,2026-10,1.12,A',
].join('\r\n')

function list(made: Desk, ...args: string[]): string[] {
  const { rates } = made.json<{ rates: Record<string, string>[] }>('rate', 'list', ...args)
  return rates.map(({ day, rate, currency, per }) => `${day} ${rate} ${currency} per ${per}`)
}

function put(made: Desk, name: string, content: string | Buffer): string {
  writeFileSync(made.file(name), content)
  return name
}

/** A zip archive with one file, as the bank has it. */
function zipped(name: string, text: string): Buffer {
  const packed = deflateRawSync(text)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(text.length, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end])
}

describe('import rates', () => {
  it('reads the history of the European Central Bank, and again nothing', () => {
    const made = desk()
    const file = put(made, 'eurofxref-hist.csv', HISTORY)
    expect(made.ok('import', 'rates', file)).toContain('3 rows read; 7 rates added, 0 changed.')
    expect(list(made, '--period', 'all')).toEqual([
      '2026-11-20 162.5 JPY per EUR',
      '2026-11-20 1.1012 USD per EUR',
      '2026-11-19 162.11 JPY per EUR',
      '2026-11-19 1.1100 USD per EUR',
      '2007-12-28 0.585274 CYP per EUR',
      '2007-12-28 164.81 JPY per EUR',
      '2007-12-28 1.4692 USD per EUR',
    ])
    const before = rowsOf(made.file('funnel.db'))
    const zip = put(made, 'eurofxref-hist.zip', zipped('eurofxref-hist.csv', HISTORY))
    expect(made.json('import', 'rates', zip)).toMatchObject({
      read: 3,
      created: 0,
      updated: 0,
      unchanged: 3,
      skipped: 0,
      rejected: 0,
      rates: { added: 0, changed: 0 },
    })
    expect(rowsOf(made.file('funnel.db'))).toEqual(before)
    made.ok('undo')
    expect(list(made, '--period', 'all')).toEqual([])
  })

  it('reads a file of the data portal, whose months are not days', () => {
    const made = desk()
    const { out } = made.run('import', 'rates', put(made, 'portal.csv', PORTAL))
    expect(out).toContain('3 rows read; 2 rates added, 0 changed; 1 row rejected.')
    expect(out).toContain('row 4: “2026-10” is not a date')
    expect(list(made, 'USD')).toEqual([
      '2026-11-20 1.1012 USD per EUR',
      '2026-11-19 1.11 USD per EUR',
    ])
  })

  it('reads plain files, in which a rate that differs takes the place of that of its day', () => {
    const made = desk()
    made.ok('rate', 'add', 'USD', '1.05', '--on', '2026-11-20')
    const file = put(
      made,
      'plain.csv',
      'Date;Currency;Rate\n20.11.2026;usd;1,10\n31.12.2026;USD;1\n',
    )
    const { out } = made.run('import', 'rates', file)
    expect(out).toContain('2 rows read; 0 rates added, 1 changed; 1 row rejected.')
    expect(out).toContain('2026-12-31 is after today')
    expect(list(made)).toEqual(['2026-11-20 1.10 USD per EUR'])
    made.ok('undo')
    expect(list(made)).toEqual(['2026-11-20 1.05 USD per EUR'])
  })

  it('comes back from an export as it was, into a book of another currency too', () => {
    const made = desk()
    made.ok('import', 'rates', put(made, 'hist.csv', HISTORY))
    made.ok('export', 'rates', '--out', 'out.csv')
    const other = desk({}, undefined)
    put(other, 'out.csv', made.ok('export', 'rates'))
    other.ok('import', 'rates', 'out.csv')
    expect(list(other, '--period', 'all')).toEqual(list(made, '--period', 'all'))
  })

  it('reads days, encodings and workbooks as other imports do', () => {
    const made = desk()
    const doubtful = put(made, 'days.csv', 'Date,Currency,Rate\n03/04/2026,USD,"1,0856"\n')
    expect(made.run('import', 'rates', doubtful)).toMatchObject({
      code: 2,
      err:
        'funnel: the dates of the column “Date” can be read in two ways: “03/04/2026”\n' +
        '  say which is meant: --date-format dmy or --date-format mdy\n',
    })
    made.ok('import', 'rates', doubtful, '--date-format', 'dmy')
    expect(list(made)).toEqual(['2026-04-03 1.0856 USD per EUR'])
    made.ok('undo')
    const sheet = utils.aoa_to_sheet([
      ['Date', 'Currency', 'Rate'],
      [new Date(Date.UTC(2026, 10, 20)), 'THB', 38.123456],
    ])
    const book = write(utils.book_new(sheet, 'Rates'), { type: 'buffer', bookType: 'xlsx' })
    made.ok('import', 'rates', put(made, 'rates.xlsx', book as Buffer))
    const western = Buffer.from('Datum;W\u00e4hrung;Kurs\n21.11.2026;THB;38,2\n', 'latin1')
    made.ok('import', 'rates', put(made, 'western.csv', western))
    expect(list(made, 'THB', '--period', 'all')).toEqual([
      '2026-11-21 38.2 THB per EUR',
      '2026-11-20 38.123456 THB per EUR',
    ])
    // The day settles the order of all, and two marks what is before decimals.
    const settled = 'Date,Currency,Rate\n03/11/2026,IDR,"16,800"\n21/11/2026,IDR,"16,850.5"\n'
    made.ok('import', 'rates', put(made, 'settled.csv', settled))
    expect(list(made, 'IDR', '--period', 'all')).toEqual([
      '2026-11-21 16850.5 IDR per EUR',
      '2026-11-03 16800 IDR per EUR',
    ])
    const unclear = put(made, 'unclear.csv', 'Date,Currency,Rate\n2026-11-03,IDR,"16,800"\n')
    expect(made.run('import', 'rates', unclear).out).toContain('“16,800” can be 16.800 or 16800')
    expect(made.ok('import', 'rates', unclear, '--decimal', '.')).toContain('0 rates added')
  })

  it('lists and drops rates of currencies that are gone', () => {
    const made = desk()
    made.ok('import', 'rates', put(made, 'hist.csv', HISTORY))
    expect(list(made, 'cyp')).toEqual(['2007-12-28 0.585274 CYP per EUR'])
    expect(made.ok('rate', 'drop', 'CYP', '--period', 'all')).toContain('dropped 1 rate of CYP')
    expect(made.run('rate', 'list', 'CYP').err).toContain('“CYP” is not a currency')
  })

  it('refuses what is not a file of rates', () => {
    const made = desk()
    for (const [name, content, why] of [
      ['deals.csv', 'Deal,Amount\nBoiler,900\n', 'is not a file of rates'],
      ['empty.csv', '', 'is empty'],
      ['two.zip', zipped('notes.md', 'x'), 'has no .csv file in it'],
      ['cut.zip', zipped('a.csv', HISTORY).subarray(0, 60), 'is damaged or cut short'],
      ['page.csv', '%PDF-1.7', 'is a PDF document'],
    ] as const) {
      const { code, err } = made.run('import', 'rates', put(made, name, content))
      expect({ name, code }).toEqual({ name, code: 2 })
      expect(err).toContain(why)
    }
  })

  it('imports nothing where more rows are rejected than may be, or all are', () => {
    const made = desk()
    const file = put(made, 'zero.csv', 'date,currency,rate\n2026-11-20,USD,0\n2026-11-19,USD,-1\n')
    expect(made.run('import', 'rates', file)).toMatchObject({ code: 1 })
    expect(made.run('import', 'rates', file, '--max-rejects', '1')).toMatchObject({ code: 1 })
    expect(list(made)).toEqual([])
  })
})
