import type { Day } from '../domain/day.ts'
import type { OneCFile, OneCPayment, Party } from '../domain/one-c.ts'

const dayText = (day: Day): string => day.split('-').toReversed().join('.')

function partyLines(side: 'Плательщик' | 'Получатель', party: Party): [string, string][] {
  const [inn = '', kpp = ''] = (party.taxNumber ?? '').split('/').map((part) => part.trim())
  return [
    [`${side}Счет`, party.account ?? ''],
    [side, inn === '' ? party.name : `ИНН ${inn} ${party.name}`],
    [`${side}ИНН`, inn],
    [`${side}КПП`, kpp],
    [`${side}1`, party.name],
    [`${side}РасчСчет`, party.account ?? ''],
    [`${side}БИК`, party.bic ?? ''],
  ]
}

type Line = [key: string, value: string]

function paymentLines(one: OneCPayment): Line[] {
  return [
    ['СекцияДокумент', 'Платежное поручение'],
    ['Номер', String(one.id)],
    ['Дата', dayText(one.day)],
    ['Сумма', one.amount],
    ...partyLines('Плательщик', one.payer),
    ['ДатаСписано', one.isIn ? '' : dayText(one.day)],
    ...partyLines('Получатель', one.payee),
    ['ДатаПоступило', one.isIn ? dayText(one.day) : ''],
    ['ВидОплаты', '01'],
    ['НазначениеПлатежа', one.purpose],
    ['КонецДокумента', ''],
  ]
}

function fileLines(
  { made, from, to, sender, accounts, payments }: OneCFile,
  coding: string,
): Line[] {
  const period: Line[] = [
    ['ДатаНачала', dayText(from)],
    ['ДатаКонца', dayText(to)],
  ]
  return [
    ['1CClientBankExchange', ''],
    ['ВерсияФормата', '1.03'],
    ['Кодировка', coding],
    ['Отправитель', sender],
    ['Получатель', '1С:Предприятие'],
    ['ДатаСоздания', dayText(made)],
    ...period,
    ...accounts.map(({ account }): Line => ['РасчСчет', account]),
    ...accounts.flatMap(({ account, received, spent }): Line[] => [
      ['СекцияРасчСчет', ''],
      ...period,
      ['РасчСчет', account],
      ['ВсегоПоступило', received],
      ['ВсегоСписано', spent],
      ['КонецРасчСчет', ''],
    ]),
    ...payments.flatMap(paymentLines),
    ['КонецФайла', ''],
  ]
}

/** Lines that have no value, and so no sign of equality. */
const BARE = new Set([
  '1CClientBankExchange',
  'СекцияРасчСчет',
  'КонецРасчСчет',
  'КонецДокумента',
  'КонецФайла',
])

function textOf(lines: readonly Line[]): string {
  return lines
    .map(([key, value]) =>
      BARE.has(key) ? `${key}\r\n` : `${key}=${value.replaceAll(/[\p{C}\s]+/gu, ' ').trim()}\r\n`,
    )
    .join('')
}

/** The text in Windows-1251; null if that does not have one of its characters. */
function inWindows1251(text: string): Uint8Array | null {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  const signs = new TextDecoder('windows-1251').decode(bytes).split('')
  const codes = new Map(signs.map((sign, code) => [sign, code]))
  const coded = Uint8Array.from(text, (sign) => codes.get(sign) ?? 0)
  return coded.includes(0) ? null : coded
}

/**
 * Payments as 1C:Accounting loads them from a bank (1CClientBankExchange 1.03): in Windows-1251, or in UTF-8 if a
 * name has characters that it does not have.
 */
export function oneCFile(file: OneCFile): Uint8Array {
  return (
    inWindows1251(textOf(fileLines(file, 'Windows'))) ??
    new TextEncoder().encode(textOf(fileLines(file, 'UTF-8')))
  )
}
