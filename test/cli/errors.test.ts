import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { desk, emptyDesk, runIn } from '../support/funnel.ts'

/** What a refusal looks like: exit code, nothing on stdout, one message with a hint. */
function refusal(outcome: { code: number | null; out: string; err: string }) {
  expect(outcome.out).toBe('')
  expect(outcome.err).not.toContain('    at ')
  return { code: outcome.code, err: outcome.err }
}

describe('wrong usage', () => {
  it.each([
    [['clint', 'list'], "unknown command 'clint'\n  did you mean: funnel client list"],
    [['client', 'lst'], "unknown command 'lst'\n  did you mean: funnel client list"],
    [['help', 'nothing'], "unknown command 'nothing'\n  see: funnel --help"],
    [['win'], "missing required argument 'deal'\n  see: funnel win --help"],
    [['win', '1', '--whn', 'today'], "unknown option '--whn'"],
    [['client', 'show', 'a', 'b'], 'too many arguments'],
    [['report', 'closed', '--period', 'soon'], '“soon” is not a period\n  write it as 2026-09'],
    [['report', 'open', '--as-of', 'x'], '“x” is not a day\n  write it as 2026-11-23'],
    [['report', 'open', '--json', '--csv'], '--json and --csv cannot be used together'],
    [['deal', 'add', 'acme', 'Roof', '--amount', '1,5,0'], '“1,5,0” is not an amount'],
    [['deal', 'add', 'acme', 'Roof', '--amount', '1.234'], 'write 1234; to settle which sign'],
    [['deal', 'add', 'acme', 'Roof', '--on', '2026-12-01'], 'is still to come'],
    [['client', 'add', '  '], 'a name cannot be empty'],
    [['client', 'add', 'B', '--email', 'b'], '“b” is not an e-mail address'],
    [['client', 'add', 'B', '--kind', 'firm'], 'Allowed choices are company, person'],
    [['log', 'chat', 'acme'], '“chat” is not a kind of interaction\n  use one of: call'],
    [['undo', 'last'], '“last” is not a whole number'],
    [['source', 'add', 'WEB'], 'the name “WEB” is that of another source'],
    [['source', 'edit', 'web'], 'nothing to change was given\n  see: funnel source edit --help'],
    [['process', 'add', 'x', '--kind', 'free'], 'a free process needs stages'],
    [['init', '--currency', 'EURO', '--book', 'b.db'], '“EURO” is not a currency'],
    [['init', '--country', 'ZZ', '--book', 'b.db'], '“ZZ” is not a country\n  give its ISO code'],
    [['settings', 'set', 'country', 'EU'], '“EU” is not a country'],
    [['settings', 'set', 'country', 'UK'], 'give its ISO code; nearest: GB (United Kingdom)\n'],
    [['settings', 'set', 'country', 'germny'], 'nearest: DE (Germany)\n'],
    [['init', '--timezone', 'Mars', '--book', 'b.db'], '“Mars” is not a time zone'],
    [['init'], 'exists already'],
  ])('%j is refused with exit 2', (args, message) => {
    const { run, ok } = desk()
    ok('client', 'add', 'Acme')
    const { code, err } = refusal(run(...args))
    expect(err).toContain(`funnel: `)
    expect(err).toContain(message)
    expect(code).toBe(2)
  })

  it('shows a group’s commands and ends with 2, the program’s and ends with 0', () => {
    const { run } = desk()
    expect(run('client')).toMatchObject({ code: 2, out: '' })
    expect(run('client').err).toContain('add a client')
    expect(run()).toMatchObject({ code: 0, err: '' })
    expect(run('help', 'client', 'add').out).toBe(run('client', 'add', '--help').out)
  })
})

describe('names', () => {
  it('that nothing answers to end with 3', () => {
    const { run } = desk()
    const { code, err } = refusal(run('client', 'show', 'nobody'))
    expect(err).toBe('funnel: there is no client “nobody”\n  see: funnel client list\n')
    expect(code).toBe(3)
    expect(run('win', '7').err).toContain('there is no deal “7”\n  see: funnel deal list')
    expect(run('undo', '7')).toMatchObject({ code: 3 })
    expect(run('undo').err).toContain('there is nothing to undo')
    expect(run('source', 'show', 'refferal').err).toBe(
      'funnel: there is no source “refferal”\n  did you mean “referral”?\n',
    )
  })

  it('that several answer to end with 3 and list the candidates', () => {
    const { run, ok } = desk()
    ok('client', 'add', 'Harbour Foods')
    ok('client', 'add', 'Harbour Hotel')
    const { code, err } = refusal(run('client', 'show', 'harb'))
    expect(err).toBe(
      'funnel: “harb” fits more than one client:\n  1  Harbour Foods\n  2  Harbour Hotel\n' +
        '  give its number, or more of its name\n',
    )
    expect(code).toBe(3)
  })

  it('are found by number, exact name or part, whatever the case', () => {
    const { ok } = desk()
    ok('client', 'add', 'Завод Север')
    ok('client', 'add', 'Pier')
    ok('client', 'add', 'Pier Nine', '--ref', '0042')
    expect(ok('client', 'show', '#3')).toContain('Pier Nine')
    expect(ok('client', 'show', 'PIER')).toContain('Company 2: Pier')
    expect(ok('client', 'show', 'север')).toContain('Завод Север')
    expect(ok('client', 'show', '0042')).toContain('Pier Nine')
  })

  it('may hold the signs of a search pattern', () => {
    const { ok, run } = desk()
    ok('client', 'add', '100% Juice')
    ok('client', 'add', '100 Years')
    expect(ok('client', 'show', '100%')).toContain('100% Juice')
    expect(run('client', 'show', '_')).toMatchObject({ code: 3 })
  })
})

describe('the book', () => {
  it('that is not there ends with 3 and says how to make one', () => {
    const { run, folder } = emptyDesk()
    const { code, err } = refusal(run('report', 'open', '--book', 'mine.db'))
    expect(err).toBe(
      `funnel: there is no book at ${folder}/mine.db\n` +
        '  go to the folder of yours, name it with --book FILE, or make one with: funnel init\n',
    )
    expect(code).toBe(3)
  })

  it('that is a text file ends with 4', () => {
    const { run, file } = emptyDesk()
    writeFileSync(file('funnel.db'), 'Dear diary, today I sold nothing at all.\n'.repeat(20))
    const { code, err } = refusal(run('report', 'open'))
    expect(err).toContain('funnel.db is not a book of funnel\n  name another with --book FILE')
    expect(code).toBe(4)
  })

  it('that is to be restored and is none says what a backup is', () => {
    const { run, ok, file } = desk()
    writeFileSync(file('diary.txt'), 'Dear diary, today I sold nothing at all.\n'.repeat(20))
    writeFileSync(file('empty.db'), '')
    for (const name of ['diary.txt', 'empty.db']) {
      const { code, err } = refusal(run('restore', name, '--yes'))
      expect(err).toContain(
        `${name} is not a book of funnel\n  name a file that funnel backup wrote`,
      )
      expect(code).toBe(4)
    }
    ok('doctor')
  })

  it('that is a folder ends with 4', () => {
    const { run, file } = emptyDesk()
    mkdirSync(file('funnel.db'))
    expect(refusal(run('report', 'open'))).toMatchObject({ code: 4 })
  })

  it('of a newer program ends with 4', () => {
    const { run, file } = desk()
    new Database(file('funnel.db')).exec('PRAGMA user_version = 999').close()
    const { code, err } = refusal(run('report', 'open'))
    expect(err).toContain('was written by a newer funnel (schema 999; this one knows')
    expect(code).toBe(4)
  })

  it('that is damaged ends with 4', () => {
    const { run, file, ok } = desk()
    ok('client', 'add', 'Acme')
    const PAGE = 4096
    const handle = openSync(file('funnel.db'), 'r+')
    writeSync(handle, Buffer.alloc(20 * PAGE, 0x5a), 0, 20 * PAGE, PAGE)
    closeSync(handle)
    expect(run('client', 'list').err).toContain('funnel.db is damaged\n')
    expect(refusal(run('client', 'list'))).toMatchObject({ code: 4 })
  })

  it('in a read-only folder ends with 4 and says so', () => {
    const { folder, file, ok } = desk()
    ok('client', 'add', 'Acme')
    chmodSync(folder, 0o555)
    const done = runIn(folder, ['client', 'add', 'B'], { unprivileged: true })
    const made = runIn(folder, ['init', '--book', 'b.db'], { unprivileged: true })
    chmodSync(folder, 0o755)
    expect(refusal(done)).toEqual({
      code: 4,
      err:
        `funnel: ${file('funnel.db')} cannot be used: its folder is read-only\n` +
        '  copy the book to a folder that you may write to, and name it with --book FILE\n',
    })
    expect(refusal(made)).toMatchObject({ code: 4 })
    expect(made.err).toContain('no book can be made in')
    expect(readdirSync(folder)).toEqual(['funnel.db'])
  })

  it('that you may not read ends with 4', () => {
    const { folder, file } = desk()
    chmodSync(file('funnel.db'), 0o000)
    const done = runIn(folder, ['client', 'list'], { unprivileged: true })
    expect(refusal(done)).toMatchObject({ code: 4 })
    expect(done.err).toContain('check who owns it and its permissions')
  })
})

describe('a file to import', () => {
  it('that cannot be read ends with 2', () => {
    const { run, file, folder } = desk()
    const none = refusal(run('import', 'clients', 'none.csv'))
    expect(none.err).toContain('none.csv cannot be read: there is no such file')
    expect(none.code).toBe(2)
    expect(refusal(run('import', 'clients', '.')).err).toContain('it is a folder')
    writeFileSync(file('secret.csv'), 'name\nAcme\n')
    chmodSync(file('secret.csv'), 0o000)
    const secret = runIn(folder, ['import', 'clients', 'secret.csv'], { unprivileged: true })
    expect(refusal(secret)).toMatchObject({ code: 2 })
    expect(secret.err).toContain('you may not read it')
    writeFileSync(file('photo.csv'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x80, 0x81]))
    expect(refusal(run('import', 'clients', 'photo.csv')).err).toContain(
      'is not a spreadsheet: it is a picture',
    )
    writeFileSync(file('empty.csv'), '')
    expect(refusal(run('import', 'clients', 'empty.csv')).err).toContain('is empty')
  })
})

describe('the environment', () => {
  it('may name the book and the day', () => {
    const { folder, file } = emptyDesk()
    const env = { FUNNEL_BOOK: file('elsewhere/mine.db'), FUNNEL_TODAY: '2026-01-31' }
    expect(runIn(folder, ['init'], { env })).toMatchObject({ code: 0 })
    expect(runIn(folder, ['report', 'open', '--json'], { env }).out).toContain('"2026-01-31"')
    const wrong = runIn(folder, ['report', 'open'], { env: { ...env, FUNNEL_TODAY: 'now' } })
    expect(wrong).toMatchObject({ code: 2 })
    expect(wrong.err).toContain('FUNNEL_TODAY is “now”')
  })

  it('gives the stack of an unexpected error only where it is asked for', () => {
    const { folder, file } = desk()
    const raw = new Database(file('funnel.db'))
    raw.exec('DROP TABLE tasks; ALTER TABLE owners RENAME TO bosses')
    raw.close()
    const quiet = runIn(folder, ['owner', 'list'])
    expect(quiet).toMatchObject({ code: 1, out: '' })
    expect(quiet.err).toContain('FUNNEL_DEBUG=1 shows where it happened')
    expect(quiet.err).not.toContain('    at ')
    const loud = runIn(folder, ['owner', 'list'], { env: { FUNNEL_DEBUG: '1' } })
    expect(loud.err).toContain('    at ')
  })
})
