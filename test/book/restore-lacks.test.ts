import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/funnel.ts'
import { inside, runInside } from '../support/inside.ts'

const FOLDER = newFolder()
afterAll(() => rmSync(FOLDER, { recursive: true }))

/** The rows of the nine operations. */
const ADDED = { clients: 3, deals: 1, interactions: 1, tasks: 2, invoices: 0, payments: 0 }

describe('before a book is replaced', () => {
  it('what it has and the backup lacks is listed, also where a yes is given', async () => {
    const { folder, ok } = await inside(FOLDER, 'lacks')
    await ok('client', 'add', 'Harbour Foods')
    await ok('backup', 'copy.db')
    expect((await runInside(folder, ['restore', 'copy.db'])).err).not.toContain('lacks')
    for (const name of ['Pier Nine', 'Quay', 'Mole Inn']) await ok('client', 'add', name)
    await ok('deal', 'add', 'Pier', 'Oven')
    await ok('log', 'call', 'Pier', '--next', 'Ring')
    await ok('client', 'edit', '1', '--region', 'North')
    await ok('undo')
    await ok('client', 'add', 'Gone')
    await ok('undo')
    // Three clients, the deal with the task of its stage, the call with its task; 9 operations.
    const said = [
      'the backup lacks 9 operations of this book, which added 3 clients, 1 deal, 1 interaction, 2 tasks:',
      'added client 5 (Gone)',
      'and 4 before: funnel history',
    ]
    const refused = await runInside(folder, ['restore', 'copy.db'])
    expect(refused.code).toBe(2)
    for (const line of said) expect(refused.err).toContain(line)
    const done = await runInside(folder, ['restore', 'copy.db', '--yes', '--json'])
    for (const line of said) expect(done.err).toContain(line)
    const { kept, lacked } = JSON.parse(done.out) as { kept: string; lacked: unknown }
    expect(lacked).toEqual({ operations: 9, ...ADDED, final: [] })
    // The way back: the book as it was has all that the backup has.
    const back = await runInside(folder, ['restore', path.resolve(folder, kept), '--yes'])
    expect(back.code).toBe(0)
    expect(back.err).not.toContain('lacks')
    expect(await ok('client', 'list')).toContain('Pier Nine')
  })

  it('invoices that were issued since are named, as their numbers are given again', async () => {
    const { folder, ok } = await inside(FOLDER, 'issued')
    await ok('client', 'add', 'Harbour Foods')
    await ok('invoice', 'add', 'harbour', '--line', 'Work @ 100 +0%')
    await ok('invoice', 'issue', 'd1', '--incomplete')
    await ok('backup', 'copy.db')
    await ok('invoice', 'add', 'harbour', '--line', 'Work @ 100 +0%')
    await ok('invoice', 'issue', 'd2', '--incomplete')
    await ok('payment', 'add', 'harbour', '100', '--for', '2026-0001')
    const { err, out } = await runInside(folder, ['restore', 'copy.db', '--yes', '--json'])
    expect(err).toContain('0 tasks, 1 invoice, 1 payment:')
    expect(err).toContain('the book will not know that invoice 2026-0002 was issued;')
    expect(JSON.parse(out)).toMatchObject({
      lacked: { invoices: 1, payments: 1, final: ['invoice 2026-0002 was issued'] },
    })
    await ok('invoice', 'add', 'harbour', '--line', 'Work @ 100 +0%')
    expect(await ok('invoice', 'issue', 'd2', '--incomplete')).toContain('2026-0002')
  })

  it('nothing is made up of a book that went another way', async () => {
    const { folder, ok } = await inside(FOLDER, 'apart')
    await ok('client', 'add', 'Harbour Foods')
    await ok('backup', 'copy.db')
    await ok('client', 'add', 'Pier Nine')
    await ok('restore', 'copy.db', '--yes')
    await ok('backup', 'second.db')
    const other = await inside(FOLDER, 'other')
    await other.ok('client', 'add', 'Quay')
    const { err } = await runInside(other.folder, ['restore', path.join(folder, 'second.db')])
    expect(err).toContain('it is of another book than this')
    expect(err).not.toContain('lacks')
  })
})
