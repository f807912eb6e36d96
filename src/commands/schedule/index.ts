import path from 'node:path'
import { parseWeekday } from '../../domain/settings.ts'
import { defineCommand, flag, option, type OptionSpec } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import {
  crontabLine,
  type Job,
  readCrontab,
  type RunDays,
  systemdUnits,
  withLine,
  writeCrontab,
} from '../../cli/crontab.ts'
import { Fault } from '../../domain/fault.ts'
import { JOBS, settled } from './jobs.ts'
import { asTyped, nameOf, wordsOf } from './words.ts'

function readTime(text: string): { hour: number; minute: number } {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? []
  if (hour !== undefined) return { hour: Number(hour), minute: Number(minute) }
  throw new Fault('usage', `“${text}” is not a time`, 'write it as 07:00')
}

function readDays(text: string): RunDays {
  const word = text.trim().toLowerCase()
  if (word === 'daily' || word === 'weekdays') return word
  return parseWeekday(text) % 7
}

async function install(context: Context, job: Job): Promise<void> {
  const { io, globals } = context
  const line = crontabLine(job)
  const before = readCrontab(io.env)
  const after = withLine(before, job)
  if (after === before) {
    await context.tell('the crontab has this line already', { line, installed: false })
    return
  }
  if (!globals.yes) {
    if (!context.interactive) {
      throw new Fault('usage', 'this would change your crontab, so it needs a yes', 'add --yes')
    }
    const { confirm } = await context.ask()
    if (!(await confirm(`Put this line into your crontab?\n${line}\n`, false))) {
      throw new Fault('failed', 'the crontab is as it was')
    }
  }
  writeCrontab(after, io.env)
  await context.tell(`put into your crontab:\n${line}`, { line, installed: true })
}

const NAMES = Object.keys(JOBS)

/** An option that two commands have: it takes what either of them does. */
function joined(one: OptionSpec<unknown>, other: OptionSpec<unknown>): OptionSpec<unknown> {
  if (!one.choices || !other.choices) return other
  const help = one.help === other.help ? one.help : `${one.help}; or ${other.help}`
  return { ...one, help, choices: [...new Set([...one.choices, ...other.choices])] }
}

/** Options of all commands that can be scheduled; if several have one, it is the same but for its choices. */
const carried: Record<string, OptionSpec<unknown>> = {}
for (const { spec } of Object.values(JOBS)) {
  for (const [key, each] of Object.entries(spec.options)) {
    const [known, typed] = [carried[key], asTyped(each)]
    carried[key] = known ? joined(known, typed) : typed
  }
}

const own = {
  on: option('--on <days>', 'a weekday, weekdays or daily', readDays),
  at: option('--at <time>', 'such as 07:00', readTime),
  install: flag('--install', 'add the line to your crontab, after asking'),
}

/** Which command is scheduled; by default the snapshot. */
function chosen(args: string[]): { what: string; job: (typeof JOBS)[string]; rest: string[] } {
  const [first = 'snapshot', ...rest] = args
  const job = JOBS[first]
  if (job) return { what: first, job, rest }
  throw new Fault('usage', `“${first}” cannot be scheduled`, `use one of: ${NAMES.join(', ')}`)
}

/** @throws Fault `usage` if an option is given that the command does not have, or a value that it does not take. */
function optionsOf(what: string, given: Record<string, unknown>): Record<string, unknown> {
  const allowed = JOBS[what]?.spec.options ?? {}
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === false) continue
    const name = nameOf(carried[key] ?? { flags: key, help: '' })
    const choices = allowed[key]?.choices
    if (choices && typeof value === 'string' && !choices.includes(value)) {
      const message = `funnel ${what} does not take ${name} ${value}`
      throw new Fault('usage', message, `use one of: ${choices.join(', ')}`)
    }
    if (key in allowed) continue
    throw new Fault('usage', `funnel ${what} has no option ${name}`, `see: funnel ${what} --help`)
  }
  return given
}

export default defineCommand({
  description:
    'Prints what this machine needs to run a command regularly: a line for cron, and a timer ' +
    `for systemd, with absolute paths. The command is one of ${NAMES.join(', ')}; without one ` +
    'it is snapshot. It can have all of its options. The snapshot runs on Mondays, today and ' +
    'remind on weekdays, check and backup daily, unless --on and --at say otherwise, in this machine’s ' +
    'time zone. A snapshot without --mail-to or --out is written next to the book. Nothing is ' +
    'printed when all is well, and one line when it is not, which cron mails to you. cron does ' +
    'not know FUNNEL_SMTP_URL: keep it in mail.json (see: funnel snapshot --help).',
  arguments: [
    { syntax: '[command]', help: NAMES.join(', ') },
    { syntax: '[words...]', help: 'its arguments: a folder for backup, thresholds for check' },
  ],
  options: { ...own, ...carried },
  examples: [
    'schedule',
    'schedule --mail-to ann@example.com --on friday --at 16:30',
    'schedule today --mail-to ann@example.com',
    'schedule backup --keep 30 --at 20:00',
    'schedule check --max overdue=5 --on weekdays',
    'schedule remind --limit 20',
  ],
  async run(context, args, { on, at, install: installs, ...given }) {
    const { what, job, rest } = chosen(args)
    const book = path.resolve((await context.book()).path)
    const options = optionsOf(what, given as Record<string, unknown>)
    const words = await settled(context, book, what, { args: rest, given: options })
    const { program = ['funnel'] } = context.io
    const line: Job = {
      what,
      when: { days: on ?? job.days, ...(at ?? { hour: job.hour, minute: 0 }) },
      words: [
        ...program,
        '--book',
        book,
        '--quiet',
        what,
        ...words.args,
        ...wordsOf(job.spec.options, words.given),
      ],
      book,
    }
    if (installs) {
      await install(context, line)
      return
    }
    const crontab = crontabLine(line)
    const { service, timer } = systemdUnits(line)
    const unit = `funnel-${what}`
    const folder = '~/.config/systemd/user'
    await context.tell(
      [
        `# For cron (crontab -e, or: the same with --install)`,
        crontab,
        '',
        `# For systemd: ${folder}/${unit}.service`,
        service,
        `# ${folder}/${unit}.timer`,
        timer,
        `# then: systemctl --user enable --now ${unit}.timer`,
      ].join('\n'),
      { crontab, service, timer },
    )
  },
})
