import type { Book } from '../book/open.ts'
import { addDays, type Day, isoWeekStart, partsOf } from '../domain/day.ts'
import { type Currency, formatMoney } from '../domain/money.ts'
import { unitOf } from '../domain/goals/spans.ts'
import { goalChances } from '../forecast/goal-chance.ts'
import { describePeriod } from '../domain/period.ts'
import { share } from '../domain/share.ts'
import type { Column, Report, Row, Section } from '../domain/table.ts'
import { type Costliest, costliestBottleneck } from '../reports/bottlenecks/index.ts'
import { plainAsk } from '../reports/family/plain.ts'
import { proposalsWithin } from '../reports/proposals/counts.ts'
import { goalStandings } from '../reports/goals/standing.ts'
import { describeFilters, filtersHead, withoutOpeningNote } from '../reports/scope.ts'
import { closedTotals } from './closed.ts'
import { dealsOfPeriod } from './deals.ts'
import { openFunnel } from './funnel.ts'
import { type Expected, expectedMoney, expectedRows } from './money.ts'
import { closedUnratedNote, unratedNote } from '../reports/rates-needed.ts'
import type { Listed, SnapshotRequest } from './request.ts'
import { clientsToCall, overdueTasks, promisesBroken, unpaidInvoices } from './work.ts'

export type { SnapshotRequest } from './request.ts'

function columns(
  ...list: [key: string, label: string, type: Column['type'], more?: Partial<Column>][]
) {
  return list.map(([key, label, type, more]): Column => ({ key, label, type, ...more }))
}

const HIDDEN = { hidden: true }
const SIGNED = { signed: true }

const WON = columns(
  ['deal', 'Deal', 'text'],
  ['client', 'Client', 'text'],
  ['amount', 'Amount', 'money'],
  ['profit', 'Profit', 'money'],
  ['owner', 'Owner', 'text'],
  ['closed', 'Closed', 'day'],
  ['id', 'Deal no.', 'count', HIDDEN],
)

const LOST = columns(
  ['deal', 'Deal', 'text'],
  ['client', 'Client', 'text'],
  ['amount', 'Amount', 'money'],
  ['stage', 'Got to', 'text'],
  ['reason', 'Reason', 'text'],
  ['owner', 'Owner', 'text'],
  ['closed', 'Closed', 'day'],
  ['id', 'Deal no.', 'count', HIDDEN],
)

const OPEN = columns(
  ['stage', 'Stage', 'text'],
  ['deals', 'Deals', 'count'],
  ['deals_change', 'Change', 'count', SIGNED],
  ['amount', 'Amount', 'money'],
  ['amount_change', 'Change of amount', 'money', SIGNED],
  ['over_limit', 'Over limit', 'count'],
)

const STUCK = columns(
  ['deal', 'Deal', 'text'],
  ['client', 'Client', 'text'],
  ['amount', 'Amount', 'money'],
  ['stage', 'In', 'text'],
  ['days', 'Days', 'days'],
  ['limit', 'Limit', 'days'],
  ['new', 'New', 'flag'],
  ['owner', 'Owner', 'text'],
  ['id', 'Deal no.', 'count', HIDDEN],
)

const EXPECTED = columns(
  ['what', 'Money', 'text', { worded: true }],
  ['mean', 'Expected', 'money', { rough: true }],
  ['p10', 'P10', 'money', { rough: true }],
  ['p90', 'P90', 'money', { rough: true }],
)

const CALL = columns(
  ['client', 'Client', 'text'],
  ['phone', 'Phone', 'text'],
  ['late', 'Late, days', 'days'],
  ['rating', 'Rating', 'text'],
  ['last_contact', 'Last contact', 'day'],
  ['owner', 'Owner', 'text'],
  ['client_id', 'Client no.', 'count', HIDDEN],
)

const INVOICES = columns(
  ['client', 'Client', 'text'],
  ['number', 'Invoice', 'text'],
  ['open', 'Open', 'text'],
  ['late', 'Late, days', 'days'],
  ['due_on', 'Due', 'day'],
  ['owner', 'Owner', 'text'],
  ['client_id', 'Client no.', 'count', HIDDEN],
)

const PROMISES = columns(
  ['client', 'Client', 'text'],
  ['number', 'Invoice', 'text'],
  ['missing', 'Missing', 'text', { spoken: true }],
  ['for_day', 'Promised for', 'day'],
  ['late', 'Late, days', 'days'],
  ['owner', 'Owner', 'text'],
  ['client_id', 'Client no.', 'count', HIDDEN],
)

const TASKS = columns(
  ['task', 'Task', 'text'],
  ['client', 'Client', 'text'],
  ['deal', 'Deal', 'text'],
  ['late', 'Late, days', 'days'],
  ['due', 'Due', 'day'],
  ['owner', 'Owner', 'text'],
  ['task_id', 'Task no.', 'count', HIDDEN],
)

const TOTALS = columns(
  ['won', 'Won', 'count'],
  ['amount_won', 'Amount won', 'money'],
  ['profit_won', 'Profit won', 'money', HIDDEN],
  ['lost', 'Lost', 'count'],
  ['win_rate', 'Win rate', 'share', HIDDEN],
  ['open', 'Open', 'count'],
  ['open_change', 'Change of open', 'count', SIGNED],
  ['open_amount', 'Open amount', 'money'],
  ['open_amount_change', 'Change of amount', 'money', { ...SIGNED, hidden: true }],
  ['opened', 'New deals', 'count', HIDDEN],
  ['stuck', 'Stuck', 'count'],
  ['to_call', 'To call', 'count'],
  ['overdue', 'Overdue tasks', 'count'],
  ['unpaid', 'Late invoices', 'count'],
  ['broken_promises', 'Broken promises', 'count', HIDDEN],
)

/** `2026-W47` for seven days from a Monday; null for any other period. */
function isoWeek({ from, to }: { from: Day; to: Day }): string | null {
  if (addDays(from, 6) !== to) return null
  // The week belongs to the year of its Thursday.
  const { year } = partsOf(addDays(from, 3))
  for (let week = 1; week <= 53; week += 1) {
    if (isoWeekStart(year, week) === from) return `${year}-W${String(week).padStart(2, '0')}`
  }
  return null
}

/** What the period is called: `2026-W47`, else its days. */
export function periodName(period: { from: Day; to: Day }): string {
  return isoWeek(period) ?? describePeriod(period)
}

/** The week in one sentence: `3 won (12,400 EUR), 1 lost · 14 open (84,000 EUR), 2 more`. */
function headline(totals: Row, currency: Currency): string {
  const money = (cell: Row[string] | undefined): string =>
    `${formatMoney(Number(cell ?? 0), currency)} ${currency.code}`
  const change = Number(totals.open_change)
  const changed = change === 0 ? '' : `, ${Math.abs(change)} ${change > 0 ? 'more' : 'fewer'}`
  const won = `${totals.won} won${totals.won === 0 ? '' : ` (${money(totals.amount_won)})`}`
  return `${won}, ${totals.lost} lost · ${totals.open} open (${money(totals.open_amount)})${changed}`
}

function rest({ lines, all }: Listed<unknown>, what: string, command: string): string[] {
  return all > lines.length ? [`${what}: ${all - lines.length} more; funnel ${command}`] : []
}

async function goalNote(
  book: Book,
  expected: Expected,
  { scope, measure }: SnapshotRequest,
): Promise<string[]> {
  const { asOf, settings, owner } = scope
  const month = unitOf('month', asOf)
  const found = await goalStandings(book.db, { asOf, settings, ownerId: owner?.id ?? null })
  const due = found.find(
    ({ goal }) =>
      goal.measure === `won-${measure}` && goal.from === month.from && goal.to === month.to,
  )
  const target = due?.goal.value ?? 0
  if (target === 0) return []
  const { currency } = settings
  const part = (value: number): string => `${Math.round((value / target) * 100)}%`
  const reached = part(expected.wonSoFar)
  const likely = part(expected.wonSoFar + expected.coming.mean)
  const [chance = null] = due ? await goalChances(book, { asOf, settings }, [due]) : []
  const sure = chance === null ? '' : `; chance to reach it ${Math.round(chance * 100)}%`
  return [
    `Goal of the month: ${formatMoney(target, currency)} ${currency.code} of ${measure}; ` +
      `${reached} won so far, ${likely} expected${sure}.`,
  ]
}

/**
 * What cost most within a year, if it is beyond chance: a stage that fewer deals pass than in the
 * year before, or an owner whose deals pass it less often than those of others.
 */
function yearsBottleneck(book: Book, { scope }: SnapshotRequest): Promise<Costliest> {
  const from = addDays(scope.asOf, -364)
  const ask = plainAsk(book.db, scope, { from, to: scope.asOf })
  const compare = { from: addDays(from, -365), to: addDays(from, -1) }
  return costliestBottleneck([
    { ...ask, compare },
    { ...ask, by: 'owner' },
  ])
}

/** What went out and came back in the period; nothing if neither did. */
function proposalsNote({ sent, accepted }: { sent: number; accepted: number }): string[] {
  return sent + accepted === 0
    ? []
    : [`Proposals: ${sent} sent, ${accepted} accepted; see funnel report proposals.`]
}

/** Why no bottleneck is named. */
function noBottleneckNote({ sentence, tested }: Costliest): string[] {
  if (sentence !== null) return []
  return [
    tested === 0
      ? 'Bottleneck: too few deals closed within a year to tell.'
      : 'Bottleneck: none beyond chance, of stages against the year before or of owners against the others.',
  ]
}

function sectionOf(
  key: string,
  title: string,
  own: Column[],
  rows: readonly object[],
  more: Partial<Section> = {},
): Section {
  return { key, title, columns: own, rows: rows.map((row) => ({ ...row })), ...more }
}

/**
 * One page for a period: what was won and lost and with whom, the open funnel with the change since
 * the end of the period before, what got stuck, the money expected by the month's end, who must be
 * called, and what is overdue.
 */
export async function snapshotReport(book: Book, request: SnapshotRequest): Promise<Report> {
  const { scope, period, measure } = request
  const { currency } = scope.settings
  const deals = await dealsOfPeriod(book.db, request)
  const closed = await closedTotals(book.db, scope, period)
  const open = await openFunnel(book.db, scope, addDays(period.from, -1))
  const expected = await expectedMoney(book, request)
  const calls = await clientsToCall(book.db, request)
  const tasks = await overdueTasks(book.db, request)
  const invoices = await unpaidInvoices(book.db, request)
  const promises = await promisesBroken(book.db, request)
  const bottleneck = await yearsBottleneck(book, request)
  const totals: Row = {
    won: closed.won,
    amount_won: closed.amountWon,
    profit_won: closed.profitWon,
    lost: closed.lost,
    win_rate: share(closed.won, closed.won + closed.lost),
    opened: deals.opened,
    open: open.totals.deals ?? 0,
    open_change: open.totals.deals_change ?? 0,
    open_amount: open.totals.amount ?? 0,
    open_amount_change: open.totals.amount_change ?? 0,
    stuck: deals.stuck.all,
    to_call: calls.all,
    overdue: tasks.all,
    unpaid: invoices.all,
    broken_promises: promises.all,
  }
  const name = periodName(period)
  const days = describePeriod(period)
  return {
    name: 'snapshot',
    title: `Funnel, ${name === days ? days : `${name} (${days})`}`,
    subtitle: [
      headline(totals, currency),
      ...(bottleneck.sentence === null ? [] : [bottleneck.sentence]),
      [...describeFilters(scope), `as of ${scope.asOf}`, currency.code].join(' · '),
    ],
    currency,
    head: {
      as_of: scope.asOf,
      period: { ...period },
      measure,
      filters: filtersHead(scope),
      bottleneck: bottleneck.sentence,
    },
    sections: [
      sectionOf('won', 'Won', WON, deals.won.lines),
      sectionOf('lost', 'Lost', LOST, deals.lost.lines),
      sectionOf('open', `Open, and since ${addDays(period.from, -1)}`, OPEN, open.rows, {
        bar: 'amount',
        footer: { ...open.totals, stage: 'Total' },
      }),
      sectionOf('expected', `Expected ${measure}`, EXPECTED, expectedRows(expected)),
      sectionOf('stuck', 'Stuck: longer in their stage than its limit', STUCK, deals.stuck.lines),
      sectionOf('to_call', 'To call: not contacted in time', CALL, calls.lines),
      sectionOf('overdue', 'Overdue tasks', TASKS, tasks.lines),
      sectionOf('unpaid', 'Invoices not paid in time', INVOICES, invoices.lines),
      sectionOf('broken_promises', 'Promises to pay that were broken', PROMISES, promises.lines),
    ],
    totals,
    totalColumns: TOTALS,
    notes: [
      ...proposalsNote(await proposalsWithin(book.db, scope, period)),
      ...rest(deals.won, 'Won', `deal list --status won`),
      ...rest(deals.lost, 'Lost', `deal list --status lost`),
      ...rest(deals.stuck, 'Stuck', 'today'),
      ...rest(calls, 'To call', 'report standards'),
      ...rest(tasks, 'Overdue', 'task list --overdue'),
      ...rest(invoices, 'Not paid in time', 'invoice list --overdue'),
      ...rest(promises, 'Promises broken', 'promise list --broken'),
      ...withoutOpeningNote(deals.withoutOpening, 'new deals'),
      ...noBottleneckNote(bottleneck),
      ...(await unratedNote(book.db, scope)),
      ...(await closedUnratedNote(book.db, scope, request.period)),
      ...(await goalNote(book, expected, request)),
      ...expected.notes.map((note) => `Expected money: ${note}`),
    ],
    charts: [],
    empty: 'Nothing was closed and nothing is open.',
  }
}
