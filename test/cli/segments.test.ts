import { Readable } from 'node:stream'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { run } from '../../src/main.ts'
import { desk, type Desk, TODAY } from '../support/funnel.ts'

/** Runs in this process, on a terminal of 100 columns. */
async function onTerminal(made: Desk, args: string[], env = {}): Promise<string> {
  let text = ''
  const out = { write: (part: string) => (text += part), isTTY: true, columns: 100 }
  const io: Io = {
    stdin: Readable.from([]),
    stdout: out,
    stderr: { write: () => true },
    env: { FUNNEL_TODAY: TODAY, ...env },
    cwd: made.folder,
    now: () => new Date(),
  }
  expect(await run(args, io)).toBe(0)
  return text
}

function town(): Desk {
  const made = desk()
  made.ok('owner', 'add', 'Ann')
  made.ok('client', 'add', 'Harbour Foods', '--region', 'North', '--size', 'large')
  made.ok('client', 'add', 'Pier Nine', '--region', 'North', '--size', 'small', '--owner', 'Ann')
  made.ok(
    'client',
    'add',
    '=cmd',
    '--region',
    'South',
    '--property',
    'Fleet=12',
    '--email',
    'a@b.example',
  )
  return made
}

const names = (made: Desk, ...words: string[]): string[] =>
  made
    .json<{ clients: { name: string }[] }>('client', 'list', ...words)
    .clients.map(({ name }) => name)

describe('segments', () => {
  it('are kept, used, changed, forgotten, and brought back by undo', () => {
    const made = town()
    made.ok('segment', 'add', 'Big North', '--where', 'region=North', '--where', 'size!=small')
    expect(names(made, '--segment', 'big north')).toEqual(['Harbour Foods'])
    made.ok('client', 'edit', 'pier', '--size', 'huge')
    expect(names(made, '--segment', 'big')).toEqual(['Harbour Foods', 'Pier Nine'])
    expect(names(made, '--segment', 'big', '--where', 'owner=Ann')).toEqual(['Pier Nine'])
    made.ok('segment', 'edit', 'big', '--where', 'region=South', '--name', 'South')
    expect(names(made, '--segment', 'south')).toEqual(['=cmd'])
    expect(made.json('segment', 'show', 'south')).toMatchObject({
      name: 'South',
      conditions: 'region=South',
      clients: [{ name: '=cmd' }],
    })
    made.ok('segment', 'delete', 'south')
    expect(made.run('client', 'list', '--segment', 'south')).toMatchObject({ code: 3 })
    made.ok('undo')
    expect(made.json('segment', 'list')).toMatchObject({
      segments: [{ name: 'South', conditions: 'region=South' }],
    })
    expect(made.ok('doctor')).toContain('is sound')
  })

  it('are refused without conditions, with wrong ones, and under a name that is taken', () => {
    const made = town()
    expect(made.run('segment', 'add', 'All')).toMatchObject({ code: 2 })
    expect(made.run('segment', 'add', 'Odd', '--where', 'regoin=x').err).toContain('mean region?')
    made.ok('segment', 'add', 'North', '--where', 'region=North')
    expect(made.run('segment', 'add', 'NORTH', '--where', 'size=1')).toMatchObject({ code: 2 })
    expect(made.run('segment', 'edit', 'north')).toMatchObject({ code: 2 })
  })
})

describe('client list', () => {
  it('writes the columns asked for as CSV, safe for a spreadsheet, and as JSON', () => {
    const made = town()
    const words = ['client', 'list', '--columns', 'name,email,property:Fleet', '--sort', '-id']
    expect(made.ok(...words, '--limit', '2', '--csv')).toBe(
      "name,email,property:Fleet\r\n'=cmd,a@b.example,12\r\nPier Nine,,\r\n",
    )
    expect(made.json(...words, '--limit', '1')).toEqual({
      clients: [{ name: '=cmd', email: 'a@b.example', 'property:Fleet': '12' }],
    })
  })

  it('says what it shows', () => {
    const out = town().ok('client', 'list', '--where', 'region=North', '--where', 'owner=none')
    expect(out).toContain('Clients (1)')
    expect(out).toContain('Where: region=North, owner=none')
    expect(out).toContain('Harbour Foods')
    expect(town().ok('client', 'list', '--where', 'region=East')).toContain('No client fits.')
  })
})

describe('find', () => {
  it('names record and number, and what matched in its context', () => {
    const made = town()
    made.ok('log', 'call', 'harbour', 'they want a quieter generator for the cold store')
    made.ok('deal', 'add', 'pier', 'Generator for the pier', '--need', 'power at night')
    expect(made.json('find', 'GENERATOR')).toEqual({
      hits: [
        {
          kind: 'deal',
          id: 1,
          client: 'Pier Nine',
          text: 'Generator for the pier',
          field: 'title',
          day: '2026-11-23',
          client_id: 2,
        },
        {
          kind: 'interaction',
          id: 1,
          client: 'Harbour Foods',
          text: 'they want a quieter generator for the cold store',
          field: 'call',
          day: '2026-11-23',
          client_id: 1,
        },
      ],
    })
    expect(made.ok('find', 'gener', '--limit', '1')).toContain('Found (1, or more)')
    expect(made.ok('find', 'gener', '--csv')).toMatch(
      /^kind,id,client,text,field,day,client_id\r\n/,
    )
    expect(made.ok('find', 'nothing', 'such')).toContain('Nothing holds “nothing such”.')
    expect(made.run('find')).toMatchObject({ code: 2 })
  })
})

describe('find on a terminal', () => {
  it('sets off what was looked for, and lets nothing else through', async () => {
    const made = town()
    made.ok('client', 'add', 'Zürich \u001b[31mPier\u001b[0m 東京 🎉')
    const text = await onTerminal(made, ['find', 'zurich'])
    expect(text).toContain('\u001b[1m\u001b[33mZürich\u001b[39m\u001b[22m [31mPier[0m 東京 🎉')
    // Plain where there is no colour, and in a pipe.
    expect(await onTerminal(made, ['find', 'zurich'], { NO_COLOR: '1' })).not.toContain('\u001b')
    expect(made.ok('find', 'zurich')).not.toContain('\u001b')
  })

  it('lines up names of every script', async () => {
    const made = town()
    for (const name of ['Pier 東京貿易', 'Pier ไทย', 'Pier Завод', 'Pier شركة', 'Pier 🎉🎉']) {
      made.ok('client', 'add', name)
    }
    const text = await onTerminal(made, ['find', 'pier'], { NO_COLOR: '1' })
    const lines = text.split('\n').filter((line) => line.startsWith('client'))
    expect(lines.length).toBe(6)
    const starts = lines.map((line) => stringWidth(line.slice(0, line.lastIndexOf('name'))))
    expect(new Set(starts).size).toBe(1)
  })
})
