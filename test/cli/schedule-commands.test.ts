import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { BINARY, desk, emptyDesk, TODAY } from '../support/funnel.ts'

/** The command of a line for cron: what follows the five fields of its time. */
const commandOf = (crontab = ''): string => crontab.split(' ').slice(5).join(' ')

/** Runs a line as cron would: from elsewhere, with nothing in the environment. */
function asCron(crontab = '') {
  const command = commandOf(crontab).replaceAll(String.raw`\%`, '%')
  const env = { FUNNEL_TODAY: TODAY }
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', command], {
    cwd: '/',
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('funnel schedule', () => {
  it('carries every option of the snapshot over, files with their whole path', () => {
    const made = desk()
    made.ok('owner', 'add', 'Ann')
    made.ok('client', 'add', 'Pier Nine', '--region', 'North', '--owner', 'Ann')
    const words = (
      '--period last-month --measure amount --process typical --owner Ann ' +
      '--where region=North --format md --out month.md'
    ).split(' ')
    const { crontab } = made.json<Record<string, string>>('schedule', ...words)
    const out = path.join(made.folder, 'month.md')
    expect(commandOf(crontab)).toBe(
      `${process.execPath} ${BINARY} --book ${made.folder}/funnel.db --quiet snapshot ` +
        '--period last-month --measure amount --process typical --owner Ann ' +
        `--where region=North --format md --out ${out}`,
    )
    expect(asCron(crontab)).toEqual({ status: 0, stdout: '', stderr: '' })
    const page = readFileSync(out, 'utf8')
    expect(page).toContain('# Funnel, 2026-10-01')
    expect(page).toContain('where: region=North')
  })

  it('makes lines for today, remind, backup and check, each with its own usual days', () => {
    const made = desk()
    made.ok('owner', 'add', 'Ann')
    made.ok('client', 'add', 'Pier Nine')
    made.ok('task', 'add', 'Send the papers', '--client', 'pier', '--due', TODAY, '--owner', 'Ann')
    const lineOf = (...args: string[]) => made.json<Record<string, string>>('schedule', ...args)

    const today = lineOf('today', '--mine', '--week')
    expect(today.crontab).toMatch(/^0 7 \* \* 1-5 \//)
    expect(today.timer).toContain('OnCalendar=Mon..Fri *-*-* 07:00:00')
    // cron knows no FUNNEL_OWNER.
    expect(commandOf(today.crontab)).toMatch(/ --quiet today --owner Ann --week$/)
    expect(asCron(today.crontab)).toMatchObject({ status: 0, stderr: '' })
    expect(asCron(today.crontab).stdout).toContain('Send the papers')

    const remind = lineOf('remind', '--client', 'pier', '--limit', '20')
    expect(remind.crontab).toMatch(/^0 7 \* \* 1-5 \//)
    expect(commandOf(remind.crontab)).toMatch(/ --quiet remind --limit 20 --client pier$/)
    expect(asCron(remind.crontab)).toEqual({ status: 0, stdout: '', stderr: '' })

    mkdirSync(made.file('copies'))
    const backup = lineOf('backup', 'copies', '--keep', '2', '--at', '19:30')
    expect(backup.crontab).toMatch(/^30 19 \* \* \* \//)
    expect(backup.timer).toContain('OnCalendar=*-*-* 19:30:00')
    expect(asCron(backup.crontab)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(readdirSync(made.file('copies'))).toHaveLength(1)

    const check = lineOf('check', '--max', 'overdue=0', '--min', 'open=1', '--on', 'friday')
    expect(check.crontab).toMatch(/^0 7 \* \* 5 \//)
    const { status, stdout, stderr } = asCron(check.crontab)
    expect([status, stdout, stderr.trim()]).toEqual([
      1,
      '',
      'funnel: 1 of 2 checks not met: open>=1 (is 0)',
    ])
  })

  it.each([
    [['forecast'], 'cannot be scheduled'],
    [['backup', '--where', 'region=North'], 'funnel backup has no option --where'],
    [['remind', '--out', 'letters'], 'funnel remind has no option --out'],
    [['remind', '--format', 'md'], 'funnel remind does not take --format md'],
    [['--keep', '3'], 'funnel snapshot has no option --keep'],
    [['check'], 'nothing to check'],
    [['check', '--max', 'stuk=4'], 'stuk'],
    [['check', '--max', 'stuck'], '--max takes a measure and a value'],
    [['today', '--where', 'rigion=North'], 'no field “rigion”'],
    [['today', '--mail-to', 'ann'], 'not an e-mail address'],
    [['today', 'tomorrow'], 'one word too many'],
    [['--on', 'someday'], 'someday'],
  ])('refuses %j now rather than every night', (args, said) => {
    const refused = desk().run('schedule', ...args)
    expect(refused.code).toBe(2)
    expect(refused.err).toContain(said)
  })

  it('keeps one line for each command in the crontab', () => {
    const made = desk()
    const program = `#!/bin/sh
if [ "$1" = -l ]; then cat ${made.folder}/tab 2>/dev/null || { echo "no crontab for me" >&2; exit 1; }
else cat > ${made.folder}/tab; fi
`
    writeFileSync(made.file('crontab'), program)
    chmodSync(made.file('crontab'), 0o700)
    const env = { PATH: `${made.folder}:${process.env.PATH}` }
    const { ok } = emptyDesk({ env }, made.folder)
    ok('schedule', '--install', '--yes')
    ok('schedule', 'backup', '--install', '--yes')
    ok('schedule', 'backup', '--keep', '8', '--install', '--yes')
    const lines = readFileSync(made.file('tab'), 'utf8').trim().split('\n')
    expect(lines.filter((line) => line.startsWith('#'))).toEqual([
      `# funnel snapshot of ${made.folder}/funnel.db`,
      `# funnel backup of ${made.folder}/funnel.db`,
    ])
    expect(lines).toHaveLength(4)
    expect(lines[3]).toMatch(/ backup --keep 8$/)
  })
})

describe('funnel backup FOLDER --keep', () => {
  it('says that the folder is not there, and does not point to another', () => {
    const made = desk()
    const refused = made.run('backup', 'copies', '--keep', '8')
    expect(refused.code).toBe(2)
    expect(refused.err).toContain(`there is no folder ${made.file('copies')}`)
    expect(refused.err).toContain(`mkdir -p ${made.file('copies')}`)
    writeFileSync(made.file('list.txt'), 'mine')
    expect(made.run('backup', 'list.txt', '--keep', '8').err).toContain('list.txt is a file')
  })
})
