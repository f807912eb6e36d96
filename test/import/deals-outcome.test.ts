import { describe, expect, it } from 'vitest'
import { importDesk } from '../support/imports.ts'

const STATUSES = 'SELECT ref, status, closed_on FROM deals ORDER BY ref'
const ALL = ['--create', 'all']

describe('a deal of which the file says that it is closed', () => {
  const lines = [
    'Id,Name,AccountName,StageName,Amount,CloseDate,IsClosed',
    '1,A,R,Closed Won,100,2024-02-20,TRUE',
    '2,B,R,Closed Lost,100,2024-02-20,TRUE',
    '3,C,R,Sold it,100,2024-02-20,TRUE',
    '4,D,R,,100,2024-02-20,TRUE',
    '5,E,R,Talking,100,2027-02-20,FALSE',
  ]

  it('is won or lost by its stage, and rejected where that says neither', () => {
    const { bring, look } = importDesk()
    const done = bring('deals', lines, ...ALL)
    expect(done).toMatchObject({ created: 3, rejected: 2 })
    const unknown = 'it is closed, but nothing says whether it was won or lost; '
    expect(done.rejects).toEqual([
      {
        row: 4,
        reason: `${unknown}if its stage does, say which: --won "Sold it" or --lost "Sold it"`,
      },
      {
        row: 5,
        reason: `${unknown}a column for the outcome or for “won?” would (--map "Header=outcome" or is-won)`,
      },
    ])
    expect(look(STATUSES)).toEqual([
      { ref: '1', status: 'won', closed_on: '2024-02-20' },
      { ref: '2', status: 'lost', closed_on: '2024-02-20' },
      { ref: '5', status: 'open', closed_on: null },
    ])
    const told = bring('deals', lines, ...ALL, '--won', 'Sold it')
    expect(told).toMatchObject({ created: 1, unchanged: 3, rejected: 1 })
    expect(look(STATUSES)[2]).toEqual({ ref: '3', status: 'won', closed_on: '2024-02-20' })
  })

  it('is read so in the headers of Bitrix24', () => {
    const { bring, look } = importDesk()
    const done = bring(
      'deals',
      [
        'ID;Название сделки;Компания;Стадия сделки;Сделка закрыта;Сумма',
        '1;Лодка;Верфь;Сделка успешна;Да;100',
        '2;Парус;Верфь;Сделка провалена;Да;100',
        '3;Якорь;Верфь;Переговоры;Нет;100',
      ],
      ...ALL,
    )
    expect(done).toMatchObject({ created: 3, rejected: 0 })
    expect(look(STATUSES).map(({ status }) => status)).toEqual(['won', 'lost', 'open'])
  })

  it('is not what “won?” alone says no to', () => {
    const { bring, look } = importDesk()
    const done = bring(
      'deals',
      [
        'Id,Name,AccountName,StageName,IsWon',
        '1,A,R,Closed Lost,FALSE',
        '2,B,R,Talking,FALSE',
        '3,C,R,Closed Won,FALSE',
        '4,D,R,Talking,TRUE',
      ],
      ...ALL,
    )
    expect(done.rejects).toEqual([
      { row: 4, reason: 'the stage “Closed Won” says won, another column not won' },
    ])
    expect(look(STATUSES).map(({ status }) => status)).toEqual(['lost', 'open', 'won'])
  })
})
