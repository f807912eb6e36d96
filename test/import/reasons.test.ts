import { describe, expect, it } from 'vitest'
import { firstReasons } from '../../src/import/reasons.ts'
import { importsInside } from '../support/imports.ts'

describe('the first reasons for rejected rows', () => {
  it('names each kind once, with rows and counts', () => {
    const rejects = [
      { row: 2, reason: 'the book has no owner “Ann”; nearest: Anna (--create owners adds it)' },
      { row: 3, reason: 'the row has no name' },
      { row: 5, reason: 'the book has no owner “Bob”; nearest: Rob, Bo (--create owners adds it)' },
      { row: 6, reason: 'the book has no owner “Cy” (--create owners adds it)' },
      { row: 7, reason: 'the book has no owner “Di” (--create owners adds it)' },
      { row: 8, reason: 'the row has no name' },
      { row: 9, reason: '“soon” is not a date' },
      { row: 10, reason: '“x” is not an e-mail address' },
    ]
    expect(firstReasons(rejects.filter(({ row }) => ![6, 7].includes(row)))).toEqual([
      '2 rows (2, 5), such as: the book has no owner “Ann”; nearest: Anna (--create owners adds it)',
      '2 rows (3, 8): the row has no name',
      'row 9: “soon” is not a date',
      '… and 1 more reason',
    ])
    expect(firstReasons([])).toEqual([])
  })

  it('are said of a partial import with --quiet', async () => {
    const { attempt } = await importsInside()
    const lines = ['Company,Consent', 'Harbour,yes', 'Pier,perhaps', ',yes', 'Quay,maybe']
    const { code, out, err } = await attempt('clients', lines, '--quiet')
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toBe(
      'funnel: 3 of 4 rows were rejected\n' +
        '  2 rows (3, 5), such as: consent is “perhaps”, which is neither yes nor no\n' +
        '  row 4: the row has no name\n' +
        '  see them all: the same with --rejects FILE\n',
    )
  })

  it('stand in the refusal of --max-rejects 0, with nothing written', async () => {
    const { attempt, look } = await importsInside()
    const lines = ['Company,Consent', 'Harbour,yes', 'Pier,perhaps']
    const { code, err } = await attempt('clients', lines, '--max-rejects', '0', '--quiet')
    expect(code).toBe(1)
    expect(err).toContain('a row is rejected; nothing was imported\n  row 3: consent is “perhaps”')
    expect(look('SELECT 1 FROM clients')).toEqual([])
  })
})
