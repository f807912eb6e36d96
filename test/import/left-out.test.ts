import { describe, expect, it } from 'vitest'
import { importsInside } from '../support/imports.ts'

const CALLS = ['Client,Date,Weather,Mood', 'Nord,2026-11-02,sunny,good', 'Nord,2026-11-03,rain,']

describe('columns that no field takes', () => {
  it('are named in one line, with --quiet too, and in JSON', async () => {
    const { attempt, bring } = await importsInside()
    const line =
      '2 columns were left out: “Weather” (2 cells: “sunny”), “Mood” (1 cell: “good”) ' +
      '(--map "Weather=text" keeps it, --ignore "Weather" says it is not wanted)'
    const shown = await attempt('interactions', CALLS, '--create', 'clients')
    expect(shown.out.replaceAll('\n', ' ')).toContain(line)
    expect(shown.err).toBe('')
    const quiet = await attempt('interactions', CALLS, '--quiet')
    expect(quiet).toEqual(expect.objectContaining({ code: 0, out: '', err: `funnel: ${line}\n` }))
    expect(await bring('interactions', CALLS)).toMatchObject({
      unchanged: 2,
      left_out: [
        { column: 'Weather', cells: 2, sample: 'sunny' },
        { column: 'Mood', cells: 1, sample: 'good' },
      ],
    })
  })

  it('are kept as the line says', async () => {
    const { bring, look } = await importsInside()
    const args = ['--create', 'clients', '--map', 'Weather=text', '--map', 'Mood=text']
    expect(await bring('interactions', CALLS, ...args)).toMatchObject({ left_out: [] })
    expect(look('SELECT text FROM interactions ORDER BY at')).toEqual([
      { text: 'sunny\ngood' },
      { text: 'rain' },
    ])
  })

  it.each([
    ['ignored', ['--ignore', 'Weather', '--ignore', 'Mood']],
    ['left out by a profile', ['--profile', 'calls']],
  ])('are not spoken of where they are %s', async (_, args) => {
    const { attempt, ok } = await importsInside()
    const saved = ['--save-profile', 'calls', '--ignore', 'Weather', '--ignore', 'Mood']
    await attempt('interactions', CALLS, '--create', 'clients', ...saved)
    expect(await ok('profile', 'show', 'calls')).toMatch(/Weather +nothing/)
    const again = await attempt('interactions', CALLS, '--json', ...args)
    expect(again.err).toBe('')
    expect(JSON.parse(again.out)).toMatchObject({ unchanged: 2, left_out: [] })
  })

  it('are not counted in rows that are rejected, and a blank cell is none', async () => {
    const { bring } = await importsInside()
    const list = [
      'Task,Due,Colour',
      'Ring,2026-12-01,red',
      'Write,someday,blue',
      'Ask,2026-12-02, ',
    ]
    const done = await bring('tasks', list)
    expect(done).toMatchObject({ created: 2, rejected: 1 })
    expect(done.left_out).toEqual([{ column: 'Colour', cells: 1, sample: 'red' }])
  })

  it('are in the columns and notes of JSON where they are kept without a header', async () => {
    const { bring } = await importsInside()
    const rows = (what: string) => [`${what},`, ...'ABC'.split('').map((name) => `${name},,`)]
    for (const [kind, what] of [
      ['clients', 'Name,Note'],
      ['deals', 'Client,Title'],
    ] as const) {
      // A cell far below what the headers were judged by.
      const list = [
        ...rows(what),
        ...Array.from({ length: 300 }, (_, at) => `${kind} ${at},x${at},`),
      ]
      const done = await bring(kind, [...list, 'Nord,Boiler,hey'], '--create', 'clients')
      expect(done.left_out).toEqual([])
      expect(done.columns.at(-1)).toEqual({ header: '', field: 'property:Column 3', by: 'none' })
      expect(done.notes).toContain(
        '1 cell without a header is kept as a property: “Column 3” (1 cell: “hey”)',
      )
    }
  })

  it('are what a history of stages says only of events', async () => {
    const { bring, attempt } = await importsInside()
    await bring('deals', ['Ref,Client,Title', 'D-1,Nord,Boiler'], '--create', 'clients')
    const steps = ['Deal,Stage,Date,Note,By hand', 'D-1,Proposal,2026-11-02,sent it,x']
    const { out, err } = await attempt('history', steps, '--json')
    expect((JSON.parse(out) as { left_out: unknown }).left_out).toEqual([
      { column: 'Note', cells: 1, sample: 'sent it' },
      { column: 'By hand', cells: 1, sample: 'x' },
    ])
    expect(err).toContain('2 columns were left out: “Note” (1 cell: “sent it”)')
  })

  it('are not steered by what a cell holds', async () => {
    const { attempt } = await importsInside()
    const list = ['Task,Due,Colour', 'Ring,2026-12-01,"red\u001B[31m\ngreen"']
    const { err } = await attempt('tasks', list, '--quiet')
    expect(err).not.toContain('\u001B')
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

describe('cells for which the book has another value', () => {
  it.each<[kind: string, before: string[], after: string[], names: string, left: unknown[]]>([
    [
      'clients',
      ['Name,Territory,Fleet', 'Nord,North,3'],
      ['Name,Territory,Fleet', 'Nord,South,4'],
      'region, Fleet',
      [
        { column: 'Territory', cells: 1, sample: 'South' },
        { column: 'Fleet', cells: 1, sample: '4' },
      ],
    ],
    [
      'deals',
      ['Ref,Customer,Deal,Value,Expected close,Crane', 'D1,Nord,Mast,900,2026-12-24,old'],
      ['Ref,Customer,Deal,Value,Expected close,Crane', 'D1,Nord,Mast,950,2026-12-31,new'],
      'amount, expected-close, Crane',
      [
        { column: 'Value', cells: 1, sample: '950' },
        { column: 'Expected close', cells: 1, sample: '2026-12-31' },
        { column: 'Crane', cells: 1, sample: 'new' },
      ],
    ],
    [
      'tasks',
      ['To do,Deadline,Result', 'Ring,2026-12-01,not there'],
      ['To do,Deadline,Result', 'Ring,2026-12-01,said yes'],
      'result',
      [{ column: 'Result', cells: 1, sample: 'said yes' }],
    ],
    [
      'interactions',
      ['Client,Date,Type,Outcome,Rep', 'Nord,2026-11-02,call,no answer,'],
      ['Client,Date,Type,Outcome,Rep', 'Nord,2026-11-02,call,interested,Ann'],
      'result, owner',
      [
        { column: 'Outcome', cells: 1, sample: 'interested' },
        { column: 'Rep', cells: 1, sample: 'Ann' },
      ],
    ],
  ])('are named by column for %s, with --quiet too, and in JSON', async (kind, ...rest) => {
    const [before, after, names, left] = rest
    const { bring, attempt } = await importsInside()
    await bring(kind, before, '--create', 'clients,owners')
    const done = await bring(kind, after, '--create', 'owners')
    expect(done).toMatchObject({ operation: null, unchanged: 1, left_out: left })
    const quiet = await attempt(kind, after, '--create', 'owners', '--quiet')
    expect(quiet).toMatchObject({ code: 0, out: '' })
    expect(quiet.err).toMatch(
      /^funnel: \d (?:cell|value)s? left alone \(row 2\): the book has another one/,
    )
    expect(quiet.err.endsWith(`: ${names}\n`)).toBe(true)
  })
})
