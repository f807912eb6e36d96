import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { desk, type Desk } from '../support/funnel.ts'
import { atTerminal, KEY, type Terminal } from '../support/terminal.ts'

const NAME = 'last answers for list.csv (clients)'
const SAID = 'Columns as you answered on 2026-11-23 (--profile none leaves it out).'

function withList(): Desk {
  const made = desk()
  writeFileSync(made.file('list.csv'), 'Company,Town\nHarbour Foods,Kiel\n')
  return made
}

function importAt(made: Desk, ...args: string[]): Terminal {
  return atTerminal(made.folder, ['import', 'clients', 'list.csv', ...args], 120)
}

/** Reads the town as the property “Home” and comes back to the question. */
async function answer(terminal: Terminal): Promise<void> {
  await terminal.see('Import them like this?')
  terminal.type(KEY.down + KEY.enter)
  await terminal.see('Which column?')
  terminal.type(KEY.down + KEY.enter)
  await terminal.see('Read “Town” as:')
  terminal.type(KEY.enter)
  await terminal.see('Name of the property:')
  terminal.type(`Home${KEY.enter}`)
  await terminal.see('property:Home')
  await terminal.see('Import them like this?')
}

function profiles(made: Desk): string[] {
  const { profiles: all } = made.json<{ profiles: { name: string }[] }>('profile', 'list')
  return all.map(({ name }) => name)
}

/** What a client of the book has beyond the fields. */
function properties(made: Desk): unknown {
  return made.json('client', 'show', 'harbour').properties
}

const HOME = [{ name: 'Home', value: 'Kiel' }]

describe('what a person answered about the columns', () => {
  it('is kept though the import is cancelled, and the next try starts from it', async () => {
    const made = withList()
    const first = importAt(made)
    await answer(first)
    first.type(KEY.interrupt)
    await first.see(`The columns are kept as you answered (profile “${NAME}”).`)
    expect(await first.ended).toBe(130)
    expect(made.json('client', 'list')).toMatchObject({ clients: [] })
    expect(made.json('history')).toMatchObject({
      operations: [{ summary: 'kept how the columns of list.csv are read' }],
    })

    const second = importAt(made)
    await second.see(SAID)
    await second.see('property:Home')
    await second.see('Import them like this?')
    second.type(KEY.enter)
    await second.see('1 created')
    expect(await second.ended).toBe(0)
    expect(properties(made)).toEqual(HOME)

    // Neither the undoing of the import nor a script has to do with it.
    made.ok('undo')
    expect(profiles(made)).toEqual([NAME])
    expect(made.ok('profile', 'show', NAME)).toMatch(/Town +property:Home/)
    made.ok('import', 'clients', 'list.csv')
    expect(properties(made)).not.toEqual(HOME)
    made.ok('profile', 'delete', NAME)
    expect(profiles(made)).toEqual([])
    expect(made.run('doctor').code).toBe(0)
  })

  it('is kept by a dry run, and gives way to a profile that is named', async () => {
    const made = withList()
    const first = importAt(made, '--dry-run')
    await answer(first)
    first.type(KEY.enter)
    expect(await first.ended).toBe(0)
    expect(profiles(made)).toEqual([NAME])

    const second = importAt(made, '--profile', 'none')
    await second.see('Import them like this?')
    expect(second.written()).not.toContain('as you answered')
    second.type(KEY.interrupt)
    expect(await second.ended).toBe(130)

    const third = importAt(made, '--save-profile', 'Fair')
    await third.see(SAID)
    await third.see('Import them like this?')
    third.type(KEY.enter)
    expect(await third.ended).toBe(0)
    expect(profiles(made)).toEqual(['Fair'])
    expect(properties(made)).toEqual(HOME)
  })

  it('is kept of dates that can be read in two ways, and in a profile for scripts too', async () => {
    const made = desk()
    writeFileSync(made.file('deals.csv'), 'Client,Title,Opened\nHarbour Foods,Winch,03/04/2026\n')
    const start = (...args: string[]): Terminal =>
      atTerminal(made.folder, ['import', 'deals', 'deals.csv', ...args], 120)
    const first = start()
    await first.see('Import them like this?')
    first.type(KEY.enter)
    await first.see('“03/04/2026” in the column “Opened”: which is it?')
    first.type(KEY.down + KEY.enter)
    await first.see('Add 1 client (Harbour Foods)?')
    first.type(KEY.interrupt)
    expect(await first.ended).toBe(130)

    const second = start('--save-profile', 'Fair')
    await second.see('Import them like this?')
    second.type(KEY.enter)
    await second.see('“Opened”: month, day, year, as you answered before.')
    await second.see('Add 1 client (Harbour Foods)?')
    second.type(KEY.enter)
    expect(await second.ended).toBe(0)
    expect(second.written()).not.toContain('which is it?')
    expect(made.json('deal', 'show', '1')).toMatchObject({ opened_on: '2026-03-04' })
    expect(made.ok('profile', 'show', 'Fair')).toMatch(/Opened +opened +mdy/)

    writeFileSync(made.file('fair.json'), made.ok('profile', 'export', 'Fair'))
    writeFileSync(made.file('more.csv'), 'Client,Title,Opened\nHarbour Foods,Crane,05/06/2026\n')
    made.ok('import', 'deals', 'more.csv', '--profile', 'fair.json')
    expect(made.json('deal', 'show', '2')).toMatchObject({ opened_on: '2026-05-06' })
    expect(made.run('import', 'deals', 'more.csv', '--profile', 'none').err).toContain(
      '--date-format dmy or --date-format mdy',
    )
  })
})

describe('what a person says that values stand for', () => {
  const DEALS = [
    'Client,Title,Stage,Status,Owner',
    'Pier Nine,Mast,raus,läuft,AB',
    'Pier Nine,Kran,raus,läuft,Ann',
    'Pier Nine,Pumpe,Proposal,open,Cy',
  ]

  it('is asked once for each value, kept, and asked no more', async () => {
    const made = desk()
    writeFileSync(made.file('deals.csv'), `${DEALS.join('\n')}\n`)
    made.ok('client', 'add', 'Pier Nine')
    made.ok('owner', 'add', 'Ann')
    const again = (): Terminal => atTerminal(made.folder, ['import', 'deals', 'deals.csv'], 160)
    const first = again()
    await first.see('Import them like this?')
    first.type(KEY.enter)
    await first.see('“läuft” in the column “Status” (2 rows) is:')
    first.type(KEY.enter)
    await first.see('No process has the stages raus.')
    first.type(KEY.down.repeat(2) + KEY.enter)
    await first.see('The stage “raus” is:')
    first.type(KEY.down.repeat(3) + KEY.enter)
    await first.see('Add 2 owners (AB, Cy)?')
    first.type(KEY.down.repeat(2) + KEY.enter)
    await first.see('The owner “AB” is:')
    first.type(KEY.down + KEY.enter)
    await first.see('The owner “Cy” is:')
    first.type(KEY.enter)
    await first.see('Add 1 owner (Cy)?')
    first.type(KEY.enter)
    await first.see('values of the column “Stage” were read as: raus → Proposal (2)')
    expect(await first.ended).toBe(0)
    const { deals } = made.json<{ deals: { owner: string; stage: string }[] }>('deal', 'list')
    expect(deals.map(({ owner, stage }) => `${owner} ${stage}`).toSorted()).toEqual([
      'Ann Proposal',
      'Ann Proposal',
      'Cy Proposal',
    ])

    const second = again()
    await second.see('Columns as you answered')
    await second.see('Import them like this?')
    second.type(KEY.enter)
    await second.see('3 unchanged')
    expect(await second.ended).toBe(0)
  })
})
