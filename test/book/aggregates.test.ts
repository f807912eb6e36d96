import { describe, expect, it } from 'vitest'
import { newBook } from '../support/book.ts'

const ROWS = `(VALUES (1, 'won'), (NULL, 'won'), (1, 'won'), (1, 'lost'), (NULL, 'won'), (12, '"'))`

describe('tally', () => {
  it('counts what GROUP BY counts', () => {
    const { store, close } = newBook()
    const counted = store
      .prepare(`SELECT tally(column1, column2) FROM ${ROWS}`)
      .pluck()
      .get() as string
    const grouped = store
      .prepare(`SELECT column1, column2, count(*) FROM ${ROWS} GROUP BY 1, 2`)
      .raw()
      .all() as [number | null, string, number][]
    const expected = grouped.map(([id, outcome, count]) => [[id, outcome], count])
    expect(JSON.parse(counted)).toHaveLength(expected.length)
    expect(JSON.parse(counted)).toEqual(expect.arrayContaining(expected))
    close()
  })

  it('of nothing is empty', () => {
    const { store, close } = newBook()
    expect(store.prepare('SELECT tally(1) WHERE 0').pluck().get()).toBe('[]')
    close()
  })
})
