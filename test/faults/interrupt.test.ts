import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { newBook, perform } from '../support/book.ts'
import { desk, emptyDesk } from '../support/funnel.ts'
import { atTerminal, KEY } from '../support/terminal.ts'
import { expectSound, leftovers, pause, start, stateOf } from './programs.ts'

/** Rows enough that the bar is shown for a while. */
function longList(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, row) => `Company ${row},mail${row}@c.example,North`,
  )
  return `${['name,email,region', ...lines].join('\n')}\n`
}

const SHOW_CURSOR = '\u001B[?25h'

describe('Ctrl-C', () => {
  it('at the questions of a new book leaves no book', async () => {
    const { folder } = emptyDesk()
    const terminal = atTerminal(folder, ['init'])
    await terminal.see('Currency of all amounts')
    terminal.type(KEY.interrupt)
    expect(await terminal.ended).toBe(130)
    expect(readdirSync(folder)).toEqual([])
  })

  it('at the questions of a step changes nothing', async () => {
    const { folder, ok } = desk()
    ok('process', 'edit', 'typical', '--stage', 'qualification', '--demand', 'need')
    ok('client', 'add', 'Acme')
    ok('deal', 'add', 'acme', 'Roof')
    const before = stateOf(folder)
    const terminal = atTerminal(folder, ['advance', 'roof'])
    await terminal.see('What does the client need?')
    terminal.type(`cold${KEY.interrupt}`)
    expect(await terminal.ended).toBe(130)
    expect(terminal.written()).toContain('cancelled; nothing was changed')
    expect(stateOf(folder)).toBe(before)
  })

  it('while the bar of an import moves ends it at once, and gives the cursor back', async () => {
    const { folder, file } = desk()
    writeFileSync(file('list.csv'), longList(60_000))
    const before = stateOf(folder)
    const terminal = atTerminal(folder, ['import', 'clients', 'list.csv', '--yes'])
    await terminal.see('rows/s')
    terminal.type(KEY.interrupt)
    expect(await terminal.ended).toBe(130)
    expect(terminal.written()).toContain('interrupted; nothing was changed')
    const shown = terminal.written()
    expect(shown.lastIndexOf(SHOW_CURSOR)).toBeGreaterThan(shown.lastIndexOf('\u001B[?25l'))
    expect(stateOf(folder)).toBe(before)
    await expectSound(folder)
  })
})

it('a signal that came during long work is seen while nothing is final', async () => {
  const book = newBook()
  const seen: boolean[] = []
  const see = (): unknown => seen.push(book.store.inTransaction)
  process.on('SIGUSR2', see)
  try {
    await perform(book, async (db) => {
      await db.insertInto('sources').values({ name: 'fair', name_key: 'fair' }).execute()
      process.kill(process.pid, 'SIGUSR2')
    })
    expect(seen).toEqual([true])
  } finally {
    process.off('SIGUSR2', see)
  }
})

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  const code = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]

  it('while a list comes in on stdin leaves nothing of it behind', async () => {
    const { folder } = desk()
    const before = stateOf(folder)
    const { child, ended } = start(folder, ['import', 'clients', '-'])
    child.stdin?.write(longList(1000))
    while (leftovers(folder).length === 0) await pause(5)
    child.kill(signal)
    expect(await ended).toMatchObject({ code, err: 'interrupted; nothing was changed\n' })
    expect([stateOf(folder), leftovers(folder)]).toEqual([before, []])
  })

  it('while the book is backed up leaves no part of a copy', async () => {
    const { folder, file, ok } = desk()
    writeFileSync(file('list.csv'), longList(5000))
    ok('import', 'clients', 'list.csv')
    mkdirSync(file('copies'))
    const { child, ended } = start(folder, ['backup', 'copies'])
    while (readdirSync(file('copies')).length === 0) await pause(1)
    child.kill(signal)
    expect(await ended).toMatchObject({ code, out: '' })
    expect(readdirSync(file('copies'))).toEqual([])
  })

  it('while an export is written leaves the file that was there', async () => {
    const { folder, file, ok } = desk()
    writeFileSync(file('list.csv'), longList(20_000))
    ok('import', 'clients', 'list.csv')
    writeFileSync(file('out.csv'), 'of last week')
    const { child, ended } = start(folder, ['export', 'clients', '--out', 'out.csv'])
    while (leftovers(folder).length === 0) await pause(1)
    child.kill(signal)
    expect(await ended).toMatchObject({ code, out: '' })
    expect(leftovers(folder)).toEqual([])
    expect(ok('client', 'list', '--limit', '1')).toContain('Company')
  })
})
