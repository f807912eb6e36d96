import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readOfx } from '../../../src/money/bank/ofx.ts'
import { faultOf } from '../../support/fault-of.ts'

const SGML = readFileSync('fixtures/bank/november.ofx', 'utf8')
const XML = readFileSync('fixtures/bank/november.qfx', 'utf8')

describe('OFX', () => {
  it('is read in version 1, whose tags are not closed', () => {
    expect(readOfx(SGML, 'f')).toMatchObject({
      format: 'OFX 1.02',
      statements: [
        {
          account: '021000021/123456789',
          currency: 'USD',
          opening: null,
          closing: { amount: '2186.50', day: '2026-11-05' },
          bookings: [
            {
              booked: '2026-11-02',
              amount: '1190.00',
              currency: 'USD',
              party: 'Harbour Foods & Sons',
              text: 'Invoice 2026-0042',
              bankRef: 'A-1',
            },
            { booked: '2026-11-03', amount: '-3.50', text: null, bankRef: 'A-2' },
          ],
        },
      ],
    })
  })

  it('is read in version 2, with a card and a comma in its amounts', () => {
    expect(readOfx(XML, 'f')).toMatchObject({
      format: 'OFX 2.11',
      statements: [
        {
          account: '4111-XXXX-XXXX-6789',
          bookings: [{ amount: '-49.90', party: 'Smith & Sons', text: 'Tools' }],
        },
      ],
    })
  })

  it('keeps an empty text apart from what follows it', () => {
    const empty = SGML.replace('<NAME>Harbour Foods & Sons', '<NAME>').replace(
      '<FITID>A-1',
      '<CHECKNUM>\n<FITID>A-1',
    )
    expect(readOfx(empty, 'f').statements[0]?.bookings[0]).toMatchObject({
      party: null,
      bankRef: 'A-1',
      e2eRef: null,
      text: 'Invoice 2026-0042',
    })
  })

  it.each([
    ['has no </OFX>', SGML.slice(0, 600)],
    ['does not end', XML.replace('</STMTTRN>', '')],
    ['OFX 9.99', SGML.replace('VERSION:102', 'VERSION:999')],
    ['DOCTYPE', XML.replace('<OFX>', '<!DOCTYPE OFX [<!ENTITY a "b">]><OFX>')],
    [
      'error of the bank: “15500”',
      SGML.replace('<CODE>0<SEVERITY>INFO', '<CODE>15500<SEVERITY>ERROR'),
    ],
    ['without a statement', 'OFXHEADER:100\nVERSION:102\n\n<OFX><A>1</OFX>'],
  ])('is refused: %s', (why, text) => {
    expect(faultOf(() => readOfx(text, 'f.ofx'))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining(why) as string,
    })
  })
})
