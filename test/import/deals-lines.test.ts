import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Desk, desk } from '../support/funnel.ts'

interface Imported {
  created: number
  updated: number
  unchanged: number
  skipped: number
  rejects: { row: number; reason: string }[]
  notes: string[]
}

const HEAD = 'Id,Client,Title,Stage,Amount,Created\n'
const LIST = `${HEAD}D1,Harbour Foods,Cold store,First contact,1000,2026-11-02\n`

function bring(made: Desk, kind: string, text: string, ...options: string[]): Imported {
  writeFileSync(made.file('list.csv'), text)
  const { out } = made.run('import', kind, 'list.csv', '--json', ...options)
  return JSON.parse(out) as Imported
}

/** A deal of a file whose lines come to what the file says. */
function withLines(): Desk {
  const made = desk()
  expect(bring(made, 'deals', LIST, '--create', 'all')).toMatchObject({ created: 1 })
  made.ok('deal', 'line', 'add', '1', '--text', 'Cold room', '--price', '500', '--quantity', '2')
  return made
}

it('a list of deals does not change the amount of a deal with lines', () => {
  const made = withLines()
  expect(bring(made, 'deals', LIST, '--on-duplicate', 'update')).toMatchObject({ unchanged: 1 })
  const other = LIST.replace('1000', '900')
  expect(bring(made, 'deals', other)).toMatchObject({
    unchanged: 1,
    notes: expect.arrayContaining([expect.stringContaining('amount')]) as unknown,
  })
  const refused = bring(made, 'deals', other, '--on-duplicate', 'update')
  expect(refused).toMatchObject({
    updated: 0,
    rejects: [{ reason: 'amount and cost of deal 1 follow its lines' }],
  })
  expect(made.json('deal', 'show', '1')).toMatchObject({ amount: 1000 })
})

it('a history does not change the amount of a deal with lines', () => {
  const made = withLines()
  const steps = 'Deal,Stage,Date,Amount\nD1,Proposal,2026-11-05,700\n'
  const read = bring(made, 'history', steps, '--create', 'stages')
  expect(read).toMatchObject({ updated: 0, skipped: 1 })
  expect(read.notes.join('\n')).toContain('1 deal skipped: worked on in this book')
  expect(made.json('deal', 'show', '1')).toMatchObject({ amount: 1000 })
  expect(made.ok('doctor')).toContain('sound')
})
