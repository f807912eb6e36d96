import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { headOf } from '../../../src/money/bank/balance.ts'
import { readMt940 } from '../../../src/money/bank/mt940.ts'
import { detailsOf } from '../../../src/money/bank/mt940-details.ts'
import { faultOf } from '../../support/fault-of.ts'

const FILE = readFileSync('fixtures/bank/november.sta', 'utf8')
const START = ':20:X\n:25:123\n:28C:1/1\n:60F:C261102EUR100,\n'
const END = ':62F:C261102EUR100,\n-\n'

const bookings = (text: string) => readMt940(text, 'f').statements.flatMap((one) => one.bookings)

describe('MT940', () => {
  it('gives the bookings of a statement, and balances that agree', () => {
    const { format, statements } = readMt940(FILE, 'november.sta')
    expect(format).toBe('MT940')
    expect(headOf(statements[0]!)).toMatchObject({
      account: '37040044/0532013000',
      opening: '1000.00',
      closing: '13650.50',
      gap: '0.00',
    })
    expect(statements[0]?.bookings).toMatchObject([
      {
        booked: '2026-11-02',
        amount: '10470.00',
        party: 'HARBOUR FOODS GMBH + CO. KG',
        partyAccount: 'DE02120300000000202051',
        text: 'RG 2026-0042 + 0051',
        e2eRef: 'HF-2026-77',
        bankRef: '2026110200001',
      },
      {
        party: 'NORTH COLD STORE',
        partyAccount: 'NL91ABNA0417164300',
        text: 'Invoice 2026-0050, first instalment for the cold store',
        e2eRef: '77-1',
      },
      {
        amount: '-3.50',
        text: 'Card payment Cafe am Kai, terminal 12345678, on the fourth of November',
      },
      { amount: '-3.50' },
      { amount: '-2.50', text: 'Returned transfer' },
    ])
  })

  it('does not take what stands behind the closing balance for part of a booking', () => {
    const text = `${START}:61:2611021102C1,NMSCNONREF\n:62F:C261102EUR101,\n:86:New cards for all\n-\n`
    expect(bookings(text)).toMatchObject([{ text: null, e2eRef: null, bankRef: null }])
  })

  it('may lack the reference that begins a statement, and stand in an envelope', () => {
    const one = (day: string): string =>
      `:25:123\n:28C:1\n:60F:C${day}EUR1,\n:61:${day}C1,NTRF//R\n:62F:C${day}EUR2,\n`
    expect(readMt940(one('261102') + one('261103'), 'f').statements).toHaveLength(2)
    const wrapped = `{1:F01BANKDEFFXXXX0000000000}{2:O940}{4:\r\n${one('261102').replaceAll('\n', '\r\n')}-}\r\n`
    expect(readMt940(wrapped, 'f').statements).toMatchObject([{ bookings: [{ bankRef: 'R' }] }])
    expect(bookings(`BANKNL2A\n940\nBANKNL2A\n${START}${END}`)).toEqual([])
  })

  it('knows reversals, days without a year, and what is only expected', () => {
    const lines = [
      [':61:2612310102C5,00NTRF', { booked: '2027-01-02', value: '2026-12-31', amount: '5.00' }],
      [':61:2701021231D5,NTRF', { booked: '2026-12-31', amount: '-5' }],
      [':61:261102RC5,00NTRF', { booked: '2026-11-02', amount: '-5.00' }],
      [':61:261102RD5,00NTRF', { amount: '5.00' }],
      [':61:2611021102CR5,00NTRFA//B', { amount: '5.00', e2eRef: 'A', bankRef: 'B' }],
      [':61:261102EC5,00NTRF', { isPending: true, amount: '5.00' }],
      [':61:nothing', { problem: expect.stringContaining('line 5') as string }],
    ] as const
    for (const [line, wanted] of lines) {
      expect(bookings(`${START}${line}\n${END}`)).toMatchObject([wanted])
    }
  })

  it('is MT942 during the day, without balances', () => {
    const day =
      ':20:X\n:25:123\n:28C:1\n:34F:EURD0,\n:13D:2611021200+0100\n:61:2611021102C5,NTRF\n:90C:1EUR5,\n-\n'
    expect(readMt940(day, 'f')).toMatchObject({
      format: 'MT942',
      statements: [{ currency: 'EUR', opening: null, bookings: [{ amount: '5' }] }],
    })
  })

  it('is refused where it breaks off, or has no statement', () => {
    expect(faultOf(() => readMt940(FILE.slice(0, 700), 'f.sta')).message).toBe(
      'f.sta is not complete: statement 1 has no closing balance (:62F:)',
    )
    expect(faultOf(() => readMt940(':20:X\n:21:Y\n', 'f')).message).toContain('without a statement')
  })
})

describe('what MT940 says of a booking', () => {
  it.each([
    [
      ['166?00TRANSFER?20EREF+42?21SVWZ+Invoice 2026-0042 and?22 0051?31DE02?32Harbour?33 Foods'],
      {
        party: 'Harbour Foods',
        partyAccount: 'DE02',
        text: 'Invoice 2026-0042 and 0051',
        e2eRef: '42',
      },
    ],
    // Pieces of 27 signs are broken in the middle of words.
    [
      ['166>00TRANSFER>20SVWZ+Invoice 2026-0042 date>21d November>60 the second'],
      { text: 'Invoice 2026-0042 dated November the second' },
    ],
    [['835?00BANK FEE?10931'], { text: 'BANK FEE', party: null }],
    [['152?20what?21is 5?what?32N'], { text: 'what is 5?what', party: 'N' }],
    [
      [
        '/EREF/NOTPROVIDED//CNTP/NL91ABNA0417164300/ABNANL2A/Quay Logistics/Rotterdam//REMI/USTD//Invoice 2026-00',
        '50/',
      ],
      {
        party: 'Quay Logistics',
        partyAccount: 'NL91ABNA0417164300',
        e2eRef: null,
        text: 'Invoice 2026-0050',
      },
    ],
    [['/REMI/STRD/CUR/RF73INV20260042/EREF/7'], { structuredRef: 'RF73INV20260042', e2eRef: '7' }],
    [
      ['EREF+77 SVWZ+Invoice 42 ABWA+Harbour'],
      { text: 'Invoice 42', e2eRef: '77', party: 'Harbour' },
    ],
    [['Card payment', 'Cafe'], { text: 'Card payment Cafe' }],
    [['x'.repeat(65), 'yz'], { text: `${'x'.repeat(65)}yz` }],
    [[''], { text: null, party: null, partyAccount: null, e2eRef: null, structuredRef: null }],
  ])('%j', (lines, wanted) => {
    expect(detailsOf(lines)).toMatchObject(wanted)
  })
})
