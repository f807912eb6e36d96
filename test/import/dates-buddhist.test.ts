import { describe, expect, it } from 'vitest'
import { importDesk } from '../support/imports.ts'

const HEADER = 'Client,Title,Opened,Expected close'
const ALL = ['--create', 'all']
const DAYS = 'SELECT title, opened_on, expected_close FROM deals ORDER BY id'

describe('years of two digits in the Buddhist era', () => {
  it('are taken for such beside years of four digits, with a note', () => {
    const { bring, look } = importDesk()
    const lines = [
      HEADER,
      'A,one,13/01/2567,14/02/67',
      'A,two,29/02/2567,29/02/67',
      'A,three,15/01/2567,01/03/70',
    ]
    const done = bring('deals', lines, ...ALL)
    expect(done.notes).toEqual([
      'dates of the column “Expected close” such as “14/02/67”: short years are read as Buddhist, ' +
        'as the file has years such as 2567 or Thai months',
      '2 deals are expected to close over a year ago or over five years ahead (rows 2, 3)',
      'added 1 client: A',
    ])
    expect(look(DAYS)).toEqual([
      { title: 'one', opened_on: '2024-01-13', expected_close: '2024-02-14' },
      { title: 'two', opened_on: '2024-02-29', expected_close: '2024-02-29' },
      { title: 'three', opened_on: '2024-01-15', expected_close: '2027-03-01' },
    ])
    expect(bring('deals', lines)).toMatchObject({ operation: null, unchanged: 3 })
  })

  it('and beside Thai months', () => {
    const { bring, look } = importDesk()
    bring('deals', [HEADER, 'A,one,13 ม.ค. 67,14/02/67', 'A,two,๑๔ มกราคม ๒๕๖๗,๑๔/๐๒/๖๗'], ...ALL)
    expect(look(DAYS).map((deal) => deal.expected_close)).toEqual(['2024-02-14', '2024-02-14'])
  })

  it('are said to be such by --date-format, and the rejected rows say how', () => {
    const { bring, look } = importDesk()
    const lines = [HEADER, 'A,one,13/01/67,14/02/67', 'A,two,13/02/2024,']
    const done = bring('deals', lines, ...ALL)
    expect(done.rejects).toEqual([
      {
        row: 2,
        reason:
          'it was opened on 2067-01-13, which is still to come ' +
          '(--date-format dmy-be if short years are Buddhist)',
      },
    ])
    bring('deals', lines, ...ALL, '--date-format', 'dmy-be')
    expect(look(DAYS)).toEqual([
      { title: 'two', opened_on: '2024-02-13', expected_close: null },
      { title: 'one', opened_on: '2024-01-13', expected_close: '2024-02-14' },
    ])
  })

  it('leave other years alone: 24 is 2024, and 67 is 2067 where nothing is Buddhist', () => {
    const { bring, look } = importDesk()
    bring('deals', [HEADER, 'A,one,13/01/2567,14/02/24', 'A,two,13/01/2567,14/02/2027'], ...ALL)
    bring('deals', [HEADER, 'A,three,13/01/2024,14/02/67'], ...ALL)
    expect(look(DAYS).map((deal) => deal.expected_close)).toEqual([
      '2024-02-14',
      '2027-02-14',
      '2067-02-14',
    ])
  })
})

describe('days of a file in the Buddhist era', () => {
  const LIST = ['Client,Title,Opened', 'A,one,05/01/2569', 'A,two,11/03/2569']

  it('have the day first, with a note, where the numbers alone do not say', () => {
    const { bring, look } = importDesk()
    expect(bring('deals', LIST, ...ALL).notes[0]).toBe(
      'dates of the column “Opened” such as “05/01/2569” read with the day first, as the file has ' +
        'years such as 2567 or Thai months (--date-format mdy reads the month first)',
    )
    expect(look(DAYS).map((deal) => deal.opened_on)).toEqual(['2026-01-05', '2026-03-11'])
  })

  it('have the month first where one of them, or the person, says so', () => {
    const { bring, look } = importDesk()
    bring('deals', [...LIST, 'A,three,01/25/2569'], ...ALL)
    bring('deals', ['Client,Title,Opened', 'A,four,05/01/2569'], ...ALL, '--date-format', 'mdy')
    expect(look(DAYS).map((deal) => deal.opened_on)).toEqual([
      '2026-05-01',
      '2026-11-03',
      '2026-01-25',
      '2026-05-01',
    ])
  })
})
