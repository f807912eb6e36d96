import { readFileSync } from 'node:fs'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { headOf } from '../../../src/money/bank/balance.ts'
import { readOneC } from '../../../src/money/bank/one-c.ts'
import { faultOf } from '../../support/fault-of.ts'

const FILE = iconv.decode(readFileSync('fixtures/bank/kl_to_1c.txt'), 'windows-1251')

describe('1CClientBankExchange', () => {
  it('takes the direction from whose account is ours, and keeps what empty and doubled keys say once', () => {
    const { format, statements } = readOneC(FILE, 'kl_to_1c.txt')
    expect(format).toBe('1CClientBankExchange 1.03')
    expect(headOf(statements[0]!)).toMatchObject({
      opening: '50000.00',
      closing: '167499.50',
      gap: '0.00',
    })
    expect(statements[0]).toMatchObject({
      account: '40702810900000012345',
      bookings: [
        {
          booked: '2026-11-03',
          amount: '119000.00',
          party: 'ООО "Ромашка"',
          partyAccount: '40702810400000054321',
          text: 'Оплата по счету 2026-0042 от 01.10.2026, в т.ч. НДС 20% - 19833.33',
          bankRef: '77',
        },
        {
          booked: '2026-11-05',
          amount: '-1500.50',
          party: 'АО "Банк Онлайн"',
          text: 'Комиссия банка за ноябрь',
        },
      ],
    })
  })

  it('has a transfer between two accounts of ours in both', () => {
    const both = FILE.replace(
      'РасчСчет=40702810900000012345\n',
      (line) => `${line}РасчСчет=70601810000000000001\n`,
    )
    const [own, other] = readOneC(both, 'f').statements
    expect(own?.bookings.map(({ amount }) => amount)).toEqual(['119000.00', '-1500.50'])
    expect(other?.bookings.map(({ amount }) => amount)).toEqual(['1500.50'])
  })

  it('does not take orders for bookings that no bank has carried out', () => {
    const orders = FILE.replace(/СекцияРасчСчет[^]*?КонецРасчСчет\n/, '').replaceAll(
      /(Дата(?:Списано|Поступило)=).*/g,
      '$1',
    )
    expect(readOneC(orders, 'f').statements[0]?.bookings.map((one) => one.isPending)).toEqual([
      true,
      true,
    ])
    const stray = FILE.replace('ПлательщикСчет=40702810900000012345', 'ПлательщикСчет=1')
    expect(readOneC(stray, 'f').statements[0]?.bookings[1]?.problem).toContain('РасчСчет')
  })

  it.each([
    ['is not complete: it does not end with КонецФайла', FILE.replace('КонецФайла', '')],
    ['is not complete: it ends in the middle of a section', FILE.slice(0, 900)],
    ['1CClientBankExchange 2.00', FILE.replace('1.03', '2.00')],
  ])('is refused: %s', (why, text) => {
    expect(faultOf(() => readOneC(text, 'f')).message).toContain(why)
  })
})
