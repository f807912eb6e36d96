import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { desk, type Desk } from '../support/funnel.ts'

function withList(): Desk {
  const made = desk()
  writeFileSync(made.file('list.csv'), 'Name,Region\nPier Nine,North\nHarbour Foods,South\n')
  return made
}

const clients = ({ json }: Desk): number =>
  json<{ clients: unknown[] }>('client', 'list').clients.length

describe('undoing the undoing of an import', () => {
  it('is refused where the same file was imported since, and names what to undo', () => {
    const made = withList()
    made.ok('import', 'clients', 'list.csv')
    made.ok('undo')
    made.ok('import', 'clients', 'list.csv')
    const { code, out, err } = made.run('undo', '2')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(
      'list.csv would be in the book twice, as operation 3 (funnel import clients list.csv) ' +
        'imported the same file again\n  undo that one first: funnel undo 3\n',
    )
    expect(clients(made)).toBe(2)
    made.ok('undo', '3')
    made.ok('undo', '2')
    expect(clients(made)).toBe(2)
    // The other way round: the second import may not come back either.
    expect(made.run('undo', '4').err).toContain('undo that one first: funnel undo 5')
    expect(clients(made)).toBe(2)
    expect(made.ok('doctor')).toContain('is sound')
  })

  it('is done, without a word, where nothing of it came since', () => {
    const made = withList()
    made.ok('import', 'clients', 'list.csv')
    made.ok('undo')
    made.ok('client', 'add', 'Mill & Sons')
    expect(made.run('undo', '2')).toMatchObject({ code: 0, err: '' })
    expect(clients(made)).toBe(3)
  })

  it('says which records look like others that were added since', () => {
    const made = withList()
    made.ok('import', 'clients', 'list.csv')
    made.ok('undo')
    made.ok('client', 'add', 'PIER nine')
    expect(made.run('undo', '2')).toMatchObject({
      code: 0,
      err: 'note: brought back 1 client of the name of one that came since; see: funnel client duplicates\n',
    })
    // What was brought back came since as well.
    for (const operation of ['4', '3', '5']) made.ok('undo', operation)
    expect(made.json('undo', '6')).toMatchObject({
      undone: 6,
      notes: [expect.stringContaining('brought back 1 client')],
    })
  })

  it('of a deal as well', () => {
    const made = withList()
    made.ok('import', 'clients', 'list.csv')
    made.ok('deal', 'add', 'pier', 'Winch')
    made.ok('undo')
    made.ok('deal', 'add', 'pier', 'winch')
    expect(made.run('undo', '3').err).toContain(
      '1 deal of the client and title of one that came since',
    )
  })
})
