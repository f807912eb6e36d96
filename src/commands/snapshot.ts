import path from 'node:path'
import { choice, defineCommand, flag, option } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { periodOption } from '../cli/options.ts'
import { PAGE_FORMATS, type PageFormat, pageIn } from '../cli/pages.ts'
import { writeOut } from '../cli/write-out.ts'
import { addDays, type Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import type { Locale } from '../domain/locale.ts'
import { type Period, parsePeriod } from '../domain/period.ts'
import type { Report } from '../domain/table.ts'
import { describeFilters } from '../reports/scope.ts'
import { periodName, snapshotReport, type SnapshotRequest } from '../snapshot/index.ts'
import { hasHappened } from '../snapshot/work.ts'
import { deliver, messageFile, type Page, sendOutbox } from './shared/mail/deliver.ts'
import { MAIL_HELP, mailOptions } from './shared/mail/options.ts'
import { chooseOptions } from './shared/choose-clients.ts'
import { readScope, scopeOptions } from './report/scope.ts'

function closedPeriod({ from, to }: Period, today: Day): { from: Day; to: Day } {
  if (from === null || to === null) {
    throw new Fault(
      'usage',
      'a snapshot needs a period with both ends',
      'such as last-week or 2026-11',
    )
  }
  if (from > today)
    throw new Fault('usage', `the period begins after ${today}`, 'name an earlier one')
  return { from, to }
}

async function readRequest(
  context: Context,
  options: { period?: Period | undefined; measure?: 'profit' | 'amount' | undefined } & Parameters<
    typeof readScope
  >[1],
): Promise<SnapshotRequest> {
  const scope = await readScope(context, options)
  const usual = parsePeriod('last-week', scope.asOf, scope.settings.firstWeekday)
  const period = closedPeriod(options.period ?? usual, scope.asOf)
  const isOver = period.to < scope.asOf
  return {
    scope: { ...scope, asOf: isOver ? period.to : scope.asOf },
    period,
    readOn: isOver ? addDays(period.to, 1) : scope.asOf,
    today: await context.today(),
    measure: options.measure ?? 'profit',
  }
}

/** The page as it is mailed. */
async function mailPage(
  report: Report,
  request: SnapshotRequest,
  locale: Locale | null,
): Promise<Page> {
  const { period, scope, measure } = request
  return {
    subject: `Funnel ${periodName(period)}: ${report.subtitle[0] ?? ''}`,
    about: ['snapshot', period.from, period.to, measure, ...describeFilters(scope)].join(' '),
    text: await pageIn(report, 'text', locale),
    html: await pageIn(report, 'html', locale),
  }
}

const BY_EXTENSION: Record<string, PageFormat | 'eml'> = {
  '.md': 'md',
  '.html': 'html',
  '.htm': 'html',
  '.json': 'json',
  '.eml': 'eml',
}

/** Formats that other programs write, and this one does not. */
const NOT_WRITTEN = /^\.(?:pdf|docx?|odt|rtf|xlsx?|xlsb|xlsm|ods|csv|xml|zip)$/

/**
 * As given, else by the name of the file, else text.
 * @throws Fault `usage` if the name promises what cannot be written.
 */
function formatOf(context: Context, format: PageFormat | undefined, out: string | undefined) {
  const extension = path.extname(out ?? '').toLowerCase()
  if (format === undefined && NOT_WRITTEN.test(extension)) {
    const hint = `name the file .txt, ${Object.keys(BY_EXTENSION).join(', ')}, or say --format`
    throw new Fault('usage', `a ${extension} file cannot be written here`, hint)
  }
  const named = BY_EXTENSION[extension]
  return format ?? (context.globals.json ? 'json' : (named ?? 'text'))
}

export default defineCommand({
  asOf: true,
  description:
    'One page for a week or another period: what was won and lost and with whom, the open ' +
    'funnel and how it changed since the end of the period before, what is stuck, the money ' +
    'expected by the month’s end with its range, who needs a call, and overdue tasks. ' +
    'Everything is as of the last day of the period, or today if the period is not over. ' +
    MAIL_HELP,
  options: {
    period: periodOption('last-week (the default), this-week, 2026-W47, last-month …'),
    measure: choice('--measure <what>', 'which money to forecast', ['profit', 'amount']),
    process: scopeOptions.process,
    owner: scopeOptions.owner,
    source: scopeOptions.source,
    ...chooseOptions,
    format: choice('--format <format>', 'default: text', PAGE_FORMATS),
    out: option('--out <file>', 'write to this file (- is stdout; .eml is a mail)'),
    ...mailOptions,
    ifChanged: flag('--if-changed', 'do nothing if nothing happened in the period'),
  },
  examples: [
    'snapshot',
    'snapshot --period this-week --format html --out week.html',
    'snapshot --where region=North --owner Ann',
    'snapshot --mail-to ann@example.com --out week.eml',
  ],
  async run(context, _args, options) {
    if (context.globals.csv) {
      throw new Fault('usage', 'a page is not a table', 'use --json, or: funnel export report NAME')
    }
    const format = formatOf(context, options.format, options.out)
    const book = await context.book()
    const request = await readRequest(context, options)
    const { mailTo = [], sendmail = false, again = false, out } = options
    const sends = mailTo.length > 0 && out === undefined
    if (options.ifChanged && !(await hasHappened(book.db, request))) {
      if (sends) await sendOutbox(context, sendmail)
      return
    }
    const report = await snapshotReport(book, request)
    const { locale } = book.settings
    if (sends) {
      await deliver(context, await mailPage(report, request, locale), { mailTo, sendmail, again })
      return
    }
    if (format === 'eml') {
      const page = await mailPage(report, request, locale)
      await writeOut(context, [await messageFile(context, page, mailTo)], out)
      return
    }
    if (format === 'text' && (out === undefined || out === '-')) {
      await context.print({ ...report, totals: null }, 'screen')
      return
    }
    await writeOut(context, [await pageIn(report, format, locale)], out)
  },
})
