import { describe, expect, it } from 'vitest'
import { importDesk } from '../support/imports.ts'

const HEADER = 'Client,Title,Status,Opened,Closed,Amount'
const LICENCES = [
  HEADER,
  'Acme,Annual licence,won,2023-01-01,2023-02-01,100.00',
  'Acme,Annual licence,won,2024-01-01,2024-02-01,150.00',
  'Acme,Annual licence,open,2025-01-01,,170.00',
]
const ALL = ['--create', 'all']
const DEALS = `SELECT status, opened_on, closed_on, amount FROM deals ORDER BY id`

describe('deals of one client and one title, without references', () => {
  it('are told apart by outcome and days, and come again without a change', () => {
    const { bring, look, ok } = importDesk()
    const done = bring('deals', LICENCES, ...ALL)
    expect(done).toMatchObject({ created: 3, unchanged: 0 })
    expect(done.notes).toEqual([
      '1 open deal is in Qualification of typical, its first stage, for want of one in the file (row 4)',
      'added 1 client: Acme',
    ])
    const deals = look(DEALS)
    expect(deals).toEqual([
      { status: 'won', opened_on: '2023-01-01', closed_on: '2023-02-01', amount: 10_000 },
      { status: 'won', opened_on: '2024-01-01', closed_on: '2024-02-01', amount: 15_000 },
      { status: 'open', opened_on: '2025-01-01', closed_on: null, amount: 17_000 },
    ])
    const again = { operation: null, unchanged: 3, created: 0, notes: [] }
    expect(bring('deals', LICENCES)).toMatchObject(again)
    expect(bring('deals', [HEADER, ...LICENCES.slice(1).toReversed()])).toMatchObject(again)
    // What became of a deal in the book does not make another of its row.
    ok('win', '3')
    expect(bring('deals', LICENCES)).toMatchObject({ operation: null, unchanged: 3 })
    expect(look(DEALS)).toHaveLength(3)
    expect(ok('doctor')).toContain('is sound')
  })

  it('are told apart without opening days as well, and the same row twice is one', () => {
    const { bring, look } = importDesk()
    const lines = [
      'client,title,status,closed,amount',
      'A,rope,won,2024-02-01,1.00',
      'A,rope,open,,2.00',
      'A,rope,won,,3.00',
      'A,rope,lost,2024-02-01,4.00',
      'A,rope,won,2024-03-01,5.00',
      'A,rope,won,2024-02-01,1.00',
    ]
    expect(bring('deals', lines, ...ALL)).toMatchObject({ created: 5, unchanged: 1 })
    const deals = look(DEALS)
    expect(deals.map(({ amount }) => amount)).toEqual([100, 200, 300, 400, 500])
    expect(bring('deals', lines)).toMatchObject({ operation: null, unchanged: 6, notes: [] })
    expect(look(DEALS)).toEqual(deals)
  })

  it('are told apart by what no field takes, and a change there is no other deal', () => {
    const { bring, look, json } = importDesk()
    const lines = [
      'Client,Title,Amount,Machine',
      'Acme,Service,90,Press 1',
      'Acme,Service,90,Press 2',
      'Acme,Service,90,PRESS 1',
      'Acme,Service,90,',
    ]
    const done = bring('deals', lines, ...ALL)
    expect(done).toMatchObject({ created: 2, unchanged: 2 })
    expect(done.notes.join()).toContain(
      'row 3 (Service) is a deal of its own: row 2 of this file has its client and title, but another Machine',
    )
    expect(bring('deals', lines)).toMatchObject({ operation: null, unchanged: 4 })
    const moved = [
      'Client,Title,Amount,Machine',
      'Acme,Service,90,Press 2',
      'Acme,Service,90,Press 9',
    ]
    expect(bring('deals', moved, '--on-duplicate', 'update')).toMatchObject({
      updated: 1,
      created: 0,
    })
    expect(look('SELECT value FROM deal_properties ORDER BY deal_id')).toEqual([
      { value: 'Press 9' },
      { value: 'Press 2' },
    ])
    expect(json('deal', 'list')).toMatchObject({ deals: [{}, {}] })
  })

  it('are followed from file to file: the open one ends, the next year is a new one', () => {
    const { bring, look } = importDesk()
    bring('deals', LICENCES, ...ALL)
    const later = [
      HEADER,
      'Acme,Annual licence,won,2025-01-01,2025-02-01,170.00',
      'Acme,Annual licence,open,2026-01-01,,180.00',
    ]
    const done = bring('deals', later, '--on-duplicate', 'update')
    expect(done).toMatchObject({ created: 1, updated: 1 })
    expect(look(DEALS).slice(2)).toEqual([
      { status: 'won', opened_on: '2025-01-01', closed_on: '2025-02-01', amount: 17_000 },
      { status: 'open', opened_on: '2026-01-01', closed_on: null, amount: 18_000 },
    ])
    expect(bring('deals', later)).toMatchObject({ operation: null, unchanged: 2 })
  })

  it('a deal that was opened in the book is known, whatever day the file gives', () => {
    const { bring, look, ok } = importDesk()
    ok('client', 'add', 'Acme')
    ok('deal', 'add', 'Acme', 'Annual licence')
    expect(bring('deals', [HEADER, 'Acme,Annual licence,open,2026-09-01,,'])).toMatchObject({
      unchanged: 1,
    })
    expect(look(DEALS)).toHaveLength(1)
  })

  it('a rejected row takes no deal from another', () => {
    const { bring, look } = importDesk()
    const lines = [
      'client,title,status,opened,amount',
      'A,rope,open,2026-01-01,much',
      'A,rope,open,2026-01-01,2.00',
    ]
    expect(bring('deals', lines, ...ALL)).toMatchObject({ created: 1, rejected: 1 })
    expect(look(DEALS)).toMatchObject([{ amount: 200 }])
  })
})
