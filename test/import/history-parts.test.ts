import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runIn } from '../support/funnel.ts'
import { importDesk, type ImportDesk, type Imported } from '../support/imports.ts'

const DEAL = ['ref,client,title,status,opened,closed', 'D1,A,one,won,2024-01-02,2024-02-01']
const HEADER = 'deal,stage,at,owner'
const ROWS = [
  'D1,Qualification,2024-01-02,Ann',
  'D1,Presentation,2024-01-10,Ann',
  'D1,Proposal,2024-01-20,Bob',
  'D1,Won,2024-02-01,Ann',
]

/** A book to which the deals came yesterday. */
function ready(deals = DEAL): ImportDesk {
  const made = importDesk()
  writeFileSync(made.file('deals.csv'), `${deals.join('\n')}\n`)
  const args = ['import', 'deals', 'deals.csv', '--create', 'clients']
  const yesterday = { env: { FUNNEL_TODAY: '2026-11-22' } }
  expect(runIn(made.folder, args, yesterday)).toMatchObject({ code: 0 })
  made.ok('owner', 'add', 'Ann')
  return made
}

const course = ({ look }: ImportDesk): unknown[] =>
  look(`SELECT e.kind, e.at, s.name AS stage, e.amount, e.owner_id, e.note FROM events e
    LEFT JOIN stages s ON s.id = e.stage_id ORDER BY e.deal_id, e.at, e.id`)

const steps = (made: ImportDesk): string[] =>
  (course(made) as { kind: string; at: string; stage: string | null }[]).map(
    ({ kind, at, stage }) => `${at} ${stage ?? kind}`,
  )

/** The course that one file of all rows gives, in a book of its own. */
function inOneFile(rows: string[], header = HEADER, deals = DEAL): unknown[] {
  const whole = ready(deals)
  whole.bring('history', [header, ...rows], '--create', 'owners')
  return course(whole)
}

const UNCHANGED = { operation: null, updated: 0, created: 0, rejected: 0 }

describe('a history that comes in parts', () => {
  it('keeps what is told when rejected rows are mended and come again', () => {
    const made = ready()
    const { bring, ok, file, run } = made
    const done = bring('history', [HEADER, ...ROWS], '--rejects', 'mend.csv')
    expect(done).toMatchObject({ updated: 3, rejected: 1 })
    const before = course(made)
    const mended = readFileSync(file('mend.csv'), 'utf8').replace(',Bob,', ',Ann,')
    writeFileSync(file('mend.csv'), mended)
    const again = JSON.parse(ok('import', 'history', 'mend.csv', '--json')) as Imported
    expect(again).toMatchObject({ read: 1, updated: 1 })
    expect(steps(made)).toEqual([
      '2024-01-02 Qualification',
      '2024-01-10 Presentation',
      '2024-01-20 Proposal',
      '2024-02-01 won',
    ])
    expect(course(made)).toEqual(inOneFile(ROWS.map((row) => row.replace('Bob', 'Ann'))))
    // Neither file changes anything when it comes again.
    const first = [HEADER, ...ROWS.filter((row) => !row.includes('Bob'))]
    expect(bring('history', first)).toMatchObject({ ...UNCHANGED, unchanged: 3 })
    expect(JSON.parse(ok('import', 'history', 'mend.csv', '--json'))).toMatchObject(UNCHANGED)
    expect(run('undo')).toMatchObject({ code: 0 })
    expect(course(made)).toEqual(before)
    expect(ok('doctor')).toContain('is sound')
  })

  it('comes to the same in whatever two files, in either order', () => {
    const rows = [
      'D1,Qualification,2024-01-02,Ann,80',
      'D1,Presentation,2024-01-10,Ann,90',
      'D1,Proposal,2024-01-10,Ann,90',
      'D1,Lost,2024-01-15,,',
      'D1,Decision,2024-02-10,Ann,100',
      'D1,Decision,2024-02-12,Ann,120',
      'D1,Won,2024-02-12,,',
    ]
    const deals = [`${DEAL[0]},amount,owner`, `${DEAL[1]},120,`]
    const header = `${HEADER},amount`
    const whole = inOneFile(rows, header, deals)
    expect(whole).toHaveLength(10)
    for (const cut of [1, 3, 4, 6]) {
      for (const turned of [false, true]) {
        const parts = [rows.slice(0, cut), rows.slice(cut)]
        if (turned) parts.reverse()
        const made = ready(deals)
        for (const part of parts) made.bring('history', [header, ...part])
        expect([cut, turned, course(made)]).toEqual([cut, turned, whole])
        for (const part of [parts[0] ?? [], rows]) {
          const again = made.bring('history', [header, ...part])
          expect([cut, turned, again]).toMatchObject([cut, turned, UNCHANGED])
        }
      }
    }
  }, 120_000)

  it('lets the end that the deals gave go when a later file tells the real one', () => {
    const made = ready()
    made.bring('history', [HEADER, ROWS[0] ?? ''])
    expect(steps(made)).toEqual(['2024-01-02 Qualification', '2024-02-01 won'])
    made.bring('history', [HEADER, 'D1,Proposal,2024-02-10,', 'D1,Won,2024-03-01,'])
    expect(steps(made)).toEqual([
      '2024-01-02 Qualification',
      '2024-02-10 Proposal',
      '2024-03-01 won',
    ])
  })

  it('joins events that name themselves likewise', () => {
    const made = ready()
    const header = 'deal,stage,at,event,note'
    const rows = [
      'D1,Qualification,2024-01-02,opened,from a fair',
      'D1,Presentation,2024-01-10,moved,went well',
      'D1,,2024-02-01,won,',
    ]
    made.bring('history', [header, rows[0] ?? '', rows[2] ?? ''])
    made.bring('history', [header, rows[1] ?? ''])
    expect(steps(made)).toEqual([
      '2024-01-02 Qualification',
      '2024-01-10 Presentation',
      '2024-02-01 won',
    ])
    for (const row of rows) {
      expect(made.bring('history', [header, row])).toMatchObject(UNCHANGED)
    }
    // Rows that cannot say what is known do not take its place.
    const less = made.bring('history', [HEADER, ROWS[2]?.replace('Bob', 'Ann') ?? ''])
    expect(less.rejects).toMatchObject([
      { reason: expect.stringContaining('a list of stages would lose') as string },
    ])
    expect(steps(made)).toHaveLength(3)
  })

  it('takes the amount of the later file, though the clock stands still', () => {
    const made = importDesk()
    const { bring, look } = made
    const deals = ['ref,client,title,opened,amount', 'D1,A,one,2024-01-02,100']
    bring('deals', deals, '--create', 'clients')
    const stages = (amount: number): string[] => [
      'deal,stage,at,amount',
      'D1,Qualification,2024-01-02,80',
      `D1,Proposal,2024-01-20,${amount}`,
    ]
    const amounts = (): unknown[] =>
      look("SELECT amount FROM events WHERE kind <> 'moved' ORDER BY id").map((row) => row.amount)
    bring('history', stages(90))
    // What the list of deals gives is its amount in the end.
    expect(amounts()).toEqual([8000, 9000, 10_000])
    expect(bring('history', stages(90))).toMatchObject(UNCHANGED)
    bring('history', stages(95))
    expect(amounts()).toEqual([8000, 9500, 10_000])

    const named = (amount: number): string[] => [
      'deal,stage,at,event,amount',
      'D1,Qualification,2024-01-02,opened,80',
      'D1,Proposal,2024-01-20,moved,',
      `D1,,2024-01-20,amended,${amount}`,
      'D1,Decision,2024-01-20,moved,',
    ]
    const other = importDesk()
    other.bring('deals', deals, '--create', 'clients')
    other.bring('history', named(90))
    other.bring('history', named(95))
    expect(other.look('SELECT amount FROM deals')).toEqual([{ amount: 9500 }])
    expect(steps(other).at(-1)).toBe('2024-01-20 Decision')
    expect(other.bring('history', named(95))).toMatchObject(UNCHANGED)
  })
})
