import { deflateRawSync } from 'node:zlib'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
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
