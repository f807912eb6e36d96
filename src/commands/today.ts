import { defineCommand, flag, option } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { readCount } from '../cli/options.ts'
import { addDays, type Day } from '../domain/day.ts'
import type { Report } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import { loadAgenda } from '../reports/agenda/index.ts'
import type { AgendaScope, Item } from '../reports/agenda/item.ts'
import { chooseOptions, readChoice, WHERE_HELP } from './shared/choose-clients.ts'
import { mailOptions } from './shared/mail/options.ts'
import { USUAL_MINUTES } from '../reports/calendar/plan.ts'
import { describeItem, todayReport } from '../reports/today.ts'

/** Lines of a screen that are not items: title, counts, head, rule, notes, the prompt. */
const OTHER_LINES = 9
const FEWEST_ITEMS = 5

/** Without a screen, a page is this long. */
const PAGE = 20

/** If all are wanted, up to this many items are asked for. */
const ALL = 1_000_000_000

/** How many items are shown: as many as asked for, all for a program, else what a screen holds. */
function roomFor({ globals, screen }: Context, limit: number | undefined): number {
  if (limit !== undefined) return limit
  if (globals.json || globals.csv) return ALL
  if (screen.height === null) return PAGE
  return Math.max(FEWEST_ITEMS, screen.height - OTHER_LINES)
}

/** A mail has room for more than a screen, and a calendar for everything. */
const MAIL_ITEMS = 50

function roomOf(
  context: Context,
  { limit, ics, isMail }: { limit: number | undefined; ics: string | undefined; isMail: boolean },
): number {
  if (limit !== undefined) return limit
  if (ics !== undefined) return ALL
  return isMail ? MAIL_ITEMS : roomFor(context, limit)
}

/** If items take several lines on a narrow screen, it holds fewer of them. */
async function oneScreen(
  { screen }: Context,
  made: (room: number) => Report,
  lines: number,
): Promise<Report> {
  const report = made(lines)
  if (!screen.terminal) return report
  const { linesOfRows } = await import('../render/terminal-table.ts')
  const fitted = async (fuller: Report): Promise<Report> => {
    const [section] = fuller.sections
    const items = section?.rows.length ?? 0
    if (!section || items <= FEWEST_ITEMS) return fuller
    const taken = await linesOfRows(section, fuller.currency, screen)
    if (taken <= lines) return fuller
    return fitted(made(Math.max(FEWEST_ITEMS, Math.floor((items * lines) / taken))))
  }
  return fitted(report)
}

/** Items as a calendar has them; overdue ones are on today, where they are seen. */
async function entriesOf(context: Context, items: readonly Item[], today: Day) {
  const { bookUid } = await import('../records/book.ts')
  const { db, settings } = await context.book()
  const book = await bookUid(db)
  const { momentOf } = await import('../domain/zone-time.ts')
  const spanOf = ({ by, time = null, minutes }: Item) => {
    if (by === null || time === null || by < today) return {}
    const start = momentOf({ day: by, time }, settings.timezone)
    return { span: { start, end: start + (minutes ?? USUAL_MINUTES) * 60_000 } }
  }
  return items.map((item) => ({
    ...spanOf(item),
    uid: `${item.key}@${book}.funnel`,
    on: item.by === null || item.by < today ? today : item.by,
    summary: describeItem(item),
    description: `${item.by === null ? 'No day set' : `By ${item.by}`}${item.owner ? `, ${item.owner}` : ''}\nfunnel ${item.command}`,
  }))
}

/** Goals that are behind their pace; a book without goals loads nothing for it. */
async function goalNotes(
  context: Context,
  { today, owner }: { today: Day; owner: { id: number } | null },
): Promise<string[]> {
  const { db, settings } = await context.book()
  const goal = await db.selectFrom('goals').select('id').limit(1).executeTakeFirst()
  if (!goal) return []
  const { behindNote } = await import('../reports/goals/behind.ts')
  return behindNote(db, { asOf: today, settings, ownerId: owner?.id })
}

/** How many reminders are due. */
async function reminderNotes(
  context: Context,
  { today, ownerId, clients }: Pick<AgendaScope, 'today' | 'ownerId' | 'clients'>,
): Promise<string[]> {
  const { db, settings } = await context.book()
  const { countDue } = await import('../money/reminders/due.ts')
  const due = await countDue(db, settings, today, { ownerId, clients: clients?.test })
  if (due === 0) return []
  return [
    `${counted(due, 'invoice is', 'invoices are')} due for a reminder: funnel remind --dry-run`,
  ]
}

export default defineCommand({
  description:
    'Tasks that are due or overdue, deals past their expected close or over their stage’s time ' +
    'limit, clients that have not heard from us in time (funnel standard set), deals without a ' +
    'dated next step, and stage tasks without a day. The most urgent come first, on one ' +
    'screen; each line names the command that deals with it. --mail-to sends the list if there ' +
    'is anything to do (see: funnel snapshot --help). ' +
    WHERE_HELP,
  options: {
    owner: option('--owner <owner>', 'only what belongs to this owner (none: unassigned)'),
    mine: flag(
      '--mine',
      'only what is yours: you are FUNNEL_OWNER, else the owner whose user you are',
    ),
    ...chooseOptions,
    week: flag('--week', 'include the next six days'),
    limit: option('--limit <count>', 'show at most this many lines', readCount),
    ics: option('--ics <file>', 'write everything to a calendar file instead (- is stdout)'),
    ...mailOptions,
  },
  examples: ['today', 'today --week --owner Ann', 'today --week --ics today.ics'],
  async run(context, _args, options) {
    const { week, limit, ics, ...whose } = options
    const { db } = await context.book()
    const today = await context.today()
    const isNarrowed = whose.owner !== undefined || whose.mine
    const owner = isNarrowed ? await (await import('./me.ts')).ownerOf(context, whose) : null
    const until = week ? addDays(today, 6) : today
    const { mailTo = [], sendmail = false, again = false } = options
    const isMail = mailTo.length > 0
    const room = roomOf(context, { limit, ics, isMail })
    const { test, texts } = await readChoice(context, options)
    const clients = test && { test, texts }
    const isForPeople = !context.globals.json && !context.globals.csv
    const ownerId = owner?.id ?? null
    const scope = { today, until, ownerId, clients, limit: room, countsAll: !isForPeople }
    const agenda = await loadAgenda(db, scope)
    if (ics !== undefined) {
      const { writeCalendar } = await import('../cli/calendar.ts')
      const entries = await entriesOf(context, agenda.items.slice(0, room), today)
      return writeCalendar(context, ics, entries)
    }
    const due = await reminderNotes(context, scope)
    const behind = [...due, ...(await goalNotes(context, { today, owner }))]
    const made = (lines: number): Report => {
      const report = todayReport(agenda, {
        today,
        until,
        owner: owner?.name ?? null,
        texts,
        room: lines,
        countsAll: !isForPeople,
      })
      return { ...report, notes: [...behind, ...report.notes] }
    }
    if (isMail) {
      const { mailAgenda } = await import('./shared/mail/agenda.ts')
      const report = { ...made(room), totals: null }
      await mailAgenda(context, {
        report,
        count: Object.values(agenda.counts).reduce((sum, one) => sum + one, 0),
        about: [today, until, owner?.name ?? '', ...texts],
        options: { mailTo, sendmail, again },
      })
      return
    }
    // On a screen the counts are already above the list.
    const fits = isForPeople && limit === undefined
    const report = fits ? await oneScreen(context, made, room) : made(room)
    await context.print(isForPeople ? { ...report, totals: null } : report)
  },
})
