import { spawnSync } from 'node:child_process'
import { Fault } from '../domain/fault.ts'
import { shellWord } from './shell-word.ts'
import { addAll } from '../domain/lists.ts'

/** On which days: one of the week (0 Sunday … 6 Saturday, as cron counts), Monday to Friday, or all. */
export type RunDays = number | 'weekdays' | 'daily'

interface RunTime {
  days: RunDays
  hour: number
  minute: number
}

/** What is to be run, and for which book. */
export interface Job {
  when: RunTime
  /** The command that is run: `snapshot`. */
  what: string
  /** The command with its words, each with absolute paths. */
  words: readonly string[]
  book: string
}

const DAY_NAMES = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

function refuseLineEnds(words: readonly string[]): void {
  const wrong = words.find((word) => /[\n\r\0]/.test(word))
  if (wrong === undefined) return
  throw new Fault('usage', 'a path with a line break cannot be in a crontab', 'rename the folder')
}

/** A word for a crontab: cron reads a bare % as a line end. */
function cronWord(word: string): string {
  return shellWord(word).replaceAll('%', String.raw`\%`)
}

/** The line for a crontab. */
export function crontabLine({ when, words }: Job): string {
  refuseLineEnds(words)
  const command = words.map(cronWord).join(' ')
  return `${when.minute} ${when.hour} * * ${cronDays(when.days)} ${command}`
}

function cronDays(days: RunDays): string {
  if (days === 'daily') return '*'
  return days === 'weekdays' ? '1-5' : String(days)
}

function systemdDays(days: RunDays): string {
  if (days === 'daily') return ''
  return days === 'weekdays' ? 'Mon..Fri ' : `${DAY_NAMES[days]} `
}

/** A word for systemd, to which %, $ and backslashes are special even in quotes. */
function systemdWord(word: string): string {
  const text = word
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('%', '%%')
    .replaceAll('$', () => '$$')
  return /^[\w@+=:,./%-]+$/.test(text) ? text : `"${text}"`
}

/** The two units of a systemd timer, for ~/.config/systemd/user. */
export function systemdUnits({ when, what, words, book }: Job): { service: string; timer: string } {
  refuseLineEnds(words)
  const two = (number: number): string => String(number).padStart(2, '0')
  const about = `funnel ${what} of ${book.replaceAll('%', '%%')}`
  return {
    service: `[Unit]
Description=${about}

[Service]
Type=oneshot
ExecStart=${words.map(systemdWord).join(' ')}
`,
    timer: `[Unit]
Description=${about}

[Timer]
OnCalendar=${systemdDays(when.days)}*-*-* ${two(when.hour)}:${two(when.minute)}:00
Persistent=true

[Install]
WantedBy=timers.target
`,
  }
}

/** The comment above a line, by which it is found again: a book has one line per command. */
function mark({ what, book }: Job): string {
  return `# funnel ${what} of ${book}`
}

/** False if somebody removed the line and left its comment. */
function isLineOf({ what, book }: Job, line = ''): boolean {
  return `${line} `.includes(` ${what} `) && line.includes(cronWord(book))
}

/** A crontab with a job's line put in, replacing an earlier one; the rest is as it was. */
export function withLine(crontab: string, job: Job): string {
  const lines = crontab === '' ? [] : crontab.replace(/\n$/, '').split('\n')
  const at = lines.indexOf(mark(job))
  const own = [mark(job), crontabLine(job)]
  if (at < 0) addAll(lines, own)
  else lines.splice(at, isLineOf(job, lines[at + 1]) ? 2 : 1, ...own)
  return `${lines.join('\n')}\n`
}

/** The user's crontab; empty if there is none. @throws Fault `failed` if cron is not there. */
export function readCrontab(env: Record<string, string | undefined>): string {
  const done = spawnSync('crontab', ['-l'], { env: env, encoding: 'utf8' })
  if (done.error) {
    const hint = 'use the systemd timer, or put the line where your system wants it'
    throw new Fault('failed', 'there is no program crontab here', hint, done.error)
  }
  // Without a crontab it ends with 1 and says so.
  if (done.status === 0) return done.stdout
  if (/no crontab/i.test(done.stderr)) return ''
  throw new Fault('failed', `the crontab cannot be read: ${done.stderr.trim()}`)
}

/** Writes the user's crontab. @throws Fault `failed` if cron does not take it. */
export function writeCrontab(text: string, env: Record<string, string | undefined>): void {
  const done = spawnSync('crontab', ['-'], {
    env: env,
    input: text,
    encoding: 'utf8',
  })
  if (done.status === 0) return
  throw new Fault('failed', `cron did not take the crontab: ${(done.stderr ?? '').trim()}`)
}
