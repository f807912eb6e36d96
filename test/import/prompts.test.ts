import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CALENDAR_TASK } from '../../src/domain/task-record.ts'
import { desk, type Desk } from '../support/funnel.ts'
import { atTerminal, KEY, type Terminal } from '../support/terminal.ts'

const LIST = 'Company,Town,E-mail\nHarbour Foods,Kiel,ines@harbour.example\nPier Nine,Bonn,\n'

function withList(): Desk {
  const made = desk()
  writeFileSync(made.file('list.csv'), LIST)
  return made
}

function importAt(made: Desk, ...args: string[]): Terminal {
  return atTerminal(made.folder, ['import', 'clients', 'list.csv', ...args])
}

interface Card {
  region: string | null
  properties: { name: string; value: string }[]
}

describe('importing at a terminal', () => {
  it('shows what the columns are read as, with samples, and takes a yes', async () => {
    const made = withList()
    const terminal = importAt(made)
    await terminal.see('Columns of list.csv')
    await terminal.see('Harbour Foods')
    await terminal.see('Import them like this?')
    terminal.type(KEY.enter)
    await terminal.see('2 created')
    expect(await terminal.ended).toBe(0)
    expect(made.json('client', 'list')).toMatchObject({ clients: [{}, {}] })
  })

  it('lets a column be read otherwise', async () => {
    const made = withList()
    const terminal = importAt(made)
    await terminal.see('Import them like this?')
    terminal.type(KEY.down + KEY.enter)
    await terminal.see('Which column?')
    terminal.type(KEY.down + KEY.enter)
    await terminal.see('Read “Town” as:')
    terminal.type(KEY.enter)
    await terminal.see('Name of the property:')
    terminal.type(`Home town${KEY.enter}`)
    await terminal.see('property:Home town')
    await terminal.see('Import them like this?')
    terminal.type(KEY.enter)
    expect(await terminal.ended).toBe(0)
    expect(made.json<Card>('client', 'show', 'harbour').properties).toEqual([
      { name: 'Home town', value: 'Kiel' },
    ])
  })

  it.each([
    { how: 'by choosing it', keys: KEY.down + KEY.down + KEY.enter },
    { how: 'by Ctrl-C', keys: KEY.interrupt },
  ])('is cancelled $how, and writes nothing', async ({ keys }) => {
    const made = withList()
    const terminal = importAt(made)
    await terminal.see('Import them like this?')
    terminal.type(keys)
    await terminal.see('nothing was changed')
    expect(await terminal.ended).toBe(130)
    expect(made.json('client', 'list')).toMatchObject({ clients: [] })
    expect(made.json('history')).toMatchObject({ operations: [] })
  })

  it('asks which column is the name, and does not go on without', async () => {
    const made = desk()
    writeFileSync(made.file('list.csv'), 'Zilch,Fleet\nHarbour Foods,4\n')
    const terminal = importAt(made)
    await terminal.see("no column gives the clients' names")
    await terminal.see('change a column')
    expect(terminal.written()).not.toContain('yes, import')
    terminal.type(KEY.interrupt)
    expect(await terminal.ended).toBe(130)
  })

  it('warns before anything is written that clients would be called by their e-mail', async () => {
    const made = desk()
    writeFileSync(made.file('list.csv'), 'Nazwa,E-mail\nPiekarnia,biuro@lodz.example\n')
    const terminal = importAt(made)
    await terminal.see('clients will be called by their e-mail; it could be: Nazwa')
    await terminal.see('Import them like this?')
    terminal.type(KEY.down + KEY.enter)
    await terminal.see('Which column?')
    terminal.type(KEY.interrupt)
    expect(await terminal.ended).toBe(130)
    expect(made.json('client', 'list')).toMatchObject({ clients: [] })
  })

  it('asks how days are meant that can be read in two ways', async () => {
    const made = desk()
    writeFileSync(made.file('list.csv'), 'Client,Title,Opened\nPier Nine,Winch,03/04/2024\n')
    const args = ['import', 'deals', 'list.csv', '--create', 'clients']
    const terminal = atTerminal(made.folder, args)
    await terminal.see('Import them like this?')
    terminal.type(KEY.enter)
    await terminal.see('“03/04/2024” in the column “Opened”')
    terminal.type(KEY.enter)
    expect(await terminal.ended).toBe(0)
    expect(made.json('deal', 'show', 'winch')).toMatchObject({ opened_on: '2024-04-03' })
  })

  it('asks nothing with --yes', async () => {
    const made = withList()
    const terminal = importAt(made, '--yes')
    await terminal.see('2 created')
    expect(await terminal.ended).toBe(0)
    expect(terminal.written()).not.toContain('Import them')
  })

  it('never lets a header or a cell steer the terminal', async () => {
    const made = desk()
    const sound = Array.from({ length: 20 }, (_, index) => `Client ${index},North`)
    const rows = ['Name,\u001B[2JTown', 'Pier\u001B]0;x\u0007,\u202Eevil', ...sound]
    writeFileSync(made.file('list.csv'), `${rows.join('\n')}\n`)
    const terminal = importAt(made)
    await terminal.see('Import them like this?')
    terminal.type(KEY.enter)
    expect(await terminal.ended).toBe(0)
    expect(terminal.written()).not.toMatch(/\u001B\[2JTown|\u001B\]0;x|\u202E/)
  })
})

const CALENDAR = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Reminders//EN',
  `BEGIN:${CALENDAR_TASK}`,
  'UID:1',
  'SUMMARY:Ring the harbour',
  'DUE;VALUE=DATE:20261201',
  `END:${CALENDAR_TASK}`,
  'END:VCALENDAR',
  '',
]

describe('importing a calendar at a terminal', () => {
  it('shows what is read of its tasks, and takes a yes', async () => {
    const made = desk()
    writeFileSync(made.file('tasks.ics'), CALENDAR.join('\r\n'))
    const terminal = atTerminal(made.folder, ['import', 'tasks', 'tasks.ics'])
    await terminal.see('Columns of tasks.ics')
    await terminal.see('Ring the harbour')
    await terminal.see('Import them like this?')
    terminal.type(KEY.enter)
    await terminal.see('1 created')
    expect(await terminal.ended).toBe(0)
    expect(made.json('task', 'list')).toMatchObject({
      tasks: [{ text: 'Ring the harbour', due: '2026-12-01' }],
    })
  })
})
