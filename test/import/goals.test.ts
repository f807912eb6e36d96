import { describe, expect, it } from 'vitest'
import { importsInside, type ImportsInside } from '../support/imports.ts'

const ROWS = 'SELECT owner_id, measure, every, from_day, to_day, value FROM goals ORDER BY id'

/** Goals of all kinds: of an owner and of all, of amounts and of numbers, for every month and for some days. */
async function filled(): Promise<ImportsInside> {
  const made = await importsInside()
  await made.ok('owner', 'add', 'Ann')
  await made.ok('goal', 'set', 'won-amount', '30000.50', '--every', 'month')
  await made.ok('goal', 'set', 'won-deals', '5', '--owner', 'Ann', '--period', '2026-12')
  await made.ok('goal', 'set', 'contacts-made', '0', '--every', 'year', '--from', '2026')
  await made.ok('settings', 'set', 'target-profit', '900')
  return made
}

describe('goals of a file', () => {
  it.each(['csv', 'xlsx', 'json'])('go out as %s and come back, once', async (format) => {
    const made = await filled()
    const other = await importsInside()
    const file = `${other.folder}/goals.${format}`
    await made.ok('export', 'goals', '--out', file)
    const words = ['import', 'goals', file, '--create', 'owners']
    expect(await other.json(...words)).toMatchObject({ created: 4, rejected: 0 })
    expect(other.look(ROWS)).toEqual(made.look(ROWS))
    expect(await other.json(...words)).toMatchObject({ created: 0, unchanged: 4 })
    await other.ok('undo')
    expect(other.look(ROWS)).toEqual([])
    expect(await other.ok('doctor')).toContain('sound')
  })

  it('are of people’s own making too, and change a value only if that is asked for', async () => {
    const made = await filled()
    const list = [
      'Kennzahl,Verkäufer,Von,Bis,Zielwert',
      'won-deals,Ann,01.12.2026,31.12.2026,7',
      'revenue,,01.10.2026,31.12.2026,"90.000,00"',
    ]
    const kept = await made.bring('goals', list, '--date-format', 'dmy')
    expect(kept).toMatchObject({ created: 1, unchanged: 1, left_out: [{ column: 'Zielwert' }] })
    const taken = await made.bring(
      'goals',
      list,
      '--on-duplicate',
      'update',
      '--date-format',
      'dmy',
    )
    expect(taken).toMatchObject({ updated: 1, unchanged: 1 })
    expect(made.look(ROWS)).toMatchObject([
      { value: 3_000_050 },
      { measure: 'won-deals', owner_id: 1, value: 7 },
      { measure: 'contacts-made' },
      { measure: 'won-profit' },
      { measure: 'won-amount', owner_id: null, from_day: '2026-10-01', value: 9_000_000 },
    ])
  })

  it('are rejected row by row, with the reason', async () => {
    const made = await filled()
    const list = [
      'measure,owner,every,from,to,goal',
      'won-profits,,month,,,5',
      'won-deals,,month,,,2.5',
      'won-deals,,fortnight,,,2',
      'won-deals,,,2026-12-01,,2',
      'won-deals,,,2026-12-31,2026-12-01,2',
      'won-deals,Bo,month,,,2',
      'won-deals,,quarter,2026-11-20,,2',
    ]
    const { created, rejects } = await made.bring('goals', list)
    expect(rejects.map(({ reason }) => reason)).toEqual([
      '“won-profits” is not something that goals are set for; did you mean won-profit?',
      expect.stringContaining('not a whole number'),
      expect.stringContaining('month, quarter, year'),
      expect.stringContaining('a first and a last day'),
      expect.stringContaining('it ends on 2026-12-01'),
      expect.stringContaining('Bo'),
    ])
    // A goal of every quarter begins with one.
    expect(created).toBe(1)
    expect(made.look(ROWS).at(-1)).toMatchObject({ every: 'quarter', from_day: '2026-10-01' })
  })
})
