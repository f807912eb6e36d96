import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inside, inside, runInside } from '../support/inside.ts'

let parent: string
let book: Inside

beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'funnel-'))
  book = await inside(parent, 'book')
  await book.ok('client', 'add', 'Harbour Foods')
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

async function json<T>(...argv: string[]): Promise<T> {
  return JSON.parse(await book.ok(...argv, '--json')) as T
}

const stages = async (): Promise<string[]> => {
  const { stages: rows } = await json<{ stages: { name: string }[] }>('stage', 'list')
  return rows.map(({ name }) => name)
}

describe('a process', () => {
  it('gets the stages that the book lacks, each behind the one before', async () => {
    const before = await stages()
    const said = await book.ok(
      'process',
      'add',
      'Service',
      '--stages',
      'proposal, Visit=30%, Repair',
    )
    expect(said).toContain('added process 4 (Service); new stages: Visit, Repair')
    const at = before.indexOf('Proposal') + 1
    expect(await stages()).toEqual([...before.slice(0, at), 'Visit', 'Repair', ...before.slice(at)])
    const shown = await json<{ stages: { name: string }[] }>('process', 'show', 'Service')
    expect(JSON.stringify(shown)).toMatch(/Proposal.*Visit.*Repair/)
    await book.ok('undo')
    expect(await stages()).toEqual(before)
  })

  it('takes a name as it is written, not as a part of another', async () => {
    const made = await json<{ stages_added: string[] }>(
      'process',
      'add',
      'Short',
      '--stages',
      'Meeting, Payment',
    )
    expect(made.stages_added).toEqual(['Meeting'])
    const more = await json<{ stages_added: string[] }>(
      'process',
      'edit',
      'Short',
      '--stages',
      'Meeting, Trial, Payment',
    )
    expect(more.stages_added).toEqual(['Trial'])
  })

  it('has a stage only once, however it is written', async () => {
    const argv = ['process', 'add', 'Twice', '--stages', 'Neu, NEU']
    expect((await runInside(book.folder, argv)).err).toContain('only once')
  })
})

describe('the default process', () => {
  const opened = async (title: string): Promise<string> => {
    const { process } = await json<{ process: string }>('deal', 'add', 'harbour', title)
    return process
  }

  it('is the first, until one is set', async () => {
    expect(await opened('One')).toBe('typical')
    await book.ok('settings', 'set', 'process', 'plain')
    expect(await opened('Two')).toBe('plain')
    expect((await book.ok('settings', 'get', 'process')).trim()).toBe('plain')
  })

  it('follows a new name', async () => {
    await book.ok('process', 'edit', 'plain', '--name', 'Quick')
    expect((await book.ok('settings', 'get', 'process')).trim()).toBe('Quick')
    expect(await opened('Three')).toBe('Quick')
  })

  it('is that of imports and of log --open-deal', async () => {
    book.save('deals.csv', 'Deal,Client\nFour,Harbour Foods\n')
    await book.ok('import', 'deals', 'deals.csv')
    await book.ok('log', 'call', 'harbour', 'wants it', '--open-deal', 'Five')
    const { deals } = await json<{ deals: { title: string; process: string }[] }>(
      'deal',
      'list',
      '--where',
      'process=Quick',
    )
    expect(deals.map(({ title }) => title)).toEqual(['Two', 'Three', 'Four', 'Five'])
  })

  it('is what a plan is for', async () => {
    await book.ok('settings', 'set', 'process', 'free')
    const screen = await book.ok('plan', '--wins', '3', '--by', '2027-06-30')
    expect(screen.replaceAll(/\s+/g, ' ')).toContain('process: free, the default of new deals')
    await book.ok('undo')
  })

  it('stands in the list of processes', async () => {
    const { processes } = await json<{ processes: { name: string; default: boolean }[] }>(
      'process',
      'list',
    )
    expect(processes.filter((row) => row.default).map(({ name }) => name)).toEqual(['Quick'])
  })

  it('cannot be a retired one, nor be retired', async () => {
    const retire = await runInside(book.folder, ['process', 'edit', 'Quick', '--retire'])
    expect([retire.code, retire.err]).toEqual([
      1,
      'funnel: Quick is the default process of new deals\n' +
        '  set another one first: funnel settings set process NAME (none: the first of the book)\n',
    ])
    await book.ok('settings', 'set', 'process', 'none')
    expect(await opened('Six')).toBe('typical')
    await book.ok('process', 'edit', 'Quick', '--retire')
    const set = await runInside(book.folder, ['settings', 'set', 'process', 'Quick'])
    expect([set.code, set.err]).toEqual([
      2,
      'funnel: the process Quick is retired, so no deals open in it\n' +
        '  restore it first: funnel process edit "Quick" --restore\n',
    ])
    const unknown = await runInside(book.folder, ['settings', 'set', 'process', 'nothing'])
    expect(unknown.code).toBe(3)
  })
})
