import { describe, expect, it } from 'vitest'
import type { Day } from '../../src/domain/day.ts'
import { type KnownTask, pairStageTasks, type Stay } from '../../src/import/tasks/pairs.ts'

type Row = Parameters<typeof pairStageTasks>[0][number]

const open = (text: string): Row => ({ text, due: null, status: 'open', closed: null })
const done = (text: string, closed: string): Row => ({
  text,
  due: null,
  status: 'done',
  closed: closed as Day,
})
const inBook = (id: number, row: Row, isFresh = false): KnownTask => ({ ...row, id, isFresh })

/** The deal came to the stage in March and is there, unless told otherwise. */
const THERE: Stay = { since: '2026-03-01' as Day, isGuided: true }
const GONE: Stay = { since: null, isGuided: true }
const FREE: Stay = { since: '2026-03-01' as Day, isGuided: false }

/** `text: what becomes of it` for each row, in the order of the file. */
function fates(rows: Row[], tasks: KnownTask[], stay: Stay): string[] {
  return pairStageTasks(rows, tasks, stay).map((pair) => {
    const what = { known: () => `task ${'task' in pair ? pair.task : ''}`, new: () => 'new' }
    return `${pair.row.text}: ${pair.fate === 'refused' ? pair.reason : what[pair.fate]()}`
  })
}

describe('the open task of a stage', () => {
  it('is the one that the book has, whatever its text', () => {
    expect(fates([open('Write the offer')], [inBook(7, open('Send it'))], THERE)).toEqual([
      'Write the offer: task 7',
    ])
  })

  it('is new where the book has none and the deal is in the stage', () => {
    expect(fates([open('Write the offer')], [], THERE)).toEqual(['Write the offer: new'])
  })

  it('is refused where the deal has left the stage', () => {
    expect(fates([open('Write the offer')], [], GONE)).toEqual(['Write the offer: left'])
  })

  it('is one: of several in the file the last one counts', () => {
    expect(fates([open('First'), open('Second')], [], THERE)).toEqual([
      'First: second',
      'Second: new',
    ])
    const known = [inBook(7, open('Any'))]
    expect(fates([open('First'), open('Second')], known, THERE)).toEqual([
      'First: second',
      'Second: task 7',
    ])
    expect(fates([open('First'), open('Second')], [], GONE)).toEqual([
      'First: left',
      'Second: left',
    ])
  })
})

describe('closed tasks of a stage', () => {
  const feb = (): Row => done('Call', '2026-02-10')

  it('are known by text and day, each once', () => {
    const known = [inBook(3, feb()), inBook(4, feb())]
    expect(fates([feb(), feb(), feb()], known, THERE)).toEqual([
      'Call: task 3',
      'Call: task 4',
      'Call: new',
    ])
  })

  it('tell, the last first, of those that the import of the deal opened and closed', () => {
    const known = [inBook(3, done('Qualify', '2026-02-01'), true)]
    const rows = [done('Earlier', '2026-01-10'), done('Later', '2026-01-20')]
    expect(fates(rows, known, GONE)).toEqual(['Earlier: new', 'Later: task 3'])
  })

  it('never tell of one that a person has touched', () => {
    const known = [inBook(3, done('Qualify', '2026-02-01'))]
    expect(fates([done('Other', '2026-01-10')], known, GONE)).toEqual(['Other: new'])
  })

  it('of an earlier stay are new beside the open one', () => {
    const known = [inBook(7, open('Send it'))]
    expect(fates([feb()], known, THERE)).toEqual(['Call: new'])
  })

  it('of this stay would end it where stages follow one another, and are refused', () => {
    const known = [inBook(7, open('Send it'))]
    const rows = [done('Early', '2026-03-02'), done('Late', '2026-03-09')]
    expect(fates(rows, known, THERE)).toEqual(['Early: new', 'Late: still'])
  })

  it('of this stay close the open one where stages are free', () => {
    const known = [inBook(7, open('Send it'))]
    const rows = [done('Early', '2026-03-02'), done('Late', '2026-03-09')]
    expect(fates(rows, known, FREE)).toEqual(['Early: new', 'Late: task 7'])
  })
})
