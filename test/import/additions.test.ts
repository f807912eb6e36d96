import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { desk, type Desk } from '../support/funnel.ts'
import { atTerminal, KEY, type Terminal } from '../support/terminal.ts'

const CLIENTS = [
  'Company,Owner,Source',
  'Pier Nine,Ann,Messe',
  'Harbour Foods,Bo,Flyer',
  'Zeta,ann,',
  'Eta,,',
]

/** Wide enough that no question is broken. */
const WIDE = 200

function deskWith(lines: string[]): Desk {
  const made = desk()
  writeFileSync(made.file('list.csv'), `${lines.join('\n')}\n`)
  return made
}

/** An import at a terminal whose columns are agreed to. */
async function agreed(made: Desk, kind: string, ...args: string[]): Promise<Terminal> {
  const terminal = atTerminal(made.folder, ['import', kind, 'list.csv', ...args], WIDE)
  await terminal.see('Import them like this?')
  terminal.type(KEY.enter)
  return terminal
}

function named(made: Desk, kind: 'owner' | 'source' | 'reason' | 'client'): string[] {
  const list = made.json<Record<string, { name: string }[]>>(kind, 'list')
  return (list[`${kind}s`] ?? []).map(({ name }) => name)
}

describe('names that a file would add to the book', () => {
  it('are asked for in one question, and added on a yes', async () => {
    const made = deskWith(CLIENTS)
    const terminal = await agreed(made, 'clients')
    await terminal.see('Add 2 owners (Ann, Bo), 2 sources (Messe, Flyer)?')
    await terminal.see('no: the 3 rows that need them are rejected')
    terminal.type(KEY.enter)
    await terminal.see('4 created')
    expect(await terminal.ended).toBe(0)
    expect(named(made, 'owner')).toEqual(['Ann', 'Bo'])
    expect(named(made, 'source')).toEqual(expect.arrayContaining(['Messe', 'Flyer']))
  })

  it('are left out with their rows on a no, and asked for no more where --create says yes', async () => {
    const made = deskWith(CLIENTS)
    const refused = await agreed(made, 'clients', '--create', 'sources')
    await refused.see('Add 2 owners (Ann, Bo)?')
    refused.type(KEY.down + KEY.enter)
    await refused.see('1 created')
    expect(await refused.ended).toBe(0)
    expect(named(made, 'owner')).toEqual([])
    expect(named(made, 'client')).toEqual(['Eta'])
    const taken = await agreed(made, 'clients', '--create', 'owners,sources')
    expect(await taken.ended).toBe(0)
    expect(taken.written()).not.toContain('Add ')
    expect(named(made, 'client')).toHaveLength(4)
  })

  it.each([
    ['by choosing it', KEY.down.repeat(3) + KEY.enter],
    ['by Ctrl-C', KEY.interrupt],
  ])('are cancelled %s with all else', async (_, keys) => {
    const made = deskWith(CLIENTS)
    const terminal = await agreed(made, 'clients')
    await terminal.see('Add 2 owners')
    terminal.type(keys)
    await terminal.see('nothing was changed')
    expect(await terminal.ended).toBe(130)
    expect(made.json('history')).toMatchObject({ operations: [] })
  })

  it('are those of deals that can be taken: no reason of a won deal, nothing of a rejected row', async () => {
    const made = deskWith([
      'Client,Title,Opened,Outcome,Owner,Reason',
      'Pier Nine,Winch,2026-03-13,won,Ann,thanks',
      'Zeta,Crane,2026-03-14,lost,Ann,too steep',
      'Eta,Pump,2026-03-15,lost,,none',
      'Theta,Hoist,2026-03-16,perhaps,Cy,',
    ])
    made.ok('client', 'add', 'Zeta')
    const terminal = await agreed(made, 'deals')
    await terminal.see('“perhaps” in the column “Outcome” (1 row) is:')
    terminal.type(KEY.down.repeat(4) + KEY.enter)
    await terminal.see('Add 2 clients (Pier Nine, Eta), 1 owner (Ann), 1 reason (too steep)?')
    await terminal.see('no: the 3 rows that need them are rejected')
    terminal.type(KEY.enter)
    await terminal.see('3 created')
    expect(await terminal.ended).toBe(0)
    expect(named(made, 'client')).toEqual(['Eta', 'Pier Nine', 'Zeta'])
    expect(named(made, 'owner')).toEqual(['Ann'])
  })

  it('are asked for with calls and with tasks, whose deals have their client', async () => {
    const made = deskWith(['Client,Date,Kind,User', 'Pier Nine,2026-03-13,call,Ann'])
    made.ok('client', 'add', 'Zeta')
    made.ok('deal', 'add', 'Zeta', 'Crane')
    const calls = await agreed(made, 'interactions')
    await calls.see('Add 1 client (Pier Nine), 1 owner (Ann)?')
    await calls.see('no: the row that needs them is rejected')
    calls.type(KEY.enter)
    expect(await calls.ended).toBe(0)
    writeFileSync(
      made.file('list.csv'),
      'text,due,client,deal,owner\nCall,2026-12-01,Zeta,Crane,Bo\nWrite,2026-12-02,Eta,,Ann\n',
    )
    const tasks = await agreed(made, 'tasks')
    await tasks.see('Add 1 client (Eta), 1 owner (Bo)?')
    tasks.type(KEY.enter)
    await tasks.see('2 created')
    expect(await tasks.ended).toBe(0)
  })

  it('are none of a script, which rejects as before', () => {
    const made = deskWith(CLIENTS)
    const { rejected, created } = made.json<{ rejected: number; created: number }>(
      'import',
      'clients',
      'list.csv',
    )
    expect({ rejected, created }).toEqual({ rejected: 3, created: 1 })
  })
})

describe('clients that were erased', () => {
  const OLD = ['Company,E-mail', 'Zelinda,zelinda@horse.example', 'Pier Nine,office@pier.example']

  function erased(): Desk {
    const made = deskWith(OLD)
    made.ok('import', 'clients', 'list.csv')
    made.ok('client', 'erase', 'zelinda', '--yes')
    return made
  }

  it('stay away unless the person at the terminal says otherwise', async () => {
    const made = erased()
    const question = '1 client of this file (Zelinda) was erased from this book. Add it again?'
    const first = await agreed(made, 'clients')
    await first.see(question)
    first.type(KEY.enter)
    await first.see('1 rejected')
    expect(await first.ended).toBe(0)
    expect(named(made, 'client')).not.toContain('Zelinda')
    const second = await agreed(made, 'clients')
    await second.see(question)
    second.type(KEY.down + KEY.enter)
    await second.see('1 created')
    expect(await second.ended).toBe(0)
    expect(named(made, 'client')).toContain('Zelinda')
  })

  it('that a list of deals names are no new clients', async () => {
    const made = erased()
    writeFileSync(
      made.file('list.csv'),
      'Client,Title,Opened\nZelinda,Winch,2026-03-13\nEta,Crane,2026-03-14\n',
    )
    const terminal = await agreed(made, 'deals')
    await terminal.see('Add 1 client (Eta)?')
    terminal.type(KEY.enter)
    await terminal.see('1 client of this file (Zelinda) was erased')
    terminal.type(KEY.enter)
    await terminal.see('1 created')
    expect(await terminal.ended).toBe(0)
    expect(named(made, 'client')).not.toContain('Zelinda')
  })
})

it('more names than fit into a question are counted', async () => {
  const owners = ['Ann', 'Bo', 'Cy', 'Di of the house by the old harbour']
  const made = deskWith(['Company,Owner', ...owners.map((owner) => `Client of ${owner},${owner}`)])
  const terminal = await agreed(made, 'clients')
  await terminal.see('Add 4 owners (Ann, Bo, Cy, …)?')
  terminal.type(KEY.interrupt)
  expect(await terminal.ended).toBe(130)
})

it('a process that a list of deals names is added with its stages', async () => {
  const made = deskWith([
    'Client,Title,Opened,Pipeline,Stage',
    'Pier Nine,Winch,2026-03-13,Fairs,Stand talk',
    'Pier Nine,Crane,2026-03-14,Fairs,Offer sent',
  ])
  const terminal = await agreed(made, 'deals')
  await terminal.see('Add 1 client (Pier Nine), 1 process (Fairs)?')
  terminal.type(KEY.enter)
  await terminal.see('2 created')
  expect(await terminal.ended).toBe(0)
  expect(made.json('deal', 'show', 'crane')).toMatchObject({
    process: 'Fairs',
    stage: 'Offer sent',
  })
})

it('the owner of a history is asked for, and the reason of a loss that it tells', async () => {
  const made = deskWith(['ref,client,title,opened', 'D-1,Pier Nine,Winch,2026-03-13'])
  made.ok('import', 'deals', 'list.csv', '--create', 'clients')
  writeFileSync(
    made.file('list.csv'),
    `${[
      'deal,stage,event,at,owner,reason',
      'D-1,,opened,2026-03-13,Ann,',
      'D-1,,lost,2026-04-13,,too steep',
      'D-9,,lost,2026-04-13,Cy,x',
    ].join('\n')}\n`,
  )
  const terminal = await agreed(made, 'history')
  await terminal.see('Add 1 owner (Ann), 1 reason (too steep)?')
  terminal.type(KEY.enter)
  expect(await terminal.ended).toBe(0)
  expect(named(made, 'reason')).toContain('too steep')
})
