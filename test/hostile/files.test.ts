import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { placeFirstBook } from '../support/first-book.ts'
import { type Desk, desk, emptyDesk, runIn, temporaryFolder } from '../support/funnel.ts'

let made: Desk
beforeEach(() => {
  made = desk()
  made.ok('client', 'add', 'Harbour')
  writeFileSync(made.file('list.csv'), 'name,email\nAcme,a@x.example\nBad,nope\n')
})

/** Commands that write a file about people, and the file. A new one is a line. */
const WRITTEN: [args: string[], file: string][] = [
  [['import', 'clients', 'list.csv', '--rejects', 'out.csv'], 'out.csv'],
  ...['csv', 'json', 'jsonl', 'xlsx', 'vcf'].map((extension): [string[], string] => [
    ['export', 'clients', '--out', `out.${extension}`],
    `out.${extension}`,
  ]),
  [['export', 'tasks', '--out', 'out.ics'], 'out.ics'],
  [['export', 'report', 'open', '--out', 'out.csv'], 'out.csv'],
  [['today', '--ics', 'out.ics'], 'out.ics'],
]

describe.each(WRITTEN)('funnel %j', (args, name) => {
  it('writes a file that its owner alone can read, whoever could read the one before', () => {
    writeFileSync(made.file(name), 'public', { mode: 0o644 })
    made.ok(...args)
    expect(statSync(made.file(name)).mode & 0o777).toBe(0o600)
    expect(readdirSync(made.folder).filter((other) => other.endsWith('.new'))).toEqual([])
  })

  it('follows no link: neither to a file nor to nowhere', () => {
    const theirs = path.join(temporaryFolder(), 'theirs')
    writeFileSync(theirs, 'theirs')
    for (const target of [theirs, `${theirs}-not-there`]) {
      rmSync(made.file(name), { force: true })
      symlinkSync(target, made.file(name))
      made.ok(...args)
      expect(lstatSync(made.file(name)).isFile()).toBe(true)
      expect(readFileSync(theirs, 'utf8')).toBe('theirs')
      expect(existsSync(`${theirs}-not-there`)).toBe(false)
    }
  })

  it('takes no name of a file that may not be written', () => {
    writeFileSync(made.file(name), 'mine')
    chmodSync(made.file(name), 0o400)
    const { code, err } = runIn(made.folder, args, { unprivileged: true })
    expect([code, err.includes('cannot be written')]).toEqual([2, true])
    expect(readFileSync(made.file(name), 'utf8')).toBe('mine')
  })

  it('writes into a pipe, and puts nothing in its place', async () => {
    execFileSync('mkfifo', [made.file(name)])
    const reader = spawn('cat', [made.file(name)])
    let size = 0
    reader.stdout.on('data', (bytes: Buffer) => (size += bytes.length))
    made.ok(...args)
    const isPipe = lstatSync(made.file(name)).isFIFO()
    if (!isPipe) reader.kill()
    await new Promise((resolve) => {
      reader.on('close', resolve)
    })
    expect([isPipe, size > 0]).toEqual([true, true])
  })
})

describe('a book', () => {
  it('and all that stands beside it are its owner’s alone, whatever the mask', () => {
    const { folder } = emptyDesk()
    const before = ['sh', '-c', 'umask 000; exec "$0" "$@"']
    const run = (...args: string[]) => runIn(folder, args, { before })
    expect(run('init').code).toBe(0)
    writeFileSync(path.join(folder, 'list.csv'), 'name\nAcme\n\n')
    run('import', 'clients', 'list.csv', '--rejects', 'mend.csv')
    run('export', 'clients', '--out', 'all.csv')
    const old = path.join(folder, 'old')
    mkdirSync(old)
    placeFirstBook(old)
    run('client', 'list', '--book', 'old/funnel.db')
    const files = [...readdirSync(folder), ...readdirSync(old).map((name) => `old/${name}`)]
    const open = files.filter((name) => statSync(path.join(folder, name)).mode & 0o077)
    expect(open).toEqual(['list.csv', 'old'])
    expect(files).toContain('old/funnel.db.v1')
    expect(files).toContain('mend.csv')
  })

  it('is never made through a link that leads elsewhere, nor is its copy', () => {
    const theirs = path.join(temporaryFolder(), 'theirs')
    const { folder, file, run } = emptyDesk()
    symlinkSync(theirs, file('funnel.db'))
    expect(run('init')).toMatchObject({ code: 2, out: '' })
    expect(existsSync(theirs)).toBe(false)
    const other = temporaryFolder()
    placeFirstBook(other)
    symlinkSync(theirs, path.join(other, 'funnel.db.v1'))
    expect(runIn(other, ['client', 'list']).code).toBe(0)
    expect(existsSync(theirs)).toBe(false)
    expect(lstatSync(path.join(other, 'funnel.db.v1-2')).isFile()).toBe(true)
    expect(readdirSync(folder)).toEqual(['funnel.db'])
  })
})
