import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameAccount } from '../../../src/domain/firm/same-account.ts'
import { balanceNotes, headOf } from '../../../src/money/bank/balance.ts'
import { statementKind } from '../../../src/money/bank/recognise.ts'
import { blankBooking, blankStatement } from '../../../src/money/bank/statement.ts'
import { decimalOf, decimalText, exactly, negated } from '../../../src/money/bank/texts.ts'

describe('amounts as banks write them', () => {
  it.each([
    ['1234,5', '1234.5'],
    ['+1,234.50', '1234.50'],
    ['1.234,50', '1234.50'],
    ["1'234.50", '1234.50'],
    ['−3,50', '-3.50'],
    ['100,', '100'],
    [',50', '0.50'],
    ['12 000', '12000'],
    ['abc', 'abc'],
  ])('%s is %s', (text, decimal) => expect(decimalOf(text)).toBe(decimal))

  it('add up exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 })), (cents) => {
        const texts = cents.map((cent) => decimalText(BigInt(cent) * 1000n))
        const sum = texts.reduce((so, text) => so + (exactly(text) ?? 0n), 0n)
        expect(sum).toBe(cents.reduce((so, cent) => so + BigInt(cent) * 1000n, 0n))
        for (const text of texts) expect(exactly(negated(text))).toBe(-(exactly(text) ?? 0n))
      }),
    )
    expect(exactly('0.000001')).toBeNull()
    expect(exactly('1e5')).toBeNull()
  })
})

describe('balances', () => {
  const statement = (opening: string, closing: string, ...amounts: string[]) => ({
    ...blankStatement(),
    account: '1',
    opening: { amount: opening, day: null },
    closing: { amount: closing, day: null },
    bookings: amounts.map((amount) => ({ ...blankBooking(), amount })),
  })

  it('name the gap where bookings are missing, in a statement and between two', () => {
    const sound = headOf(statement('100.00', '130.00', '50.00', '-20'))
    const short = headOf(statement('130.00', '135.00'))
    const later = headOf(statement('140.00', '140.00'))
    expect(balanceNotes([sound])).toEqual([])
    expect(balanceNotes([sound, short, later])).toEqual([
      expect.stringMatching(
        /^the balances of statement 2 do not agree: .* 130.00 .* 135.00, .* by 5.00 /,
      ),
      expect.stringMatching(
        /^statement 3 of “1” begins with 140.00, but the one before it ended with 135.00/,
      ),
    ])
  })
})

describe('an account', () => {
  const own = { iban: 'DE89370400440532013000', number: null, sortCode: null }
  const us = { iban: null, number: '123456789', sortCode: '021000021' }
  it.each([
    ['DE89370400440532013000', own, true],
    ['de89 3704 0044 0532 0130 00', own, true],
    ['DE89370400440532013000EUR', own, true],
    ['37040044/0532013000', own, true],
    ['37040044/532013000', own, true],
    ['0532013000', own, true],
    ['DE02120300000000202051', own, false],
    ['3000', own, false],
    ['013000', own, false],
    ['021000021/123456789', us, true],
    ['000123456789', us, true],
    ['XXXXX6789', us, true],
    ['1234****6789', us, true],
    ['4111-XXXX-XXXX-6789', us, false],
    ['123456788', us, false],
    ['', us, false],
  ])('%s', (text, account, same) => expect(isSameAccount(text, account)).toBe(same))
})

describe('a file of a bank', () => {
  it.each([
    ['1CClientBankExchange\r\nВерсия=', '1c'],
    ['OFXHEADER:100\nDATA:OFXSGML', 'ofx'],
    ['<?xml version="1.0"?>\n<?OFX OFXHEADER="200"?>', 'ofx'],
    ['<OFX><A>', 'ofx'],
    [
      '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">',
      'camt',
    ],
    ['\uFEFF<n:Document><n:BkToCstmrStmt>', 'camt'],
    [':20:X\r\n:25:1\r\n', 'mt940'],
    ['{1:F01}{4:\n:20:X\n:28C:1', 'mt940'],
    ['Date;Text\n2026-11-02;:20:', null],
    ['<html><table>', null],
    ['<?xml?><Workbook>', null],
    ['', null],
  ])('%j', (text, kind) => expect(statementKind(text)).toBe(kind))
})
