import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { crontabLine, systemdUnits, withLine } from '../../src/cli/crontab.ts'
import { BINARY, desk, emptyDesk, temporaryFolder, TODAY } from '../support/funnel.ts'

const MONDAY = { days: 1, hour: 7, minute: 0 }

/** What cron hands to the shell: the line after the times, its escaped per cents taken back. */
function shellCommand(line: string): string {
  return line
    .split(' ')
    .slice(5)
    .join(' ')
    .replaceAll(String.raw`\%`, '%')
}

describe('funnel schedule', () => {
  it('prints a line that runs the snapshot from anywhere, with nothing in the environment', () => {
    const folder = path.join(temporaryFolder(), "O'Brien & 100% Söhne")
    mkdirSync(folder)
    const made = desk({}, folder)
    made.ok('client', 'add', 'Pier Nine')
    const { crontab, timer } = made.json<Record<string, string>>('schedule')
    expect(crontab).toMatch(/^0 7 \* \* 1 \//)
    expect(timer).toContain('OnCalendar=Mon *-*-* 07:00:00')
    const done = spawnSync('/bin/sh', ['-c', shellCommand(crontab ?? '')], {
      cwd: '/',
      env: { FUNNEL_TODAY: TODAY },
      encoding: 'utf8',
    })
    expect([done.status, done.stdout, done.stderr]).toEqual([0, '', ''])
    expect(readFileSync(path.join(folder, 'funnel.db.snapshot.html'), 'utf8')).toContain('<h1')
  })

  it('writes what systemd reads as the same words', () => {
    const words = ['/usr/bin/node', '/a b/100%/$x/"q"']
    const { service } = systemdUnits({ what: 'snapshot', when: MONDAY, words, book: '/b' })
    expect(service).toContain(String.raw`ExecStart=/usr/bin/node "/a b/100%%/$$x/\"q\""`)
    expect(() =>
      crontabLine({ what: 'snapshot', when: MONDAY, words: ['/a\nb'], book: '/b' }),
    ).toThrow('line break')
  })

  it('puts its line in once, and leaves the others alone', () => {
    const job = {
      what: 'snapshot',
      when: MONDAY,
      words: ['/funnel', '--book', '/b.db', 'snapshot', '-q'],
      book: '/b.db',
    }
    const others = 'MAILTO=me\n# mine\n0 1 * * * /backup\n'
    const once = withLine(others, job)
    const command = '/funnel --book /b.db snapshot -q'
    expect(once).toBe(`${others}# funnel snapshot of /b.db\n0 7 * * 1 ${command}\n`)
    expect(withLine(once, job)).toBe(once)
    const friday = withLine(`${once}5 5 * * * /last\n`, { ...job, when: { ...MONDAY, days: 5 } })
    expect(friday).toBe(
      `${others}# funnel snapshot of /b.db\n0 7 * * 5 ${command}\n5 5 * * * /last\n`,
    )
    // The line was taken out by hand, its comment was left.
    const bare = withLine('# funnel snapshot of /b.db\n5 5 * * * /last\n', job)
    expect(bare).toBe(`# funnel snapshot of /b.db\n0 7 * * 1 ${command}\n5 5 * * * /last\n`)
  })

  it('installs after a yes alone', () => {
    const made = desk()
    // What cron's own program does, with a file for the crontab.
    const program = `#!/bin/sh
if [ "$1" = -l ]; then cat ${made.folder}/tab 2>/dev/null || { echo "no crontab for me" >&2; exit 1; }
else cat > ${made.folder}/tab; fi
`
    writeFileSync(made.file('crontab'), program)
    chmodSync(made.file('crontab'), 0o700)
    const env = { PATH: `${made.folder}:${process.env.PATH}` }
    const { run, ok } = emptyDesk({ env }, made.folder)
    expect(run('schedule', '--install')).toMatchObject({ code: 2 })
    expect(existsSync(made.file('tab'))).toBe(false)
    ok('schedule', '--install', '--yes', '--mail-to', 'ann@firm.example', '--on', 'sunday')
    const tab = readFileSync(made.file('tab'), 'utf8')
    expect(tab).toContain(`0 7 * * 0 ${process.execPath} ${BINARY} --book ${made.folder}/funnel.db`)
    expect(tab).toContain('--mail-to ann@firm.example --if-changed')
    expect(ok('schedule', '--install', '--mail-to', 'ann@firm.example', '--on', 'sun')).toContain(
      'has this line already',
    )
    expect(run('schedule', '--mail-to', 'x\ny')).toMatchObject({ code: 2 })
  })
})
