import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { headOf } from '../../../src/money/bank/balance.ts'
import { readCamt } from '../../../src/money/bank/camt.ts'
import { faultOf } from '../../support/fault-of.ts'

const FILE = readFileSync('fixtures/bank/november.camt053.xml', 'utf8')

/** One statement with some entries, in a version or another, with prefixes or without. */
function camt(
  entries: string,
  { version = '08', message = '053', prefix = '', balances = '' } = {},
): string {
  const [holder, one] = {
    '052': ['BkToCstmrAcctRpt', 'Rpt'],
    '053': ['BkToCstmrStmt', 'Stmt'],
    '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
  }[message] as [string, string]
  const xml =
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${message}.001.${version}"><${holder}><${one}>` +
    `<Acct><Id><Othr><Id>123</Id></Othr></Id></Acct>${balances}${entries}</${one}></${holder}></Document>`
  return prefix === ''
    ? xml
    : xml.replaceAll(/<(\/?)(?=\w)/g, `<$1${prefix}:`).replace('xmlns=', `xmlns:${prefix}=`)
}

const entry = (inner: string, amount = '10.00', side = 'CRDT'): string =>
  `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><BookgDt><Dt>2026-11-02</Dt></BookgDt>${inner}</Ntry>`

const bookings = (xml: string) => readCamt(xml, 'f.xml').statements.flatMap((one) => one.bookings)

describe('camt', () => {
  it('gives the bookings with payer, text and references, and balances that agree', () => {
    const { format, statements } = readCamt(FILE, 'november.xml')
    expect(format).toBe('camt.053.001.08')
    const [statement] = statements
    expect(headOf(statement!)).toEqual({
      account: 'DE89370400440532013000',
      currency: 'EUR',
      from: '2026-11-02',
      to: '2026-11-05',
      opening: '1000.00',
      closing: '13650.50',
      bookings: 6,
      pending: 1,
      gap: '0.00',
    })
    expect(statement?.bookings[0]).toEqual({
      booked: '2026-11-02',
      value: '2026-11-02',
      amount: '10470.00',
      currency: 'EUR',
      party: 'Harbour Foods GmbH & Co. KG',
      partyAccount: 'DE02120300000000202051',
      text: 'RG 2026-0042 + 0051',
      bankRef: '2026110200001',
      e2eRef: 'HF-2026-77',
      structuredRef: null,
      isPending: false,
      problem: null,
    })
  })

  it('splits a batch whose payments add up to it', () => {
    const [, north, quay] = readCamt(FILE, 'f').statements[0]?.bookings ?? []
    expect(north).toMatchObject({
      amount: '1190.00',
      structuredRef: 'RF73INV20260042',
      e2eRef: null,
    })
    expect(quay).toMatchObject({ amount: '1000.00', text: 'Invoice 2026-0050, first instalment' })
  })

  it('keeps a batch as one whose payments do not add up, or have no amounts', () => {
    const batch = (one: string, two: string): string =>
      entry(
        `<NtryDtls><TxDtls>${one}<RmtInf><Ustrd>A</Ustrd></RmtInf></TxDtls><TxDtls>${two}</TxDtls></NtryDtls>`,
      )
    const amount = (sum: string, code = 'EUR'): string => `<Amt Ccy="${code}">${sum}</Amt>`
    for (const xml of [
      batch(amount('4.00'), amount('5.00')),
      batch('', ''),
      batch(amount('4.00', 'USD'), amount('6.00', 'USD')),
    ]) {
      const file = readCamt(camt(xml), 'f')
      expect(file.statements[0]?.bookings).toMatchObject([{ amount: '10.00', text: 'A' }])
      expect(file.notes).toEqual([expect.stringContaining('1 batch is kept as one booking')])
    }
    // A return inside a batch is taken off.
    const returned = batch(amount('12.00'), `${amount('2.00')}<CdtDbtInd>DBIT</CdtDbtInd>`)
    expect(bookings(camt(returned)).map((one) => one.amount)).toEqual(['12.00', '-2.00'])
  })

  it('is the same in version 02, with amounts and names elsewhere, and with prefixes', () => {
    const old = entry(
      '<Sts>BOOK</Sts><NtryDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">10.00</Amt></TxAmt></AmtDtls><RltdPties>' +
        '<Dbtr><Nm>Harbour</Nm></Dbtr></RltdPties></TxDtls></NtryDtls>',
    )
    for (const how of [
      { version: '02' },
      { version: '02', prefix: 'n0' },
      { message: '052' },
      { message: '054' },
    ]) {
      expect(bookings(camt(old, how))).toMatchObject([{ party: 'Harbour', amount: '10.00' }])
    }
  })

  it('takes the text from where there is one, skips what is pending, and knows a reversal', () => {
    expect(bookings(camt(entry('<AddtlNtryInf>Card  payment</AddtlNtryInf>')))[0]?.text).toBe(
      'Card payment',
    )
    for (const status of [
      '<Sts>PDNG</Sts>',
      '<Sts><Cd>PDNG</Cd></Sts>',
      '<Sts><Cd>INFO</Cd></Sts>',
    ]) {
      expect(bookings(camt(entry(status)))[0]?.isPending).toBe(true)
    }
    // A credit that was reversed went out: the side is that of the reversal itself.
    const reversed = '<RvslInd>true</RvslInd>'
    expect(bookings(camt(entry(reversed, '7.00', 'DBIT')))[0]?.amount).toBe('-7.00')
    expect(bookings(camt(entry(reversed, '7.00', 'CRDT')))[0]?.amount).toBe('7.00')
    expect(bookings(camt(entry('', '7.00', '')))[0]?.problem).toContain('CdtDbtInd')
  })

  it('may have no entries at all', () => {
    expect(readCamt(camt(''), 'f').statements).toMatchObject([{ account: '123', bookings: [] }])
  })

  it.each([
    ['camt.053.001.99', camt('', { version: '99' })],
    ['pain.001.001.03', camt('').replace('camt.053.001.08', 'pain.001.001.03')],
    [
      'without a statement',
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><A/></Document>',
    ],
    ['is not complete', FILE.slice(0, 3000)],
    ['not sound XML', FILE.replace('</Acct>', '</Ac>')],
    ['not sound XML', camt(entry('&bomb;'))],
    ['too deep', camt('<a>'.repeat(200))],
    [
      'DOCTYPE',
      `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>${camt(entry('&b;'))}`,
    ],
  ])('is refused: %s', (why, xml) => {
    expect(faultOf(() => readCamt(xml, 'f.xml'))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(why) as string,
    })
  })
})
