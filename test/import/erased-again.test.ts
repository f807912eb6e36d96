import { describe, expect, it } from 'vitest'
import { importsInside, type ImportsInside } from '../support/imports.ts'
import { runInside } from '../support/inside.ts'

const HEADER = 'ref,Name,Contact,Email,Phone,Region'
const OLD = [
  HEADER,
  'Z-1,Zelinda Horse,Zelinda Horse,zelinda@horse.example,06221 5550144,North',
  'P-9,Pier Nine,,office@pier.example,,South',
]
const AGAIN = '(--include-erased adds it all the same)'

async function withErased(): Promise<ImportsInside> {
  const desk = await importsInside()
  await desk.bring('clients', OLD)
  await desk.ok('client', 'erase', 'zelinda', '--yes')
  return desk
}

describe('a client that was erased', () => {
  it('is not brought back by the old file: its row is rejected, and that is said', async () => {
    const { attempt, bring, look } = await withErased()
    const done = await bring('clients', OLD)
    expect(done).toMatchObject({ created: 0, unchanged: 1, rejected: 1 })
    expect(done.rejects).toEqual([
      { row: 2, reason: `a client of this e-mail was erased on 2026-11-23 ${AGAIN}` },
    ])
    const quiet = await attempt('clients', OLD, '--quiet')
    expect(quiet.err).toContain('row 2: a client of this e-mail was erased on 2026-11-23')
    expect(look('SELECT name FROM clients ORDER BY id')).toEqual([
      { name: 'erased client 1' },
      { name: 'Pier Nine' },
    ])
  })

  it.each([
    ['reference', 'Z-1,Other,,,,'],
    ['name', ',ZELINDA  horse,,,,'],
    ['e-mail', ',Other,,Zelinda@Horse.example,,'],
    ['phone', ',Other,,,+49 6221 5550144,'],
    ['name', ',Other company,Zelinda Horse,,,'],
  ])('is known by its %s', async (by, row) => {
    const { bring, ok } = await withErased()
    await ok('settings', 'set', 'country', 'DE')
    const done = await bring('clients', [HEADER, row])
    expect(done.rejects).toEqual([
      { row: 2, reason: `a client of this ${by} was erased on 2026-11-23 ${AGAIN}` },
    ])
  })

  it('comes in again where that is asked for, loudly', async () => {
    const { attempt, bring, look } = await withErased()
    const { err } = await attempt('clients', OLD, '--include-erased', '--quiet', '--dry-run')
    expect(err).toBe('funnel: 1 client that was erased from this book added again (row 2)\n')
    const done = await bring('clients', OLD, '--include-erased')
    expect(done).toMatchObject({ created: 1, unchanged: 1 })
    expect(done.notes).toContain('1 client that was erased from this book added again (row 2)')
    expect(await bring('clients', OLD)).toMatchObject({ operation: null, unchanged: 2 })
    expect(look('SELECT 1 FROM clients')).toHaveLength(3)
  })

  it('is not made by the rows of its deals either', async () => {
    const { bring } = await withErased()
    const deals = ['Client,Title', 'Zelinda Horse,Sofa', 'Pier Nine,Sofa']
    const done = await bring('deals', deals, '--create', 'clients')
    expect(done).toMatchObject({ created: 1, rejected: 1 })
    expect(done.rejects[0]?.reason).toContain('a client of this name was erased')
  })

  it('is warned of where it is typed in', async () => {
    const { folder, look } = await withErased()
    const typed = await runInside(folder, ['client', 'add', 'Zelinda Horse', '--quiet'])
    expect(typed).toMatchObject({ code: 0 })
    expect(typed.err).toContain('a client of this name was erased on 2026-11-23')
    const other = await runInside(folder, ['client', 'add', 'Zelda', '--email', 'z@z.example'])
    expect(other.err).toBe('')
    expect(look('SELECT 1 FROM clients')).toHaveLength(4)
  })

  it('leaves nothing but hashes, another in every book', async () => {
    const one = await withErased()
    const two = await withErased()
    const kept = (desk: ImportsInside) =>
      desk.look('SELECT kind, hash FROM erased_keys ORDER BY kind').map(({ hash }) => hash)
    expect(kept(one)).toHaveLength(4)
    expect(kept(one).join()).toMatch(/^[\da-f,]+$/)
    expect(kept(one).filter((hash) => kept(two).includes(hash))).toEqual([])
    expect(await one.ok('doctor')).toContain('is sound')
  })
})

describe('the traces that erasing names', () => {
  it('are those where the person still stands, and no others', async () => {
    const { bring, folder, json, ok, save } = await importsInside()
    await bring('clients', OLD)
    await ok('client', 'add', 'Zelindahorses', '--note', 'no Zelinda Horses here')
    await ok('client', 'add', 'Quay', '--note', 'knows Zelinda Horse', '--region', 'North')
    await ok('deal', 'add', 'zelinda horse', 'Annual licence')
    await ok('deal', 'add', 'quay', 'Annual licence')
    const before = await runInside(folder, ['backup', 'funnel.db.before'])
    expect(before.code).toBe(0)
    save('funnel.db.notes', 'nothing of interest\n')
    const done = await json('client', 'erase', 'Zelinda Horse', '--yes')
    expect(done).toMatchObject({ files: ['clients.csv'], mentions: ['client 4'] })
    expect(JSON.stringify(done.copies)).toContain('funnel.db.before')
    expect(JSON.stringify(done.copies)).not.toContain('notes')
  })

  it('are not a file that no longer holds the person, nor a copy that never did', async () => {
    const { bring, folder, json, ok, save } = await importsInside()
    await runInside(folder, ['backup', 'funnel.db.empty'])
    await bring('clients', OLD)
    await ok('client', 'list')
    save('clients.csv', `${HEADER}\nP-9,Pier Nine,,office@pier.example,,South\n`)
    const done = await json('client', 'erase', 'zelinda', '--yes')
    expect(done).toMatchObject({ copies: [], files: [], mentions: [] })
  })
})
