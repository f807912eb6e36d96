import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { openBook } from '../../src/book/open.ts'
import { contents } from '../support/book.ts'
import { type ImportsInside, importsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

interface Brought {
  operation: number | null
  read: number
  created: number
  updated: number
  unchanged: number
  skipped: number
  rejected: number
  changes: { process: string; stage: string | null; field: string }[]
}

let made: ImportsInside

const ok = (...words: string[]): Promise<string> => made.ok(...words)

function rowsOf({ folder }: ImportsInside): Record<string, unknown[]> {
  const book = openBook(path.join(folder, 'funnel.db'))
  try {
    const { operations: _, ...rows } = contents(book)
    return rows
  } finally {
    book.close()
  }
}

function given(file: unknown): string {
  writeFileSync(path.join(made.folder, 'p.json'), JSON.stringify(file))
  return 'p.json'
}

async function said(file: unknown, ...more: string[]): Promise<string> {
  const { code, out, err } = await runInside(made.folder, [
    'import',
    'processes',
    given(file),
    ...more,
  ])
  return `${code}: ${out}${err}`
}

/** A book whose owner has made processes of their own, and moved a deal through one. */
async function ownProcesses(): Promise<string> {
  await ok('owner', 'add', 'Bo Ek')
  await ok('process', 'add', 'Sales', '--stages', 'Lead=10%, Visit=33.3%, Offer=60%', '--ask-need')
  const visit = ['process', 'edit', 'Sales', '--stage', 'Visit']
  await ok(...visit, '--limit', '10', '--task', 'Drive there', '--who', 'Bo Ek')
  await ok(...visit, '--demand', 'amount, meeting, property:Fleet, deal-property:Colour')
  await ok('client', 'add', 'Quay')
  await ok('deal', 'add', 'Quay', 'Winch', '--process', 'Sales', '--need', 'lifting')
  await ok('process', 'edit', 'Sales', '--stages', 'Visit, Lead, Close=60%')
  await ok('settings', 'set', 'process', 'Sales')
  await ok('stage', 'edit', 'Close', '--first')
  await ok('process', 'edit', 'free', '--retire')
  await ok('stage', 'add', 'Trial')
  await ok('stage', 'edit', 'Trial', '--retire')
  await ok('process', 'edit', 'typical', '--name', 'Typical')
  const file = path.join(made.folder, 'processes.json')
  await ok('export', 'processes', '--out', file)
  return file
}

const of = (process: object) => ({ processes: [process] })
const typical = (...stages: unknown[]) => of({ name: 'typical', stages })

describe('a file of processes', () => {
  beforeEach(async () => {
    made = await importsInside()
  })

  it('goes into another book as it is, twice changes nothing, and is undone row for row', async () => {
    const file = await ownProcesses()
    const again = await importsInside()
    const before = rowsOf(again)
    const bring = ['import', 'processes', file, '--create', 'owners']
    const tried = await again.json<Brought>(...bring, '--dry-run')
    expect(rowsOf(again)).toEqual(before)
    const brought = await again.json<Brought>(...bring)
    expect(brought).toEqual({ ...tried, operation: 1 })
    expect(brought).toMatchObject({ read: 4, created: 1, updated: 2, unchanged: 1 })
    expect(brought).toMatchObject({ owners_added: ['Bo Ek'], stages_retired: [] })
    expect(await again.ok('export', 'processes')).toBe(await ok('export', 'processes'))
    for (const book of [again, made]) {
      const whole = rowsOf(book)
      const repeated = await book.json<Brought>(...bring)
      expect(repeated).toMatchObject({ operation: null, unchanged: 4, changes: [] })
      expect(rowsOf(book)).toEqual(whole)
    }
    expect(await again.ok('doctor')).toMatch(/sound|in order/)
    await again.ok('undo')
    expect(rowsOf(again)).toEqual(before)
  })

  it('lets the closed deals of the other book in, also where their stage is retired', async () => {
    const file = await ownProcesses()
    await ok('move', 'Winch', 'Visit')
    await ok('lose', 'Winch', '--reason', 'no need')
    await ok('process', 'edit', 'Sales', '--stages', 'Lead, Close')
    await ok('export', 'processes', '--out', file)
    const again = await importsInside()
    await again.ok('import', 'processes', file, '--create', 'owners')
    for (const kind of ['clients', 'deals', 'history']) {
      const list = path.join(made.folder, `${kind}.csv`)
      await ok('export', kind, '--out', list)
      await again.ok('import', kind, list, '--max-rejects', '0')
    }
    const losses = ['report', 'losses', '--csv']
    expect(await again.ok(...losses)).toBe(await ok(...losses))
  })

  it('says which fields and stages change, and which deals stay behind', async () => {
    await ok('client', 'add', 'Quay')
    await ok('deal', 'add', 'Quay', 'Winch')
    const stages = [
      { stage: 'Proposal', probability: 0.5, limit_days: null, demands: ['amount', 'call'] },
      { stage: 'Presentation' },
      { stage: 'Visit', probability: 0.1 },
    ]
    const file = { processes: [{ name: 'TYPICAL', asks_need: true, stages }] }
    const text = await said(file)
    expect(text).toContain('1 process read; 0 new, 1 changed, 0 unchanged.')
    for (const line of [
      'TYPICAL: name typical → TYPICAL',
      'TYPICAL: asks for the need no → yes',
      'TYPICAL: stages with Visit, without Qualification, Meeting preparation, Decision, Contract, ' +
        'Payment, Delivery, Completion, in the order Proposal, Presentation, Visit',
      'TYPICAL, Proposal: chance 40% → 50%',
      'TYPICAL, Proposal: limit, days 14 → none',
      'TYPICAL, Proposal: requirements none → amount, call',
      'New stages of the book: Visit',
      'warning: TYPICAL still has 1 open deal in Qualification; see: funnel deal list',
    ]) {
      expect(text).toContain(line)
    }
    expect(await said(file)).toBe('0: p.json: 1 process read; 0 new, 0 changed, 1 unchanged.\n')
  })

  it('leaves what it does not say', async () => {
    const file = {
      processes: [{ name: 'typical' }, { name: 'free', stages: [{ stage: 'Offer' }] }],
    }
    await said(file)
    const { processes } = JSON.parse(await ok('export', 'processes')) as {
      processes: { stages: { stage: string; task: string | null; retired: boolean }[] }[]
    }
    expect(processes[0]?.stages[0]).toMatchObject({ task: 'Find out need, budget and who decides' })
    expect(processes[1]?.stages.filter(({ retired }) => !retired)).toMatchObject([
      { stage: 'Offer', task: null },
    ])
  })

  it('is read from a pipe, with a byte order mark too', async () => {
    const input = `\uFEFF${JSON.stringify({ processes: [{ name: 'Shop', kind: 'plain' }] })}`
    const { code, out } = await runInside(made.folder, ['import', 'processes', '-'], { input })
    expect([code, out]).toEqual([
      0,
      'stdin: 1 process read; 1 new, 0 changed, 0 unchanged.\nNew processes: Shop\n',
    ])
  })

  it('gives no tasks to a retired owner, and does not retire the default process', async () => {
    await ok('owner', 'add', 'Cy')
    await ok('process', 'edit', 'typical', '--stage', 'Proposal', '--who', 'Cy')
    await ok('owner', 'edit', 'Cy', '--retire')
    // As deals have it: their owner does it.
    const file = JSON.parse(await ok('export', 'processes')) as object
    expect(await said(file)).toContain('0 changed')
    const stages = [{ stage: 'Proposal', who: 'Cy' }]
    expect(await said(typical(...stages))).toMatch(/^2: .*Cy is retired/)
    await ok('settings', 'set', 'process', 'free')
    expect(await said(of({ name: 'free', retired: true }))).toMatch(/^1: .*default process/)
    const both = [
      { name: 'free', retired: true },
      { name: 'plain', default: true },
    ]
    expect(await said({ processes: both })).toContain('plain: default no → yes')
  })

  it('is not a table', async () => {
    for (const words of [['--csv'], ['--out', 'p.csv'], ['--out', 'p.xlsx']]) {
      const { code, err } = await runInside(made.folder, ['export', 'processes', ...words])
      expect(`${code}: ${err}`).toMatch(/^2: .*processes go out as JSON, not as a table/)
    }
  })
})

const REFUSED: [what: string, file: unknown, why: RegExp][] = [
  ['a list', [], /is not a file of processes/],
  ['a file of a company', { company: {} }, /is not a file of processes/],
  [
    'an unknown key',
    of({ name: 'A', color: 'x' }),
    /“color” is not known[^]*known are: name, kind/,
  ],
  ['an unknown key of a stage', typical({ name: 'A' }), /stages 1: “name” is not[^]*: stage, pro/],
  ['an unknown list', { processes: [], rates: [] }, /“rates” is not known[^]*: processes, stages/],
  ['one name twice', of({ name: 'A' }).processes.concat({ name: 'a' }), /a file of processes/],
  [
    'two of one name',
    { processes: [{ name: 'A' }, { name: 'a' }] },
    /processes 2: “a” is there tw/,
  ],
  ['a stage twice', typical({ stage: 'A' }, { stage: 'a' }), /stages 2: “a” is there twice/],
  ['a stage of digits', typical({ stage: '12' }), /“12” has a name of digits alone/],
  ['an unknown kind', of({ name: 'A', kind: 'odd' }), /“odd” is not a kind[^]*guided, free, plain/],
  ['another kind', of({ name: 'typical', kind: 'free' }), /is guided in this book and free in/],
  [
    'a percentage',
    typical({ stage: 'A', probability: 40 }),
    /from 0 to 1[^]*40% is written as 0.4/,
  ],
  ['less than no chance', typical({ stage: 'A', probability: -0.1 }), /from 0 to 1/],
  ['no time', typical({ stage: 'A', limit_days: 0 }), /not a number of days from 1 on/],
  ['an unknown requirement', typical({ stage: 'A', demands: ['tea'] }), /cannot require “tea”/],
  ['requirements in a text', typical({ stage: 'A', demands: 'call' }), /“demands” is not a list/],
  ['a retired default', of({ name: 'A', default: true, retired: true }), /cannot be the default/],
  [
    'two defaults',
    {
      processes: [
        { name: 'free', default: true },
        { name: 'plain', default: true },
      ],
    },
    /more than one process is the default: free, plain/,
  ],
  ['guided without stages', of({ name: 'A', kind: 'guided' }), /A is guided, so it needs stages/],
  ['none left', typical({ stage: 'A', retired: true }), /typical is guided, so it needs stages/],
  ['plain with stages', of({ name: 'plain', stages: [{ stage: 'A' }] }), /so it has no stages/],
  ['an empty name', of({ name: '  ', kind: 'plain' }), /a name cannot be empty/],
  [
    'an unknown owner',
    typical({ stage: 'A', who: 'Cy' }),
    /owner Cy[^]*owner add "Cy"; .*--create/,
  ],
  [
    'a stage in use retired',
    { processes: [], stages: [{ name: 'Proposal', retired: true }] },
    /Proposal is a stage of: typical, free/,
  ],
]

it('is refused, with what is wrong and what to do', async () => {
  made = await importsInside()
  const before = rowsOf(made)
  for (const [what, file, why] of REFUSED) {
    const text = await said(file)
    expect(`${what}: ${text}`).toMatch(/^[^:]*: [123]: funnel: /)
    expect(text).toMatch(why)
    expect(text).not.toMatch(/unexpected/)
  }
  expect(rowsOf(made)).toEqual(before)
})
