import { describe, expect, it } from 'vitest'
import { importDesk, noOpening } from '../support/imports.ts'

const FULL = [
  'Deal ID,Client,Client ID,Deal title,Pipeline,Stage,Status,Opened,Closed,Amount,Cost,Owner,Source,Loss reason,Need,Expected close,Notes',
  'D1,Pier Nine,C1,Winch,,Proposal,open,2026-01-10,,"1,200.50",800.00,Ann,web,,two boats,2027-01-31,asked twice',
  'D2,Pier Nine,C1,Crane,,Decision,Lost,2026-01-11,2026-03-01,100.00,,Ann,,price,,,',
  'D3,Harbour,C2,Mast,,,Won,2026-01-12,2026-02-02,90.00,10.00,Bob,Boat fair,,,,',
]

interface Deal {
  title: string
  status: string
  stage: string | null
  opened_on: string
  closed_on: string | null
  expected_close: string | null
  amount: number | null
  process: string
  events: { at: string; kind: string; stage: string | null; amount: number | null }[]
}

const REJECTION = { created: 0, rejected: 1 }

describe('importing deals', () => {
  it('keeps every field, changes nothing when it comes again, and is undone as a whole', () => {
    const { bring, json, look, run } = importDesk()
    const done = bring('deals', FULL, '--create', 'clients,owners,sources,reasons')
    expect(done).toMatchObject({ read: 3, created: 3 })
    expect(json('deal', 'show', 'winch')).toMatchObject({
      ref: 'D1',
      client: 'Pier Nine',
      process: 'typical',
      stage: 'Proposal',
      status: 'open',
      opened_on: '2026-01-10',
      amount: 1200.5,
      cost: 800,
      owner: 'Ann',
      need: 'two boats',
      expected_close: '2027-01-31',
      note: 'asked twice',
      events: [{ kind: 'opened', at: '2026-01-10' }],
    })
    expect(json('deal', 'show', 'crane')).toMatchObject({
      status: 'lost',
      stage: 'Decision',
      reason: 'price',
      closed_on: '2026-03-01',
    })
    expect(json('deal', 'show', 'mast')).toMatchObject({ status: 'won', closed_on: '2026-02-02' })
    expect(
      look(`SELECT d.ref, s.name AS source, i.file, d.import_row AS row FROM deals d
        LEFT JOIN sources s ON s.id = d.source_id JOIN imports i ON i.id = d.import_id`),
    ).toEqual([
      { ref: 'D1', source: 'web', file: 'deals.csv', row: 2 },
      { ref: 'D2', source: null, file: 'deals.csv', row: 3 },
      { ref: 'D3', source: 'Boat fair', file: 'deals.csv', row: 4 },
    ])
    // Clients that the file brought remember it as well.
    expect(look('SELECT ref, name, import_row AS row FROM clients')).toEqual([
      { ref: 'C1', name: 'Pier Nine', row: 2 },
      { ref: 'C2', name: 'Harbour', row: 4 },
    ])
    expect(bring('deals', FULL)).toMatchObject({ operation: null, unchanged: 3, notes: [] })
    expect(run('undo').code).toBe(0)
    for (const table of ['deals', 'events', 'clients', 'owners', 'imports']) {
      expect([table, look(`SELECT * FROM ${table}`)]).toEqual([table, []])
    }
    expect(run('undo', '2')).toMatchObject({ code: 0 })
    expect(json('deal', 'show', 'crane')).toMatchObject({ status: 'lost', reason: 'price' })
    expect(run('doctor').out).toContain('is sound')
  })

  it('takes the outcome from a word in any column, or from yes and no', () => {
    const { bring, json } = importDesk()
    const lines = [
      'client,title,stage,status,won?,closed?',
      'A,one,Closed Won,,,',
      'A,two,Proposal,Verloren,,',
      'A,three,,Verkauft,,',
      'A,four,Proposal,Weg damit,,',
      'A,five,,,yes,yes',
      'A,six,,,no,yes',
      'A,seven,Proposal,,no,no',
      'A,eight,Closed Won,Lost,,',
      'A,nine,,Won,no,yes',
      'A,ten,,,yes,no',
      'A,eleven,,perhaps,,',
      'A,twelve,In progress,Выиграна,,',
    ]
    const words = ['--won', 'Verkauft,Sold', '--lost', 'weg damit']
    const yesNo = ['--map', 'won?=is-won', '--map', 'closed?=is-closed']
    const done = bring('deals', lines, '--create', 'clients', ...words, ...yesNo)
    expect(done.rejects).toEqual([
      { row: 9, reason: 'the stage “Closed Won” says won, another column lost' },
      { row: 10, reason: 'the outcome “Won” says won, another column lost' },
      { row: 11, reason: 'the row says that it was won and that it is not closed' },
      {
        row: 12,
        reason:
          'the outcome “perhaps” is neither won, lost nor open (--won "…" and --lost "…" say which words mean what)',
      },
    ])
    const { deals } = json<{ deals: Deal[] }>('deal', 'list', '--status', 'all')
    expect(Object.fromEntries(deals.map(({ title, status }) => [title, status]))).toEqual({
      one: 'won',
      two: 'lost',
      three: 'won',
      four: 'lost',
      five: 'won',
      six: 'lost',
      seven: 'open',
      twelve: 'won',
    })
  })

  it('adds names only where it may, and else names the nearest', () => {
    const { attempt, bring, json, ok } = importDesk()
    ok('client', 'add', 'Pier Nine')
    ok('client', 'add', 'Pier Ten')
    ok('owner', 'add', 'Anna')
    const tries = [
      ['client,title', 'Peer Nine,x', 'no client of the name “Peer Nine”; nearest: Pier Nine'],
      ['client,title,owner', 'Pier Nine,x,Ana', 'no owner “Ana”; nearest: Anna (--create owners'],
      ['client,title,source', 'Pier Nine,x,wab', 'no source “wab”; nearest: web'],
      ['client,title,status,reason', 'Pier Nine,x,lost,dear', '(--create reasons adds it)'],
      ['client,title,process', 'Pier Nine,x,typcal', 'no process “typcal”; nearest: typical'],
      [
        'client,title,stage',
        'Pier Nine,x,Offer',
        'no stage “Offer”; it has: Qualification, Meeting',
      ],
      ['client,client id,title', ',C9,x', 'no client of the reference “C9” (--create clients'],
      ['client,title', ',x', 'the row names no client'],
    ]
    for (const [header = '', row = '', reason] of tries) {
      const done = bring('deals', [header, row])
      expect(done).toMatchObject(REJECTION)
      expect(done.rejects[0]?.reason).toContain(reason)
    }
    expect(attempt('deals', ['client,title', 'Pier Nine,x'], '--process', 'Nope')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no process “Nope”; nearest: free') as string,
    })
    const all = ['client,title,status,reason,owner,source', 'Peer Nine,x,lost,dear,Ana,wab']
    expect(bring('deals', all, '--create', 'all')).toMatchObject({ created: 1 })
    expect(json('deal', 'show', 'x')).toMatchObject({ owner: 'Ana', reason: 'dear' })
  })

  it('says how what the book lacks is added', () => {
    const { attempt, ok } = importDesk()
    ok('client', 'add', 'Pier Nine')
    const lines = ['client,title,owner', 'Pier Nine,Winch,Ann', 'Nobody,Rope,', 'Pier Nine,Crane,']
    expect(attempt('deals', lines).out).toContain(
      'To add what the book lacks: the same import with --create owners,clients\n',
    )
  })

  it('leaves nothing behind of rows that it rejects', () => {
    const { bring, look } = importDesk()
    const lines = [
      'client,title,process,stage,owner,status,source,opened',
      'A,one,Fair,Chat,Ann,open,Warm list,2099-01-01',
      ',two,Fair,Talk,Bob,open,Hot list,',
      'B,three,Fair,Deal,Cid,open,,2026-01-01',
    ]
    const done = bring('deals', lines, '--create', 'all')
    expect(done).toMatchObject({ created: 1, rejected: 2 })
    expect(look('SELECT name FROM owners')).toEqual([{ name: 'Cid' }])
    expect(look("SELECT name FROM sources WHERE name LIKE '% list'")).toMatchObject([{}])
    expect(look('SELECT name FROM clients')).toEqual([{ name: 'B' }])
    expect(done.notes).toEqual([
      "the process Fair is made of the file's stages: Deal. They have no chances to win yet. Another order: " +
        'funnel process edit "Fair" --stages "…"; another name: funnel process edit "Fair" --name NAME; ' +
        'funnel undo takes it back',
      'added 1 client: B',
      'added 1 process: Fair',
      'added 1 owner: Cid',
    ])
  })

  it('makes a process of the file: its stages in order, closed deals from its first stage', () => {
    const { bring, json } = importDesk()
    const lines = [
      'client,title,stage,opened,closed,amount',
      'A,early loss,Lost,2026-01-01,2026-01-05,10.00',
      ',nobody,Talk,2026-01-01,,',
      'A,first,Talk,2026-01-02,,20.00',
      'A,second,Deal,2026-01-02,,30.00',
      'A,third,Talk,2026-01-02,,40.00',
      'A,win,Won,2026-01-02,2026-02-01,50.00',
    ]
    const create = ['--process', 'Exhibition', '--create', 'processes,stages,clients']
    const done = bring('deals', lines, ...create)
    expect(done).toMatchObject({ created: 5, rejected: 1 })
    expect(done.notes).toEqual([
      expect.stringContaining(
        "the process Exhibition is made of the file's stages, in the order in which the file first names them: Talk, Deal",
      ),
      'added 1 client: A',
      'added 1 process: Exhibition',
    ])
    expect(json<Deal>('deal', 'show', 'early')).toMatchObject({
      process: 'Exhibition',
      stage: 'Talk',
      status: 'lost',
    })
    const report = json<{ stages: unknown[]; totals: unknown }>(
      'report',
      'closed',
      '--period',
      'all',
      '--process',
      'Exhibition',
    )
    expect(report.stages).toMatchObject([
      { stage: 'Talk', reached: 2, passed: 1, lost: 1, amount_lost: 10 },
      { stage: 'Deal', reached: 1, passed: 1, lost: 0 },
    ])
    expect(bring('deals', lines.with(2, ''), ...create)).toMatchObject({ unchanged: 5 })
  })

  it('does with deals of the book as it is told, and says what it left', () => {
    const { bring, json, ok, look } = importDesk()
    const header = 'ref,client,title,status,stage,closed,amount,need'
    const first = [
      `${header},opened`,
      'D1,A,one,open,Proposal,,5.00,,2026-01-02',
      'D2,A,two,lost,Proposal,2026-02-01,6.00,,2026-01-02',
    ]
    bring('deals', first, '--create', 'clients')
    const second = [
      header,
      'D1,A,one,won,,2026-11-23,7.00,rope',
      'D2,A,two,won,,2026-02-01,6.00,',
      'D3,A,three,open,,,9.00,',
    ]
    const skipped = bring('deals', second, '--on-duplicate', 'skip', '--dry-run')
    expect(skipped).toMatchObject({ created: 1, skipped: 2 })
    const refused = bring('deals', second, '--on-duplicate', 'error', '--dry-run')
    expect(refused.rejects).toMatchObject([{ reason: 'deal 1 is this one already' }, {}])
    const filled = bring('deals', second)
    expect(filled).toMatchObject({ created: 1, updated: 1, unchanged: 1 })
    expect(filled.notes).toEqual([
      '1 open deal is in Qualification of typical, its first stage, for want of one in the file (row 4)',
      noOpening(1),
      '3 values left alone (rows 2, 3): the book has another one (--on-duplicate update takes them): amount, outcome',
    ])
    expect(json('deal', 'show', 'one')).toMatchObject({ status: 'open', amount: 5, need: 'rope' })
    const updated = bring('deals', second, '--on-duplicate', 'update')
    expect(updated).toMatchObject({ updated: 1, unchanged: 2 })
    expect(updated.notes).toEqual([
      expect.stringContaining('1 closed deal kept as the book has it'),
    ])
    expect(json('deal', 'show', 'one')).toMatchObject({ status: 'won', amount: 7 })
    ok('undo')
    expect(json('deal', 'show', 'one')).toMatchObject({ status: 'open', amount: 5 })
    // An end before the beginning is that row's fault, not the whole file's.
    const early = [header, 'D1,A,one,lost,,2020-01-01,,', 'D3,A,three,won,,,,']
    const done = bring('deals', early, '--on-duplicate', 'update')
    expect(done).toMatchObject({ updated: 1, rejected: 1 })
    expect(done.rejects[0]?.reason).toContain('cannot be lost on 2020-01-01')
    expect(look("SELECT kind FROM events WHERE deal_id = 1 AND kind = 'lost'")).toEqual([])
    expect(ok('doctor')).toContain('is sound')
  })

  it('takes owner and source of the client where the file has no such column', () => {
    const { bring, json, ok } = importDesk()
    ok('owner', 'add', 'Ann')
    ok('owner', 'add', 'Ben')
    ok('client', 'add', 'Pier Nine', '--owner', 'Ann', '--source', 'web')
    const terms = (title: string): unknown => {
      const { owner, source } = json('deal', 'show', title)
      return { owner, source }
    }
    ok('deal', 'add', 'pier', 'by hand')
    const done = bring('deals', ['client,title', 'Pier Nine,no column'])
    expect(done.notes).toEqual([
      noOpening(1),
      '1 deal took what the file has no column for from the client: owner or source',
    ])
    expect(terms('no column')).toEqual({ owner: 'Ann', source: 'web' })
    expect(terms('no column')).toEqual(terms('by hand'))
    // Another column is another answer, and a blank cell says that there is none.
    bring('deals', ['client,title,owner', 'Pier Nine,of ben,Ben', 'Pier Nine,of nobody,'])
    expect(terms('of ben')).toEqual({ owner: 'Ben', source: 'web' })
    expect(terms('of nobody')).toEqual({ owner: null, source: 'web' })
    // What is in the book already takes nothing.
    ok('deal', 'edit', 'by hand', '--owner', 'none')
    expect(bring('deals', ['client,title', 'Pier Nine,by hand'])).toMatchObject({ unchanged: 1 })
    expect(terms('by hand')).toEqual({ owner: null, source: 'web' })
  })

  it('leaves a deal without owner and source as it was exported, whatever its client has', () => {
    const first = importDesk()
    first.ok('client', 'add', 'Pier Nine', '--source', 'web')
    first.ok('deal', 'add', 'pier', 'Winch', '--source', 'none')
    const deals = first.ok('export', 'deals')
    const second = importDesk()
    second.ok('client', 'add', 'Pier Nine', '--source', 'web')
    second.bring('deals', deals.trimEnd().split('\n'))
    expect(second.json('deal', 'show', '1')).toMatchObject({ source: null, owner: null })
    expect(second.ok('export', 'deals')).toBe(deals)
  })

  it('writes new deals once: nothing that it added is kept as a change as well', () => {
    const { bring, look, ok } = importDesk()
    bring('deals', FULL, '--create', 'clients,owners,sources,reasons')
    expect(look('SELECT * FROM journal')).toEqual([])
    expect(ok('doctor')).toContain('is sound')
  })

  it('adds a stage once to a process that rows name in several ways, or not at all', () => {
    const { bring, look } = importDesk()
    const lines = [
      'client,title,pipeline,stage',
      'A,one,,Trial',
      'A,two,free,Trial',
      'A,three,FREE,Trial',
      'A,four,,Pilot',
    ]
    const done = bring('deals', lines, '--create', 'all', '--process', 'free')
    expect(done).toMatchObject({ created: 4, rejected: 0 })
    expect(
      look(`SELECT d.title, s.name AS stage FROM deals d JOIN stages s ON s.id = d.stage_id`),
    ).toEqual([
      { title: 'one', stage: 'Trial' },
      { title: 'two', stage: 'Trial' },
      { title: 'three', stage: 'Trial' },
      { title: 'four', stage: 'Pilot' },
    ])
  })

  it('takes a client that has a name and took it over from another for one', () => {
    const { bring, look, ok } = importDesk()
    for (const name of ['Pier Nine', 'Pier 9']) ok('client', 'add', name)
    ok('client', 'merge', '1', '2', '--yes')
    ok('client', 'edit', '1', '--name', 'Pier 9')
    expect(bring('deals', ['client,title', 'Pier 9,x'])).toMatchObject({ created: 1 })
    expect(look('SELECT client_id FROM deals')).toEqual([{ client_id: 1 }])
    ok('client', 'add', 'Pier 9')
    expect(bring('deals', ['client,title', 'Pier 9,y'])).toMatchObject({ rejected: 1 })
  })

  it('never gives a deal to another client of the same name', () => {
    const { bring, look } = importDesk()
    const lines = ['client id,client,title', 'A1,Acme,x', 'A2,Acme,y', 'A1,Acme,z', ',Acme,w']
    const done = bring('deals', lines, '--create', 'clients')
    expect(done.rejects).toEqual([
      { row: 5, reason: 'the book has several clients “Acme”; a reference tells them apart' },
    ])
    expect(look('SELECT c.ref, d.title FROM deals d JOIN clients c ON c.id = d.client_id')).toEqual(
      [
        { ref: 'A1', title: 'x' },
        { ref: 'A2', title: 'y' },
        { ref: 'A1', title: 'z' },
      ],
    )
  })
})
