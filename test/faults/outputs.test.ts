import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { BINARY, desk, TODAY } from '../support/funnel.ts'

type Desk = ReturnType<typeof desk>

let made: Desk

/** Runs a line of the shell in the desk's folder; `funnel` is the program. */
function shell(line: string, env: Record<string, string> = {}) {
  const script = `funnel() { "${process.execPath}" "${BINARY}" "$@"; }\n${line}`
  const { status, stdout, stderr } = spawnSync('/bin/bash', ['-c', script], {
    cwd: made.folder,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      HOME: made.folder,
      FUNNEL_TODAY: TODAY,
      FUNNEL_USER: 'ann',
      ...env,
    },
  })
  return { code: status, out: stdout, err: stderr }
}

beforeEach(() => {
  made = desk()
  made.ok('client', 'add', 'Pier Nine')
})

describe('a reader that is gone', () => {
  // `true` ends before anything is written; each line prints the exit code of the first program.
  it.each([
    ['check --min open=5', 1],
    ['check --min open=0', 0],
    ['client show nobody', 3],
    ['report nonsense', 2],
    ['client list', 0],
    ['client list --json', 0],
    ['export clients', 0],
    ['client add Yard', 0],
    ['--help', 0],
    ['--version', 0],
  ])('of %s leaves its exit code %i', (args, code) => {
    const piped = shell(`funnel ${args} 2>/dev/null | true; echo \${PIPESTATUS[0]}`)
    expect(piped.out.trim()).toBe(String(code))
  })

  it('of its errors leaves the exit code too', () => {
    // The shell waits until the reader of stderr is gone.
    const line = (args: string): string =>
      `exec 9> >(exec 0<&-); sleep 0.3; funnel ${args} >/dev/null 2>&9; echo $?`
    expect(shell(line('client show nobody')).out.trim()).toBe('3')
    expect(shell(line('check --min open=5')).out.trim()).toBe('1')
    expect(shell(line('client add Yard')).out.trim()).toBe('0')
    expect(made.ok('client', 'list')).toContain('Yard')
  })

  it('of a long export ends it quietly', () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `Client ${row}`).join('\n')
    const imported = spawnSync(process.execPath, [BINARY, 'import', 'clients', '-'], {
      cwd: made.folder,
      input: `Name\n${rows}\n`,
      env: { PATH: process.env.PATH, HOME: made.folder, FUNNEL_TODAY: TODAY },
    })
    expect(imported.status).toBe(0)
    const first = shell('funnel export clients | head -2; echo ${PIPESTATUS[0]}')
    expect(first.err).toBe('')
    expect(first.out.trim().split('\n')).toHaveLength(3)
    expect(first.out.trim().split('\n')[2]).toBe('0')
  })
})

describe('an output that cannot be written', () => {
  it.each([
    'client add Yard',
    'backup copy.db',
    'restore copy.db --yes',
    'init --book new.db --currency EUR --timezone UTC',
    'client erase Nine --yes',
  ])('says that the change was made: %s', (args) => {
    if (args.startsWith('restore')) made.ok('backup', 'copy.db')
    const full = shell(`funnel ${args} > /dev/full`)
    expect([full.code, full.err]).toEqual([
      1,
      expect.stringContaining('the change was made, but what it did cannot be written'),
    ])
  })

  it('of what only reads says that it was not written', () => {
    const full = shell('funnel client list > /dev/full')
    expect([full.code, full.err]).toEqual([
      1,
      'funnel: the output cannot be written: the disk is full\n',
    ])
  })

  it('of errors leaves the exit code, as notes do where a change was made', () => {
    for (const [args, code] of [
      ['client show nobody', 3],
      ['frob', 2],
      ['client add "Pier Nine"', 0],
    ]) {
      expect([args, shell(`funnel ${args} > /dev/null 2> /dev/full`).code]).toEqual([args, code])
    }
  })
})

describe('a place where nothing is as usual', () => {
  it('a folder that was removed: the way out is said, and help still comes', () => {
    const gone = (args: string) => shell(`mkdir gone && cd gone && rmdir ../gone && funnel ${args}`)
    const { code, err } = gone('client list')
    expect([code, err]).toEqual([
      2,
      'funnel: the folder that you are in has been removed\n  go to another one: cd ~\n',
    ])
    expect(gone('--version').code).toBe(0)
  })

  it.each(['/dev/null', '/nowhere', ''])('HOME=%j', (home) => {
    expect(shell('funnel client list', { HOME: home }).code).toBe(0)
    mkdirSync(made.file('empty'))
    const none = shell('cd empty && funnel client list', { HOME: home })
    expect([none.code, none.err]).toEqual([3, expect.stringContaining('there is no book at')])
    rmSync(made.file('empty'), { recursive: true })
  })

  it('a user whom the system does not know, without a HOME', () => {
    if (process.getuid?.() !== 0) return
    mkdirSync(made.file('empty'), { mode: 0o777 })
    const line = (args: string): string =>
      `cd empty && unset HOME && setpriv --reuid=54321 --clear-groups "${process.execPath}" "${BINARY}" ${args}`
    const none = shell(`chmod 777 . empty; ${line('client list')}`)
    expect(none.err).not.toContain('unexpected')
    expect([none.code, none.err]).toEqual([3, expect.stringContaining('there is no book at')])
  })

  it.each(['9999-12-31', '0001-01-01', '2501-01-01'])('FUNNEL_TODAY=%s', (today) => {
    for (const args of ['today', 'client add Yard', 'report open', 'forecast']) {
      const { code, err } = shell(`funnel ${args}`, { FUNNEL_TODAY: today })
      expect([code, err]).toEqual([2, expect.stringContaining(`FUNNEL_TODAY is ${today}`)])
    }
  })

  it('days that no figure can be worked out for are refused, the last that can are not', () => {
    for (const day of ['9999-12-31', '2501-01-01', '1899-12-31']) {
      for (const args of [
        ['--as-of', day],
        ['--period', `${day}..${day}`],
      ]) {
        const { code, err } = made.run('report', 'velocity', ...args)
        expect([args, code, err]).toEqual([args, 2, expect.stringContaining(day)])
      }
    }
    for (const report of ['velocity', 'activity'])
      made.ok('report', report, '--as-of', '2500-12-31')
    made.ok('report', 'activity', '--period', '1900-01-01..2500-12-31')
    made.ok('forecast', '--as-of', '2500-12-31')
  })
})

it('the SQLite library that is missing, or built for another node, says how to install it', () => {
  const root = path.resolve(path.dirname(BINARY), '..')
  const bare = made.file('program')
  const copied = shell(
    `mkdir -p program/node_modules && cp -r "${root}/bin" "${root}/dist" "${root}/package.json" program/`,
  )
  expect(copied.code).toBe(0)
  const run = () =>
    spawnSync(process.execPath, [path.join(bare, 'bin/funnel.js'), 'client', 'list'], {
      cwd: made.folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: made.folder, FUNNEL_TODAY: TODAY },
    })
  const missing = run()
  expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('npm ci')])
  expect(missing.stderr).toContain('better-sqlite3 is missing')

  const modules = `${root}/node_modules`
  shell(
    `cp -r "${modules}/better-sqlite3" "${modules}/bindings" "${modules}/file-uri-to-path" program/node_modules/ && ` +
      'rm -rf program/node_modules/better-sqlite3/build program/node_modules/better-sqlite3/deps',
  )
  const unbuilt = run()
  expect([unbuilt.status, unbuilt.stderr]).toEqual([1, expect.stringContaining('npm ci')])

  shell(
    'mkdir -p program/node_modules/better-sqlite3/build/Release && ' +
      'echo "not a library" > program/node_modules/better-sqlite3/build/Release/better_sqlite3.node',
  )
  const broken = run()
  expect([broken.status, broken.stderr]).toEqual([1, expect.stringContaining('npm ci')])
})
