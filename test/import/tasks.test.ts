import { describe, expect, it } from 'vitest'
import { importDesk, type ImportDesk } from '../support/imports.ts'

const CLIENTS = ['ref,name', 'C1,Pier Nine', 'C2,Harbour']
const DEALS = ['ref,client,title,stage,opened', 'D1,Harbour,Mast,Proposal,2026-02-01']
const TASKS = [
  'Task,Due,Status,Assigned to,Client,Customer ID,Deal,Deal ID,Completed on,Result,Repeat,Created',
  'Send the price list,2026-12-01,,Ann,Pier Nine,,,,,,,2026-11-02',
  'Call again,,Completed,,,C2,,,2026-03-04,"they agree, at last",,2026-03-01',
  'Ask the yard,2026-12-02,in progress,,,,,D1,,,,',
  'Measure,2026-12-02,Storniert,,Harbour,,mast,,2026-03-05,,,',
  'Go through the funnel,2026-11-30,offen,Ann,,,,,,,1w,',
  'Sweep,,да,,,,,,,,,',
]
const BAD = [
  ',2026-12-01,,,Pier Nine,,,,,,,',
  'A,,perhaps,,,,,,,,,',
  'A,,open,,,,,,2026-03-04,,,',
  'A,,done,,,,,,2027-03-04,,,',
  'A,,,,,,,,,,1w,',
  'A,2026-12-01,,,,,,,,,often,',
  'A,,,,,,,,,,,2027-01-01',
  'A,,,Zoe,Peer Nine,,,,,,,',
  'A,,,,,,Masst,,,,,',
  'A,,,,,,,D9,,,,',
  'A,,,Zoe,,,,,,,,',
]

const LOOK = `SELECT t.text, t.due, t.status, o.name AS owner, c.name AS client, d.ref AS deal, t.closed_on,
  result, repeat, t.added_on AS added FROM tasks t LEFT JOIN owners o ON o.id = t.owner_id
  LEFT JOIN clients c ON c.id = t.client_id LEFT JOIN deals d ON d.id = t.deal_id
  WHERE t.stage_id IS NULL ORDER BY t.id`
const STAGE = `SELECT s.name AS stage, t.text, t.due, t.status, t.closed_on, t.result, t.added_on AS added
  FROM tasks t JOIN stages s ON s.id = t.stage_id ORDER BY t.id`

function office(): ImportDesk {
  const made = importDesk()
  made.bring('clients', CLIENTS)
  made.bring('deals', DEALS)
  return made
}

describe('importing tasks', () => {
  it('keeps every field, rejects what it cannot read, and changes nothing the second time', () => {
    const { bring, look, ok } = office()
    const done = bring('tasks', [TASKS[0] ?? '', ...BAD, ...TASKS.slice(1)])
    // Ann is not in the book yet, and may not be added.
    expect(done).toMatchObject({ read: 17, created: 4, rejected: 13 })
    const reasons = done.rejects.map(({ reason }) => reason)
    const expected = [
      'does not say what is to be done',
      'the status “perhaps” is not one of: open, done, dropped',
      'it is open, and that it was closed on 2026-03-04',
      '2027-03-04, which is still to come',
      'a task that repeats needs a day',
      '“often” is not an interval',
      'it was added on 2027-01-01',
      'the book has no owner “Zoe”',
      'the book has no deal with the title “Masst”; nearest: Mast',
      'the book has no deal with the reference “D9”; nearest: D1',
      'no owner “Zoe”',
      'no owner “Ann”',
    ]
    expected.forEach((reason, index) => expect(reasons[index]).toContain(reason))
    expect(bring('tasks', TASKS, '--create', 'owners')).toMatchObject({ created: 2, unchanged: 4 })
    const none = {
      owner: null,
      client: null,
      deal: null,
      closed_on: null,
      result: null,
      repeat: null,
    }
    const rows = look(LOOK)
    expect(rows).toHaveLength(6)
    expect(rows).toEqual(
      expect.arrayContaining([
        {
          ...none,
          text: 'Send the price list',
          due: '2026-12-01',
          status: 'open',
          owner: 'Ann',
          client: 'Pier Nine',
          added: '2026-11-02',
        },
        {
          ...none,
          text: 'Call again',
          due: null,
          status: 'done',
          client: 'Harbour',
          closed_on: '2026-03-04',
          result: 'they agree, at last',
          added: '2026-03-01',
        },
        expect.objectContaining({
          text: 'Ask the yard',
          status: 'open',
          client: 'Harbour',
          deal: 'D1',
        }),
        expect.objectContaining({
          text: 'Measure',
          status: 'dropped',
          client: 'Harbour',
          deal: 'D1',
        }),
        expect.objectContaining({
          ...none,
          text: 'Go through the funnel',
          status: 'open',
          owner: 'Ann',
          repeat: '1w',
        }),
        expect.objectContaining({ text: 'Sweep', due: null, status: 'done', client: null }),
      ]),
    )
    expect(look('SELECT repeat_from FROM tasks WHERE repeat IS NOT NULL')).toEqual([
      { repeat_from: '2026-11-30' },
    ])
    expect(bring('tasks', TASKS)).toMatchObject({ operation: null, unchanged: 6 })
    expect(look('SELECT what FROM imports ORDER BY id').at(-1)).toEqual({ what: 'tasks' })
    ok('undo')
    ok('undo')
    expect(look(LOOK)).toEqual([])
    expect(look('SELECT name FROM owners')).toEqual([])
    expect(ok('doctor')).toContain('is sound')
  })

  it('says which clients are near, or adds them', () => {
    const { bring, look } = office()
    const lines = ['task,client', 'Call,Peer Nine']
    expect(bring('tasks', lines).rejects[0]?.reason).toContain('nearest: Pier Nine')
    expect(bring('tasks', lines, '--create', 'clients')).toMatchObject({ created: 1 })
    expect(look('SELECT name FROM clients ORDER BY id').at(-1)).toEqual({ name: 'Peer Nine' })
  })

  it('two tasks of one text and day stay two, and tell which is done', () => {
    const { bring, look } = office()
    const file = (second: string) => [
      'task,client,status',
      'Call,Harbour,open',
      `Call,Harbour,${second}`,
    ]
    expect(bring('tasks', file('open'))).toMatchObject({ created: 2 })
    expect(bring('tasks', file('done'))).toMatchObject({ created: 0, updated: 1, unchanged: 1 })
    expect(look(LOOK).map(({ status }) => status)).toEqual(['open', 'done'])
    const again = bring('tasks', file('open'), '--on-duplicate', 'update')
    expect(again).toMatchObject({ operation: null, unchanged: 2 })
    expect(again.notes.join()).toContain('1 closed task kept as the book has it')
  })

  it('fills blanks, and takes other values where it is told to', () => {
    const { bring, look, ok } = office()
    ok('owner', 'add', 'Ann')
    ok('owner', 'add', 'Bo')
    ok('task', 'add', 'Call', '--client', 'harbour', '--owner', 'Bo')
    ok('task', 'add', 'Write', '--client', 'harbour')
    const lines = ['task,client,owner', 'Call,Harbour,Ann', 'Write,Harbour,Ann']
    const owners = () => look(LOOK).map(({ owner }) => owner)
    const filled = bring('tasks', lines)
    expect(filled).toMatchObject({ updated: 1, unchanged: 1 })
    expect(filled.notes.join()).toContain('1 value left alone')
    expect(owners()).toEqual(['Bo', 'Ann'])
    expect(bring('tasks', lines, '--on-duplicate', 'skip')).toMatchObject({ skipped: 2 })
    expect(bring('tasks', lines, '--on-duplicate', 'error')).toMatchObject({ rejected: 2 })
    bring('tasks', lines, '--on-duplicate', 'update')
    expect(owners()).toEqual(['Ann', 'Ann'])
  })
})

describe('the task of a stage', () => {
  const HEAD = 'task,due,status,deal id,stage,completed on,created'

  it('that came with its deal is brought up to date, and never doubled', () => {
    const { bring, look, ok } = office()
    const before = look(STAGE)
    expect(before).toMatchObject([{ stage: 'Proposal', text: 'Send the proposal', status: 'open' }])
    const lines = [
      HEAD,
      'Qualification,2026-02-03,done,D1,Qualification,2026-02-04,2026-02-01',
      'Write the offer,2026-12-24,open,D1,Proposal,,2026-02-04',
    ]
    expect(bring('tasks', lines)).toMatchObject({ created: 1, updated: 1 })
    const after = look(STAGE)
    expect(after).toMatchObject([
      {
        stage: 'Proposal',
        text: 'Write the offer',
        due: '2026-12-24',
        status: 'open',
        added: '2026-02-04',
      },
      { stage: 'Qualification', status: 'done', closed_on: '2026-02-04', added: '2026-02-01' },
    ])
    expect(bring('tasks', lines)).toMatchObject({ operation: null, unchanged: 2 })
    const later = [HEAD, 'Write the offer,2026-12-31,open,D1,Proposal,,']
    expect(bring('tasks', later)).toMatchObject({ updated: 1 })
    expect(look(STAGE)[0]).toMatchObject({ due: '2026-12-31', added: '2026-02-04' })
    ok('undo')
    ok('undo')
    expect(look(STAGE)).toEqual(before)
    expect(bring('tasks', lines)).toMatchObject({ created: 1, updated: 1 })
    expect(look(STAGE)).toEqual(after)
  })

  it('keeps the day that a person gave it', () => {
    const { bring, look, ok } = office()
    ok('task', 'postpone', '1', '--to', '2026-12-10')
    const lines = [HEAD, 'Send the proposal,2026-12-24,open,D1,Proposal,,2026-02-04']
    const done = bring('tasks', lines)
    expect(done).toMatchObject({ operation: null, unchanged: 1 })
    expect(done.notes.join()).toContain('1 value left alone')
    expect(bring('tasks', lines, '--on-duplicate', 'update')).toMatchObject({ updated: 1 })
    expect(look(STAGE)).toMatchObject([{ due: '2026-12-24' }])
  })

  it('is left as it is, or refused, where the person wants that', () => {
    const { bring, look } = office()
    const lines = [HEAD, 'Write the offer,2026-12-24,open,D1,Proposal,,']
    expect(bring('tasks', lines, '--on-duplicate', 'skip')).toMatchObject({ skipped: 1 })
    expect(bring('tasks', lines, '--on-duplicate', 'error').rejects).toEqual([
      { row: 2, reason: 'task 1 is this one already' },
    ])
    expect(look(STAGE)).toMatchObject([{ text: 'Send the proposal', status: 'open' }])
  })

  it('is not open where its deal is not, and is done only as the deal goes on', () => {
    const { bring, look } = office()
    const done = bring('tasks', [
      HEAD,
      'Contract,,open,D1,Contract,,',
      'Proposal,,done,D1,Proposal,2026-11-01,',
      'Dig,,open,D1,Digging,,',
      'Dig,,open,,Proposal,,',
    ])
    expect(done).toMatchObject({ read: 4, rejected: 4 })
    const reasons = done.rejects.map(({ reason }) => reason).toSorted()
    expect(reasons).toEqual([
      expect.stringContaining('deal 1 (Mast) is in the stage “Proposal”, whose task is done when'),
      expect.stringContaining('deal 1 (Mast) is not in the stage “Contract”'),
      expect.stringContaining('has no stage “Digging”; it has: Qualification'),
      expect.stringContaining('a stage, “Proposal”, and no deal'),
    ])
    expect(look(STAGE)).toMatchObject([{ stage: 'Proposal', status: 'open' }])
  })

  it('of a deal that came closed has the day of the file', () => {
    const { bring, look } = importDesk()
    bring('clients', CLIENTS)
    bring('deals', [
      'ref,client,title,stage,opened,outcome,closed',
      'D2,Harbour,Mast,Proposal,2026-02-01,won,2026-03-01',
    ])
    const lines = [HEAD, 'Proposal,2026-02-20,done,D2,Proposal,2026-03-01,2026-02-01']
    expect(bring('tasks', lines)).toMatchObject({ created: 1 })
    expect(look(STAGE)).toMatchObject([{ due: '2026-02-20', closed_on: '2026-03-01' }])
    // Another stay in the stage is another task.
    const other = [HEAD, 'Proposal,2026-02-10,done,D2,Proposal,2026-02-11,2026-02-05']
    expect(bring('tasks', other)).toMatchObject({ created: 1 })
    expect(look(STAGE)).toHaveLength(2)
  })
})
