import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fault } from '../../src/domain/fault.ts'
import { readPhone } from '../../src/records/phones.ts'
import { taskStatus } from '../../src/import/values/task-words.ts'
import { isDoubtfulStage, readStageWords } from '../../src/import/values/stage-words.ts'
import { outcomeWord, yesNo } from '../../src/import/values/words.ts'

const NONE = { won: [], lost: [] }

describe('yes and no', () => {
  it.each(['Yes', 'y', 'TRUE', '1', '✓', 'Да', 'истина', 'Ja', 'oui', 'Sí', 'si', 'ใช่', '是'])(
    '“%s” is yes',
    (text) => {
      expect(yesNo(text)).toBe(true)
    },
  )

  it.each(['No', 'n', 'false', '0', '✗', 'нет', 'Nein', 'non', 'ไม่ใช่', 'ไม่', '否'])(
    '“%s” is no',
    (text) => {
      expect(yesNo(text)).toBe(false)
    },
  )

  it('is neither in other words', () => {
    expect(['maybe', '', '2', 'x'].map(yesNo)).toEqual([null, null, null, null])
  })
})

describe('the outcome of a deal', () => {
  it.each([
    'Closed Won',
    'closedwon',
    'Closed-Won',
    'closed_won',
    'WON',
    'Gewonnen',
    'Выиграна',
    'Успешно реализовано',
    'ชนะ',
    'Gagné',
    'Ganado',
    'Cerrado ganado',
    '赢单',
  ])('“%s” is won', (text) => {
    expect(outcomeWord(text, NONE)).toBe('won')
  })

  it.each([
    'Closed Lost',
    'closedlost',
    'Closed – Lost',
    'Verloren',
    'Проиграна',
    'Закрыто и не реализовано',
    'แพ้',
    'Perdu',
    'Perdido',
    '输单',
  ])('“%s” is lost', (text) => {
    expect(outcomeWord(text, NONE)).toBe('lost')
  })

  it.each(['Open', 'В работе', 'offen', 'en cours', 'Abierto', 'เปิด', '进行中'])(
    '“%s” is open',
    (text) => {
      expect(outcomeWord(text, NONE)).toBe('open')
    },
  )

  it.each(['Proposal', 'Negotiation', 'Переговоры', '', '1'])('“%s” is no outcome', (text) => {
    expect(outcomeWord(text, NONE)).toBeNull()
  })

  it.each([
    ['verkauft', 'Beauftragt', 'Auftrag erhalten', 'Auftrag', 'bestellt', 'Zuschlag', 'Sold'],
    ['Продано', 'Vendu', 'Vendida', 'ขายแล้ว', '已中标'],
  ])('“%s” and the like are won', (...words) => {
    expect(words.map((word) => [word, outcomeWord(word, NONE)])).toEqual(
      words.map((word) => [word, 'won']),
    )
  })

  it.each([
    ['Absage', 'abgesagt', 'Abgelehnt', 'storniert', 'Rejected', 'declined', 'Cancelled'],
    ['Отменена', 'Refusé', 'Rechazada', 'ยกเลิก', '已拒绝'],
  ])('“%s” and the like are lost', (...words) => {
    expect(words.map((word) => [word, outcomeWord(word, NONE)])).toEqual(
      words.map((word) => [word, 'lost']),
    )
  })

  it.each(['Abgeschlossen', 'Closed', 'Закрыта', 'Clôturé', 'Cerrada'])(
    '“%s” leaves open how the deal ended',
    (text) => expect(outcomeWord(text, NONE)).toBeNull(),
  )

  it('gives way to a stage of that name, unless the person says what it means', () => {
    const stages = [{ name: 'Angebot' }, { name: 'Auftrag' }, { name: 'Won' }]
    expect(readStageWords('auftrag', NONE, stages)).toBeNull()
    expect(readStageWords('Auftrag', { won: ['Auftrag'], lost: [] }, stages)?.says).toBe('won')
    expect(readStageWords('Storniert', NONE, stages)?.says).toBe('lost')
    expect(readStageWords('Won', NONE, stages)?.says).toBe('won')
    expect(readStageWords('Angebot', NONE, stages)).toBeNull()
  })

  it.each([
    ['7. Closed Won', 'won', null],
    ['5 - Closed Won', 'won', null],
    ['100% - Won', 'won', null],
    ['Lost (0 %)', 'lost', null],
    ['Stage 6: Closed Lost', 'lost', null],
    ['Won ✓', 'won', null],
    ['❌ Lost', 'lost', null],
    ['7.赢单', 'won', null],
    ['Closed Won (Sales Pipeline)', 'won', 'Sales Pipeline'],
    ['赢单（渠道）', 'won', '渠道'],
    ['Closed Won Renewal', 'won', 'Renewal'],
    ['Pipeline: Closed Lost', 'lost', 'Pipeline'],
    ['Lost - no budget', 'lost', 'no budget'],
    ['Lost (not interested)', 'lost', 'not interested'],
    ['Lost to a competitor', 'lost', 'to a competitor'],
    ['Verloren (Preis)', 'lost', 'Preis'],
    ['Отказ: дорого', 'lost', 'дорого'],
  ])('is found in “%s”', (text, says, rest) => {
    expect(readStageWords(text, NONE, [])).toEqual({ says, rest })
    expect(readStageWords(text, NONE, [{ name: text }])).toBeNull()
  })

  it.each([
    'Winning proposal',
    'Win-back',
    'Win/Loss analysis',
    'Success call',
    '1. Lead',
    'Closing',
  ])('is not found in “%s”', (text) => {
    expect(readStageWords(text, NONE, [])).toBeNull()
    expect(isDoubtfulStage(text)).toBe(false)
  })

  it.each([
    ['Lost contact'],
    ['Lost & found'],
    ['Contract won'],
    ['Not yet: won'],
    ['Won (expected)'],
    ['Won / Lost'],
    ['Sold (in delivery)'],
  ])('is in doubt in “%s”', (text) => {
    expect(readStageWords(text, NONE, [])).toBeNull()
    expect(isDoubtfulStage(text)).toBe(true)
  })

  it('follows the person’s own words before all others', () => {
    const extra = { won: ['Paid in full', 'Open'], lost: ['No budget'] }
    expect(outcomeWord('paid in FULL', extra)).toBe('won')
    expect(outcomeWord('open', extra)).toBe('won')
    expect(outcomeWord('no-budget', extra)).toBe('lost')
    expect(outcomeWord('Verloren', extra)).toBe('lost')
  })
})

describe('the status of a task', () => {
  it.each([
    ['Open', 'In Progress', 'не начата', 'В работе', 'offen', 'Nicht gestartet', 'à faire'],
    ['pendiente', '进行中', 'กำลังดำเนินการ', 'No', 'нет', '✗', '0'],
  ])('“%s” and the like are open', (...words) => {
    expect(words.map((word) => [word, taskStatus(word)])).toEqual(
      words.map((word) => [word, 'open']),
    )
  })

  it.each([
    ['Done', 'COMPLETED', 'Closed', 'Выполнена', 'завершено', 'Erledigt', 'abgeschlossen'],
    ['terminée', 'Hecho', '已完成', 'เสร็จแล้ว', 'Yes', 'да', '✓', '1'],
  ])('“%s” and the like are done', (...words) => {
    expect(words.map((word) => [word, taskStatus(word)])).toEqual(
      words.map((word) => [word, 'done']),
    )
  })

  it.each([
    ['Dropped', 'cancelled', 'Canceled', 'not held', 'отменена', 'Не состоялось', 'Storniert'],
    ['annulée', 'descartado', '已取消', 'ยกเลิก'],
  ])('“%s” and the like are dropped', (...words) => {
    expect(words.map((word) => [word, taskStatus(word)])).toEqual(
      words.map((word) => [word, 'dropped']),
    )
  })

  it('is not guessed from other words', () => {
    expect(['perhaps', 'high', '', '2'].map(taskStatus)).toEqual([null, null, null, null])
  })
})

describe('a phone number', () => {
  it.each([
    ['081-234-5678', 'TH', '+66812345678'],
    ['+66 81 234 5678', null, '+66812345678'],
    ['66812345678', 'TH', '+66812345678'],
    ['812345678', 'TH', '+66812345678'],
    ['๐๘๑-๒๓๔-๕๖๗๘', 'TH', '+66812345678'],
    ["'0812345678", 'TH', '+66812345678'],
    ['โทร. 081 234 5678', 'TH', '+66812345678'],
    ['+49 (0)30 123456', null, '+4930123456'],
    ['0049 30 123456', null, '+4930123456'],
    ['0049 30 123456', 'TH', '+4930123456'],
    ['8 (495) 123-45-67', 'RU', '+74951234567'],
    ['+7 495 123-45-67 доб. 12', null, '+74951234567;ext=12'],
    ['02-123-4567 ต่อ 12', 'TH', '+6621234567;ext=12'],
    ['(512) 757-6000 ext 12', 'us', '+15127576000;ext=12'],
    ['5127576000.0', 'US', '+15127576000'],
  ])('“%s” of %s is %s', (text, country, key) => {
    expect(readPhone(text, country)).toEqual({ kind: 'phone', value: text, key })
  })

  it('keeps its digits where its country knows no such number', () => {
    expect(readPhone(' 12-34 ', 'TH')).toEqual({ kind: 'phone', value: '12-34', key: '1234' })
    expect(readPhone('(512) 757-6000', null).key).toBe('5127576000')
    expect(readPhone('(512) 757-6000', 'nowhere').key).toBe('5127576000')
  })

  it('is refused where it has no digits, or a spreadsheet has rounded it', () => {
    expect(() => readPhone('call me', 'TH')).toThrow('“call me” is not a phone number')
    expect(() => readPhone('6.68E+10', 'TH')).toThrow('that a spreadsheet rounded')
  })

  it('never fails in another way, whatever the text', () => {
    const part = fc.oneof(
      fc.constantFrom('+', '00', '(0)', '-', ' ', 'ext', 'x', 'доб.', ';ext=', 'tel:'),
      fc.nat({ max: 99_999 }).map(String),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    const messy = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(messy, fc.constantFrom('TH', 'US', 'DE', null), (text, country) => {
        try {
          expect(readPhone(text, country).key).toMatch(/^\+?\d{4,}(;ext=\d+)?$/)
        } catch (error) {
          expect(error).toBeInstanceOf(Fault)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
