import path from 'node:path'
import { parseWeekday } from '../book/settings.ts'
import { defineCommand, flag, list, option } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import {
  crontabLine,
  type Job,
  readCrontab,
  systemdUnits,
  withLine,
  writeCrontab,
} from '../cli/crontab.ts'
import { Fault } from '../domain/fault.ts'
import { parseMailbox } from '../mail/addresses.ts'

function readTime(text: string): { hour: number; minute: number } {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? []
  if (hour !== undefined) return { hour: Number(hour), minute: Number(minute) }
  throw new Fault('usage', `“${text}” is not a time`, 'write it as 07:00')
}

/** The command, so that it runs wherever cron starts it. */
function wordsOf(context: Context, book: string, mailTo: readonly string[], sendmail: boolean) {
  const { program = ['funnel'] } = context.io
  const snapshot = ['--book', book, '--quiet', 'snapshot']
  if (mailTo.length === 0) return [...program, ...snapshot, '--out', `${book}.snapshot.html`]
  for (const address of mailTo) parseMailbox(address)
  return [
    ...program,
    ...snapshot,
    '--if-changed',
    ...mailTo.flatMap((address) => ['--mail-to', address]),
    ...(sendmail ? ['--sendmail'] : []),
  ]
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

export default defineCommand({
  description:
    'Prints what has this machine make the snapshot every week: a line for cron, and a timer for ' +
    'systemd, with absolute paths. With --mail-to it is mailed where something happened, else written ' +
    'beside the book. Times are those of this machine. It is silent when all is well, and says one ' +
    'line when not, which cron mails to you. cron knows no FUNNEL_SMTP_URL: keep it in mail.json ' +
    '(see: funnel snapshot --help).',
  options: {
    on: option('--on <weekday>', 'monday if not given', parseWeekday),
    at: option('--at <time>', '07:00 if not given', readTime),
    mailTo: list('--mail-to <address>', 'send it there by mail (repeatable)'),
    sendmail: flag('--sendmail', 'by this machine’s sendmail'),
    install: flag('--install', 'put the line into your crontab, after asking'),
  },
  examples: ['schedule', 'schedule --mail-to ann@example.com --on friday --at 16:30'],
  async run(context, _args, options) {
    const { path: book } = await context.book()
    const job: Job = {
      when: { weekday: (options.on ?? 1) % 7, ...(options.at ?? { hour: 7, minute: 0 }) },
      words: wordsOf(context, path.resolve(book), options.mailTo ?? [], options.sendmail ?? false),
      book: path.resolve(book),
    }
    if (options.install) {
      await install(context, job)
      return
    }
    const line = crontabLine(job)
    const { service, timer } = systemdUnits(job)
    const folder = '~/.config/systemd/user'
    await context.tell(
      [
        '# For cron (crontab -e, or: funnel schedule --install)',
        line,
        '',
        `# For systemd: ${folder}/funnel-snapshot.service`,
        service,
        `# ${folder}/funnel-snapshot.timer`,
        timer,
        '# then: systemctl --user enable --now funnel-snapshot.timer',
      ].join('\n'),
      { crontab: line, service, timer },
    )
  },
})
