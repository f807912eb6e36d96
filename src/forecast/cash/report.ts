import type { Book } from '../../book/open.ts'
import { addDays, type Day, daysBetween, toEpochDay } from '../../domain/day.ts'
import { formatMoney, toDecimal } from '../../domain/money.ts'
import type { Chart, Column, FanPoint, Report, Section } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { unratedMoneyNote } from '../../reports/receivables/worth.ts'
import { describeFilters, filtersHead, type Scope } from '../../reports/scope.ts'
import {
  type CashAccuracy,
  cashAccuracy,
  FEWEST_PAID,
  testCash,
  TESTED_DAYS,
  type TestedCash,
  widened,
} from './backtest.ts'
import { type CashBy, type CashGroup, cashGroups } from './groups.ts'
import { loadReceipts, realisedExchange } from './load.ts'
import { type CashAhead, cashAfter, loadHistory } from './model.ts'

const DRAWS = 2000
const PAST_SHOWN = 6

/** What is asked of the forecast of cash. */
export interface CashAsk {
  scope: Scope
  weeks: number
  seed: number
  /** List past forecasts and what came. */
  backtest: boolean
  chart: boolean
  /** What to split the whole of the weeks by. */
  by?: CashBy | undefined
}

const money = (key: string, label: string): Column => ({ key, label, type: 'money', rough: true })

const COLUMNS: Column[] = [
  { key: 'from', label: 'From', type: 'day' },
  { key: 'to', label: 'To', type: 'day' },
  money('due', 'Due'),
  { ...money('mean', 'Expected'), lasting: true },
  { ...money('p10', 'P10'), lasting: true },
  money('p50', 'P50'),
  { ...money('p90', 'P90'), lasting: true },
  money('invoices', 'Invoices'),
  money('deals', 'Deals'),
]

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

interface Week {
  from: Day
  to: Day
  due: number
  mean: number
  p10: number
  p50: number
  p90: number
  invoices: number
  deals: number
}

function weeksOf(asOf: Day, made: CashAhead): Week[] {
  return made.bands.map((band, at): Week => {
    const [from, to] = [addDays(asOf, 7 * at + 1), addDays(asOf, 7 * (at + 1))]
    const own = made.parts.filter(({ due }) => due >= toEpochDay(from) && due <= toEpochDay(to))
    const [invoices, deals] = [made.invoices[at] as number, made.deals[at] as number]
    return {
      from,
      to,
      due: sum(own.map(({ amount }) => amount)),
      mean: Math.round(invoices + deals),
      p10: Math.round(band.p10),
      p50: Math.round(band.p50),
      p90: Math.round(band.p90),
      invoices: Math.round(invoices),
      deals: Math.round(deals),
    }
  })
}

function totalOf(weeks: readonly Week[], made: CashAhead) {
  const all = (key: 'due' | 'mean' | 'invoices' | 'deals'): number =>
    sum(weeks.map((week) => week[key]))
  const { p10, p50, p90 } = made.total
  return {
    due: all('due'),
    mean: all('mean'),
    p10: Math.round(p10),
    p50: Math.round(p50),
    p90: Math.round(p90),
    invoices: all('invoices'),
    deals: all('deals'),
  }
}

const percent = (share: number): string => `${Math.round(share * 100)}%`

/** How good such forecasts have been so far. */
function honesty(accuracy: CashAccuracy | null): string {
  if (!accuracy) {
    return 'Not tested: the book has too little history to compare past forecasts with what came in.'
  }
  const { origins, wape, wape_naive: naive, bias, coverage80 } = accuracy
  const tested = `Tested on ${origins} past forecasts of ${TESTED_DAYS} days`
  if (wape === null || naive === null || bias === null) return `${tested}: nothing came in.`
  const size = Math.abs(bias)
  const side = size < 0.005 ? '' : `, ${percent(size)} too ${bias > 0 ? 'high' : 'low'} in sum`
  return (
    `${tested}: Expected off by ${percent(wape)}${side} (if all had been paid when due: ${percent(naive)}); ` +
    `P10 to P90 held ${percent(coverage80)} of outcomes, and should hold 80%.`
  )
}

function notesOf(
  { scope }: CashAsk,
  made: CashAhead,
  accuracy: CashAccuracy | null,
  exchange: number,
): string[] {
  const { hazards, lags, openDeals, invoicedDeals, tax, unrated } = made
  const { currency } = scope.settings
  const open = openDeals.deal.length
  return [
    honesty(accuracy),
    ...(hazards.paid < FEWEST_PAID && made.parts.length > 0
      ? [
          `Too few to rely on: ${counted(hazards.paid, 'paid invoice')} to learn from; when the open ones are paid is a guess.`,
        ]
      : []),
    ...(open > 0
      ? [
          `Deals: ${counted(open, 'open deal')} by the forecast of wins, plus ${Number((tax * 100).toFixed(1))}% tax; ` +
            (lags.invoiced === 0
              ? 'invoiced on the day of the win (assumed), '
              : `invoiced as ${counted(lags.invoiced, 'won deal')} were, `) +
            (lags.paid === 0
              ? 'paid 30 days later (assumed).'
              : `paid as ${counted(lags.paid, 'invoice')} were.`),
        ]
      : []),
    ...(invoicedDeals > 0
      ? [`${counted(invoicedDeals, 'open deal')} with an invoice: only the invoice counts.`]
      : []),
    'Not in it: deals and invoices that are yet to come, won deals without an invoice, and what you pay.',
    ...(exchange === 0
      ? []
      : [
          `Exchange rates have ${exchange > 0 ? 'brought' : 'cost'} ${formatMoney(Math.abs(exchange), currency, true)} ${currency.code} this year: payments at their rate, less the invoices at theirs.`,
        ]),
    ...unratedMoneyNote(unrated, 'open invoice', 'open invoices'),
  ]
}

function testedSection(tested: readonly TestedCash[]): Section {
  return {
    key: 'origins',
    title: `Past forecasts of ${TESTED_DAYS} days`,
    columns: [
      { key: 'from', label: 'From', type: 'day' },
      { key: 'to', label: 'To', type: 'day' },
      money('due', 'Due'),
      money('mean', 'Expected'),
      money('p10', 'P10'),
      money('p50', 'P50'),
      money('p90', 'P90'),
      money('actual', 'Came'),
      { key: 'inside', label: 'Inside', type: 'flag' },
    ],
    rows: tested.map(({ mean, p10, p50, p90, ...one }) => ({
      ...one,
      mean: Math.round(mean),
      p10: Math.round(p10),
      p50: Math.round(p50),
      p90: Math.round(p90),
      inside: one.actual >= p10 && one.actual <= p90,
    })),
  }
}

const GROUP_COLUMNS = (by: CashBy): Column[] => [
  { key: 'group', label: by.charAt(0).toUpperCase() + by.slice(1), type: 'text' },
  money('overdue', 'Overdue'),
  ...COLUMNS.slice(2),
]

/** What is to come from each group in all of the weeks. */
function groupSection(asOf: Day, by: CashBy, groups: readonly CashGroup[]): Section {
  return {
    key: 'groups',
    title: `By ${by}, all weeks`,
    columns: GROUP_COLUMNS(by),
    rows: groups.map(({ label, made }) => ({
      group: label,
      overdue: overdueOf(asOf, made),
      ...totalOf(weeksOf(asOf, made), made),
    })),
  }
}

/** What of the open parts is late. */
const overdueOf = (asOf: Day, { parts }: CashAhead): number =>
  sum(parts.filter(({ due }) => due < toEpochDay(asOf)).map(({ amount }) => amount))

/** What came in during past weeks, and what is to come. */
async function fanOf(book: Book, { scope }: CashAsk, weeks: readonly Week[]): Promise<Chart> {
  const { asOf } = scope
  const receipts = await loadReceipts(book.db, scope, addDays(asOf, -7 * PAST_SHOWN))
  const past = Array.from({ length: PAST_SHOWN }, (_, at): FanPoint => {
    const from = addDays(asOf, -7 * (PAST_SHOWN - at) + 1)
    const [first, last] = [toEpochDay(from), toEpochDay(from) + 6]
    const own = receipts.filter(({ on }) => on >= first && on <= last)
    return { label: from.slice(5), value: sum(own.map(({ amount }) => amount)) }
  })
  const coming = weeks.map(({ from, mean, p10, p90 }): FanPoint => ({
    label: from.slice(5),
    mean,
    p10,
    p90,
  }))
  const title = 'Paid by week, past and to come'
  return { kind: 'fan', title, unit: 'money', past: 'paid', points: [...past, ...coming] }
}

/**
 * What money comes in, week by week: what is due, and what is expected of open invoices, by how each client pays, and of
 * open deals; with a range, and how good such forecasts were.
 */
export async function cashReport(book: Book, ask: CashAsk): Promise<Report> {
  const { scope, weeks: count, seed } = ask
  const { asOf, settings } = scope
  const { currency } = settings
  const history = await loadHistory(book, scope, seed)
  const { tested, widening } = await testCash(history)
  const drawn = await cashAfter(history, asOf, count, DRAWS)
  const made: CashAhead = {
    ...drawn,
    bands: drawn.bands.map((band) => widened(band, widening)),
    total: widened(drawn.total, widening),
  }
  const groups = ask.by
    ? await cashGroups(history, ask.by, { weeks: count, draws: DRAWS, widening })
    : []
  const accuracy = cashAccuracy(tested)
  const exchange = await realisedExchange(book.db, asOf, currency)
  const weeks = weeksOf(asOf, made)
  const total = totalOf(weeks, made)
  const last = addDays(asOf, 7 * count)
  const dueToday = made.parts.filter(({ due }) => due === toEpochDay(asOf))
  const overdue = overdueOf(asOf, made)
  const today = sum(dueToday.map(({ amount }) => amount))
  const open = sum(made.parts.map(({ amount }) => amount))
  const exact = (minor: number): number => toDecimal(Math.round(minor), currency)
  const rounded = (share: number | null): number | null =>
    share === null ? null : Number(share.toFixed(4))
  return {
    name: 'cash',
    title: `Cash, ${addDays(asOf, 1)} … ${last} (${counted(daysBetween(asOf, last) / 7, 'week')})`,
    subtitle: [
      [
        ...describeFilters(scope),
        counted(made.parts.length, 'open invoice or instalment', 'open invoices and instalments'),
        currency.code,
      ].join(' · '),
      `overdue now: ${formatMoney(overdue, currency)}` +
        (today === 0 ? '' : `, due today: ${formatMoney(today, currency)}`) +
        `, due later than these weeks: ${formatMoney(open - overdue - today - total.due, currency)}`,
    ],
    currency,
    head: {
      as_of: asOf,
      currency: currency.code,
      filters: filtersHead(scope),
      seed,
      total: {
        overdue: exact(overdue),
        due_today: exact(today),
        ...Object.fromEntries(Object.entries(total).map(([key, minor]) => [key, exact(minor)])),
        open: exact(open),
      },
      history: { paid: made.hazards.paid, deals_invoiced: made.lags.invoiced },
      widening: rounded(widening),
      usual_tax: rounded(made.tax),
      exchange_difference: exact(exchange),
      backtest: accuracy && {
        origins: accuracy.origins,
        wape: rounded(accuracy.wape),
        wape_naive: rounded(accuracy.wape_naive),
        bias: rounded(accuracy.bias),
        coverage80: rounded(accuracy.coverage80),
        window_days: TESTED_DAYS,
      },
    },
    sections: [
      {
        key: 'weeks',
        columns: COLUMNS,
        rows: weeks.map((week) => ({ ...week })),
        footer: { from: 'Total', ...total },
      },
      ...(ask.by ? [groupSection(asOf, ask.by, groups)] : []),
      ...(ask.backtest ? [testedSection(tested)] : []),
    ],
    totals: null,
    totalColumns: [],
    notes: notesOf(ask, made, accuracy, exchange),
    charts: ask.chart ? [await fanOf(book, ask, weeks)] : [],
    empty: 'Nothing is open.',
  }
}
