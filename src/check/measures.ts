import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { brokenPromises } from '../book/promises.ts'
import { isAssigned } from '../book/unassigned.ts'
import type { Book } from '../book/open.ts'
import { addDays, addMonths, type Day } from '../domain/day.ts'
import type { GoalMeasure } from '../domain/goals/measures.ts'
import { unitOf } from '../domain/goals/spans.ts'
import type { Row } from '../domain/table.ts'
import { forecastReport } from '../forecast/periods.ts'
import { closed as closedFunnel } from '../reports/closed/index.ts'
import { dealsAsOf, openDealsAsOf } from '../reports/deals-as-of.ts'
import { goalStandings } from '../reports/goals/standing.ts'
import { contactScope, countLateClients } from '../reports/standards/load.ts'
import { plainFrame } from '../reports/family/plain.ts'
import { open as openFunnel } from '../reports/open/index.ts'
import { proposalsWaiting } from '../reports/proposals/counts.ts'
import { type Debt, loadDebts } from '../reports/receivables/load.ts'
import {
  countWithoutOpening,
  asClients,
  ofClients,
  OPENING_KNOWN,
  type Scope,
  within,
  withoutOpeningNote,
} from '../reports/scope.ts'

/** How a measure's values are read: a ratio is a plain number. */
export type MeasureKind = 'count' | 'money' | 'share' | 'ratio'

/** Spans of time: this many days back, including the last one; or ahead, for a forecast. */
export const SPANS = { day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const

export type SpanName = keyof typeof SPANS

/** What is measured. */
export interface Measuring {
  book: Book
  scope: Scope
  today: Day
}

/** A value, or null with the reason why there is none. */
type Measured = number | { missing: string }

interface Measure {
  kind: MeasureKind
  about: string
  /** A span must be given, has a default, or makes no sense. */
  span: 'needed' | 'none' | SpanName
  take: (of: Measuring, span: SpanName) => Promise<Measured>
  /** What the value leaves out. */
  notes?: (of: Measuring, span: SpanName) => Promise<string[]>
}

async function openTotals({ book, scope }: Measuring): Promise<Row> {
  return (await plainFrame(openFunnel, book.db, scope)).totals ?? {}
}

function backFrom(asOf: Day, span: SpanName): { from: Day; to: Day } {
  return { from: addDays(asOf, 1 - SPANS[span]), to: asOf }
}

async function closedTotals({ book, scope }: Measuring, span: SpanName): Promise<Row> {
  const period = backFrom(scope.asOf, span)
  return (await plainFrame(closedFunnel, book.db, scope, period)).totals ?? {}
}

function open(key: string, kind: MeasureKind, about: string): Measure {
  return {
    kind,
    about,
    span: 'none',
    take: async (of) => Number((await openTotals(of))[key] ?? 0),
  }
}

function closed(key: string, kind: MeasureKind, about: string): Measure {
  return {
    kind,
    about,
    span: 'needed',
    take: async (of, span) => Number((await closedTotals(of, span))[key] ?? 0),
  }
}

function aheadOf(asOf: Day, span: SpanName): Day {
  if (span === 'day' || span === 'week') return addDays(asOf, SPANS[span])
  return addMonths(asOf, { month: 1, quarter: 3, year: 12 }[span])
}

function forecast(key: 'mean' | 'p10' | 'p50' | 'p90', about: string): Measure {
  return {
    kind: 'money',
    about,
    span: 'quarter',
    async take({ book, scope }, span) {
      const { sections } = await forecastReport(book, {
        scope,
        measure: 'profit',
        to: aheadOf(scope.asOf, span),
        by: 'month',
        openOnly: false,
        force: undefined,
        seed: 1,
        changes: [],
        backtest: false,
        backtestFirst: false,
        chart: false,
      })
      return Number(sections[0]?.footer?.[key] ?? 0)
    },
  }
}

async function count(of: Measuring, query: ReturnType<typeof sql<{ n: number }>>): Promise<number> {
  return (await query.execute(of.book.db)).rows[0]?.n ?? 0
}

const isWithin = (month: { from: Day; to: Day }, goal: { from: Day; to: Day }): boolean =>
  goal.from === month.from && goal.to === month.to

/** How far the goal of a measure with the nearest end has come, as a share of its pace. */
function ofPace(measure: GoalMeasure): Measure {
  return {
    kind: 'share',
    about: `${measure} as a share of the pace of its goal`,
    span: 'none',
    async take({ book, scope: { asOf, settings, owner } }) {
      const all = await goalStandings(book.db, { asOf, settings, ownerId: owner?.id ?? null })
      const [nearest] = all
        .filter(({ goal }) => goal.measure === measure)
        .toSorted((a, b) => (a.goal.to < b.goal.to ? -1 : 1))
      const whose = owner ? ` of ${owner.name}` : ''
      if (!nearest) return { missing: `no goal for ${measure} is set${whose} on ${asOf}` }
      return nearest.ofPace ?? { missing: 'no working day of its period is gone' }
    },
  }
}

async function coverage(of: Measuring): Promise<Measured> {
  const { asOf, settings, owner } = of.scope
  const standings = await goalStandings(of.book.db, { asOf, settings, ownerId: owner?.id ?? null })
  const month = unitOf('month', asOf)
  for (const key of ['amount', 'profit'] as const) {
    const goal = standings.find(
      (one) => one.goal.measure === `won-${key}` && isWithin(month, one.goal),
    )?.goal
    if (goal && goal.value > 0) return Number((await openTotals(of))[key] ?? 0) / goal.value
  }
  const whose = owner ? ` --owner "${owner.name}"` : ''
  return {
    missing: `no goal is set for the month; funnel goal set won-amount AMOUNT --every month${whose}`,
  }
}

async function opened({ book, scope }: Measuring, span: SpanName): Promise<number> {
  const { from, to } = backFrom(scope.asOf, span)
  const deals = await dealsAsOf(book.db, scope.asOf)
  const { n } = await within(deals, scope)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where(OPENING_KNOWN)
    .where('d.opened_on', '>=', from)
    .where('d.opened_on', '<=', to)
    .executeTakeFirstOrThrow()
  return n
}

/** Deals that may be new leads, and are not counted. */
async function notOpened({ book, scope }: Measuring, span: SpanName): Promise<string[]> {
  const deals = await dealsAsOf(book.db, scope.asOf)
  const unknown = await countWithoutOpening(deals, scope, backFrom(scope.asOf, span).from)
  return withoutOpeningNote(unknown, `new-leads/${span}`)
}

/** Rows of an owner, and of the chosen clients. */
function ofScope(scope: Scope, client: 'id' | 'client_id'): RawBuilder<unknown> {
  const { owner } = scope
  const clients = ofClients(scope, client)
  return sql.join(
    [
      ...(owner ? [sql`AND ${isAssigned('owner_id', owner.id)}`] : []),
      ...(clients ? [sql`AND ${clients}`] : []),
    ],
    sql` `,
  )
}

function added(table: 'clients' | 'interactions', column: string, about: string): Measure {
  return {
    kind: 'count',
    about,
    span: 'needed',
    take: (of, span) => {
      const { from, to } = backFrom(of.scope.asOf, span)
      const whose = ofScope(of.scope, table === 'clients' ? 'id' : 'client_id')
      return count(
        of,
        sql`SELECT count(*) AS n FROM ${sql.table(table)}
          WHERE ${sql.ref(column)} BETWEEN ${from} AND ${to} ${whose}`,
      )
    },
  }
}

/** Tasks that were due before the day and not closed by its end. */
function overdueTasks(of: Measuring): Promise<number> {
  const { asOf } = of.scope
  return count(
    of,
    sql`SELECT count(*) AS n FROM tasks WHERE due < ${asOf} AND added_on <= ${asOf}
      AND (status = 'open' OR closed_on > ${asOf}) ${ofScope(of.scope, 'client_id')}`,
  )
}

/** What each client owes at the end of the day. */
async function debtsOf({ book, scope }: Measuring): Promise<Debt[]> {
  return [...(await loadDebts(book.db, scope)).debts.values()]
}

/** What is late, or all that is owed less what was paid ahead. */
function sumOf(debts: readonly Debt[], what: 'late' | 'all'): number {
  return debts.reduce((sum, { not_due: notDue, unallocated, ...late }) => {
    const overdue = Object.values(late).reduce((all, part) => all + part, 0)
    return sum + overdue + (what === 'all' ? notDue - unallocated : 0)
  }, 0)
}

/** Open deals without a task that was open at the end of the day, and has a day. */
async function withoutNextStep({ book, scope }: Measuring): Promise<number> {
  const { asOf } = scope
  const { deals } = await openDealsAsOf(book.db, asOf, scope)
  const { n } = await within(deals, scope)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where(sql<SqlBool>`NOT EXISTS (SELECT 1 FROM tasks AS t WHERE t.deal_id = d.id
      AND t.due IS NOT NULL AND t.added_on <= ${asOf}
      AND (t.status = 'open' OR t.closed_on > ${asOf}))`)
    .executeTakeFirstOrThrow()
  return n
}

async function winRate(of: Measuring, span: SpanName): Promise<Measured> {
  const rate = (await closedTotals(of, span)).win_rate
  return typeof rate === 'number' ? rate : { missing: `no deal was closed in the last ${span}` }
}

/** What can be checked, by name. */
export const MEASURES: Record<string, Measure> = {
  coverage: {
    kind: 'ratio',
    about: 'open amount / the month’s goal for won-amount (or profit, if only that has a goal)',
    span: 'none',
    take: coverage,
  },
  open: open('deals', 'count', 'open deals'),
  pipeline: open('amount', 'money', 'amount of open deals'),
  weighted: open('weighted', 'money', 'amount of open deals × their chances'),
  stuck: open('overdue', 'count', 'open deals over their stage’s limit'),
  'no-next-step': {
    kind: 'count',
    about: 'open deals without an open task that has a day',
    span: 'none',
    take: withoutNextStep,
  },
  overdue: { kind: 'count', about: 'overdue tasks', span: 'none', take: overdueTasks },
  'to-call': {
    kind: 'count',
    about: 'clients that have not heard from us in time',
    span: 'none',
    take: ({ book, scope, today }) => countLateClients(book.db, today, contactScope(scope)),
  },
  'new-leads': {
    kind: 'count',
    about: 'deals opened, if their opening day is known',
    span: 'needed',
    take: opened,
    notes: notOpened,
  },
  'new-clients': added('clients', 'added_on', 'clients added'),
  contacts: added('interactions', 'at', 'calls, e-mails and other interactions'),
  receivables: {
    kind: 'money',
    about: 'what clients owe: open invoices less payments that settle nothing yet',
    span: 'none',
    take: async (of) => sumOf(await debtsOf(of), 'all'),
  },
  'overdue-amount': {
    kind: 'money',
    about: 'what is open of invoices that are late',
    span: 'none',
    take: async (of) => sumOf(await debtsOf(of), 'late'),
  },
  'broken-promises': {
    kind: 'count',
    about: 'promises to pay whose day is past, and the money has not come',
    span: 'none',
    take: async ({ book, scope }) => {
      const { owner } = scope
      const clients = ofClients(asClients(scope), 'i.client_id')
      const tests = [
        ...(owner ? [isAssigned('i.owner_id', owner.id)] : []),
        ...(clients ? [clients] : []),
      ]
      return (await brokenPromises(book.db, scope.asOf, tests)).length
    },
  },
  'open-proposals': {
    kind: 'count',
    about: 'proposals of open deals that can still be accepted',
    span: 'none',
    take: async ({ book, scope }) => (await proposalsWaiting(book.db, scope)).open,
  },
  'expired-proposals': {
    kind: 'count',
    about: 'proposals of open deals whose last day is past, without an answer',
    span: 'none',
    take: async ({ book, scope }) => (await proposalsWaiting(book.db, scope)).expired,
  },
  won: closed('won', 'count', 'deals won'),
  lost: closed('lost', 'count', 'deals lost'),
  'won-amount': closed('amount_won', 'money', 'amount won'),
  'won-profit': closed('profit_won', 'money', 'profit won'),
  'win-rate': { kind: 'share', about: 'won / (won + lost)', span: 'year', take: winRate },
  'goal-won-amount': ofPace('won-amount'),
  'goal-won-profit': ofPace('won-profit'),
  'goal-won-deals': ofPace('won-deals'),
  'goal-contacts-made': ofPace('contacts-made'),
  'forecast.mean': forecast('mean', 'profit expected'),
  'forecast.p10': forecast('p10', 'profit reached in 9 of 10 cases'),
  'forecast.p50': forecast('p50', 'profit reached in half of the cases'),
  'forecast.p90': forecast('p90', 'profit reached in 1 of 10 cases'),
}
