import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localDays } from '../../src/domain/locale.ts'
import { parseLocale } from '../../src/domain/settings.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'

let parent: string
let book: Inside

beforeAll(async () => {
  parent = mkdtempSync(path.join(tmpdir(), 'funnel-'))
  book = await inside(parent, 'book')
  await book.ok('settings', 'set', 'locale', 'de-DE')
  await book.ok('client', 'add', 'Harbour Foods')
  await book.ok('deal', 'add', 'harbour', 'Cold store', '--expected-close', '2026-12-15')
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

/** What a command says to people, on both streams. */
async function said(...argv: string[]): Promise<string> {
  const { out, err } = await runInside(book.folder, argv)
  return out + err
}

describe('days in a German book', () => {
  it('are German in what a command says it did and what comes next', async () => {
    const opened = await said('deal', 'add', 'harbour', 'Boiler')
    expect(opened).toContain('by 07.12.2026 (task 2)')
    expect(opened).not.toMatch(/\d{4}-\d\d-\d\d/)
  })

  it('are German in errors, but for what is to be typed', async () => {
    await said('win', 'boiler', '--on', '2026-11-23')
    expect(await said('win', '2')).toBe(
      'funnel: deal 2 (Boiler) was won on 23.11.2026\n  to go on with it: funnel reopen 2\n',
    )
    expect(await said('advance', '1', '--on', '2026-01-05')).toBe(
      'funnel: deal 1 (Cold store) was opened on 23.11.2026, after 05.01.2026\n' +
        '  give --on 2026-11-23 or a later day\n',
    )
  })

  it('are German in what is said of a backup and of an erased client', async () => {
    await book.ok('backup', 'kept.db')
    await book.ok('client', 'add', 'Quay')
    const backup = await said('restore', 'kept.db', '--no-input')
    expect(backup).toContain('23.11.2026 12:00  added client')
    expect(backup).toContain('last change 23.11.2026 12:00')
    await book.ok('client', 'erase', 'Quay', '--yes')
    expect(await said('client', 'add', 'Quay')).toContain('was erased on 23.11.2026: undo')
    await book.ok('undo')
    book.save('again.csv', 'Name\nQuay\n')
    const again = await said('import', 'clients', 'again.csv')
    expect(again.match(/was erased on 23\.11\.2026 \(--include-erased/g)).toHaveLength(2)
    expect(await said('history')).toMatch(/23\.11\.2026 12:00 +added client/)
  })

  it.each([
    ['deal', 'list'],
    ['deal', 'show', '1'],
    ['client', 'show', 'harbour'],
    ['task', 'list'],
    ['today', '--week'],
    ['report', 'open'],
    ['report', 'closed', '--by', 'month'],
    ['report', 'activity'],
    ['forecast'],
  ])('are German on the screen of %s %s', async (...argv) => {
    const screen = await said(...argv)
    expect(screen).toMatch(/\d\d\.\d\d\.2026/)
    // Commands to type, and file names, keep the days that the program reads.
    const lines = screen.split('\n').filter((line) => !/funnel |--/.test(line))
    expect(lines.join('\n')).not.toMatch(/(?<![\w.-])\d{4}-\d\d-\d\d(?![\w-]|\.\.)/)
  })

  it.each([
    ['deal', 'list'],
    ['deal', 'show', '1'],
    ['task', 'list'],
    ['report', 'open', '--list'],
  ])('stay as programs read them in JSON and CSV: %s %s', async (...argv) => {
    for (const format of ['--json', '--csv']) {
      expect(await said(...argv, format)).not.toMatch(/\d\d\.\d\d\.2026/)
    }
  })
})

describe('days in a text', () => {
  it('are written as the locale has them, a line at a time', () => {
    const de = parseLocale('de')
    expect(localDays('on 2026-12-01, by 2026-12-02', de)).toBe('on 01.12.2026, by 02.12.2026')
    expect(localDays('on 2026-12-01\nfunnel move 1 --on 2026-12-01', de)).toBe(
      'on 01.12.2026\nfunnel move 1 --on 2026-12-01',
    )
    expect(localDays('erased on 2026-12-01 (--on 2026-12-01 adds it)', de)).toBe(
      'erased on 01.12.2026 (--on 2026-12-01 adds it)',
    )
    expect(localDays('“2026-12-01” is still to come', de)).toContain('“2026-12-01”')
    expect(localDays('2026-12-01..2026-12-31, 2026-13-01', de)).toContain('2026-13-01')
  })
})
