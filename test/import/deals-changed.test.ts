import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const HEADER = 'ref,client,title,stage,status,reason,closed'
const COURSE = `SELECT e.kind, e.at, s.name AS stage, r.name AS reason FROM events e
  LEFT JOIN stages s ON s.id = e.stage_id LEFT JOIN reasons r ON r.id = e.reason_id ORDER BY e.id`

describe('a deal that the book has', () => {
  it('goes on and ends as the file says, where the file wins', async () => {
    const { bring, look } = await importsInside()
    await bring('clients', ['name', 'Harbour'])
    await bring('deals', [HEADER, 'D1,Harbour,Mast,Proposal,open,,'])
    const on = [HEADER, 'D1,Harbour,Mast,Contract,open,,']
    const left = await bring('deals', on)
    expect(left).toMatchObject({ unchanged: 1 })
    expect(left.notes.join()).toContain('1 value left alone')
    expect(await bring('deals', on, '--on-duplicate', 'update')).toMatchObject({ updated: 1 })
    const lost = [HEADER, 'D1,Harbour,Mast,Contract,lost,Too dear,2026-11-23']
    const args = ['--on-duplicate', 'update', '--create', 'reasons']
    expect(await bring('deals', lost, ...args)).toMatchObject({ updated: 1 })
    expect(look(COURSE)).toMatchObject([
      { kind: 'opened', stage: 'Proposal' },
      { kind: 'moved', stage: 'Contract' },
      { kind: 'lost', at: '2026-11-23', reason: 'Too dear' },
    ])
  })
})

describe('a process that has no stages', () => {
  it('takes deals of a file that names none, and says that it has none to one that does', async () => {
    const { bring, look } = await importsInside()
    await bring('clients', ['name', 'Harbour'])
    const deals = ['ref,client,title,process', 'D1,Harbour,Mast,Quick']
    expect(await bring('deals', deals, '--create', 'processes')).toMatchObject({ created: 1 })
    expect(look('SELECT kind, stage_id FROM events')).toEqual([{ kind: 'opened', stage_id: null }])
    const staged = ['ref,client,title,process,stage', 'D2,Harbour,Sail,Quick,Talk']
    expect((await bring('deals', staged)).rejects).toEqual([
      {
        row: 2,
        reason: 'the process Quick has no stage “Talk”; it has: none (--create stages adds it)',
      },
    ])
    const history = ['deal,stage,at', 'D1,Talk,2026-11-01']
    expect((await bring('history', history)).rejects[0]?.reason).toBe(
      'the process Quick has no stage “Talk”; it has: none (--create stages adds it)',
    )
    const tasks = ['task,deal id,stage', 'Call,D1,Talk']
    expect((await bring('tasks', tasks)).rejects[0]?.reason).toBe(
      'the process Quick has no stage “Talk”; it has: none',
    )
  })
})

describe('rows about deals', () => {
  it('are rejected where they name none, no stage, or a title that several have', async () => {
    const { bring } = await importsInside()
    await bring('clients', ['name', 'Harbour', 'Pier'])
    await bring('deals', ['ref,client,title', 'D1,Harbour,Mast', 'D2,Pier,Mast'])
    const history = ['deal,stage,at', ',Proposal,2026-11-01', 'D1,,2026-11-01']
    expect((await bring('history', history)).rejects).toEqual([
      { row: 2, reason: 'the row names no deal' },
      { row: 3, reason: 'the row names no stage' },
    ])
    const tasks = ['task,deal,client', 'Call,Mast,', 'Call,Mast,Pier']
    const done = await bring('tasks', tasks)
    expect(done).toMatchObject({ created: 1 })
    expect(done.rejects[0]?.reason).toBe(
      'the book has several deals “Mast”: D1 of Harbour (Qualification), D2 of Pier (Qualification); ' +
        'the client, or a reference, tells them apart',
    )
  })

  it('have no course to tell of a deal that was opened in this book', async () => {
    const { bring, ok } = await importsInside()
    await ok('client', 'add', 'Harbour')
    await ok('deal', 'add', 'harbour', 'Mast', '--ref', 'D1')
    expect((await bring('history', ['deal,stage,at', 'D1,Proposal,2026-11-01'])).rejects).toEqual([
      { row: 2, reason: 'deal 1 was opened in this book, which knows its course' },
    ])
  })

  it('name the client by a reference alone, which is then its name', async () => {
    const { bring, look } = await importsInside()
    const lines = ['ref,client id,title', 'D1,C7,Mast']
    await bring('deals', lines, '--create', 'clients')
    expect(look('SELECT ref, name FROM clients')).toEqual([{ ref: 'C7', name: 'C7' }])
    expect((await bring('deals', ['ref,client,title', 'D2,,Sail'])).rejects).toEqual([
      { row: 2, reason: 'the row names no client' },
    ])
  })
})

describe('days and amounts', () => {
  const HEAD = 'Deal,Client,Opened,Amount'

  it('are told by the records alone, not by a line of totals', async () => {
    const { bring, look } = await importsInside()
    const lines = [HEAD, 'Mast;Harbour;01.02.2026;12,5', 'Sail;Harbour;13.02.2026;7,5']
    const done = await bring(
      'deals',
      [...lines, 'Total;;;1.020.5'].map((line, row) =>
        row === 0 ? line.replaceAll(',', ';') : line,
      ),
      '--create',
      'clients',
    )
    expect(done).toMatchObject({ created: 2, rejected: 1 })
    expect(done.notes.filter((note) => note.includes('written alike'))).toEqual([])
    expect(look('SELECT amount FROM deals ORDER BY id')).toEqual([
      { amount: 1250 },
      { amount: 750 },
    ])
  })

  it('that a spreadsheet counts need no order of day and month', async () => {
    const { bring, look } = await importsInside()
    const lines = [HEAD, 'Mast,Harbour,45355,1', 'Sail,Harbour,45356,2']
    await bring('deals', lines, '--create', 'clients', '--date-format', 'mdy')
    expect(look('SELECT at FROM events ORDER BY id')).toEqual([
      { at: '2024-03-04' },
      { at: '2024-03-05' },
    ])
  })

  it('of the Buddhist era are seen at once, and said once', async () => {
    const { bring, look } = await importsInside()
    const rows = ['13/01/2567', '14/02/67', '15/03/67', '16/04/2567']
    const lines = [HEAD, ...rows.map((day, row) => `Deal ${row},Harbour,${day},1`)]
    const { notes } = await bring('deals', lines, '--create', 'clients')
    expect(notes.filter((note) => note.includes('Buddhist'))).toHaveLength(1)
    expect(look('SELECT at FROM events ORDER BY id').map(({ at }) => at)).toEqual([
      '2024-01-13',
      '2024-02-14',
      '2024-03-15',
      '2024-04-16',
    ])
  })
})
