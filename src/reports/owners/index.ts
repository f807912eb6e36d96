import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { loadOverdueTasks, type OwnerCount } from '../activity/load.ts'
import { loadTouchedWins, type TouchedWins } from '../activity/touches.ts'
import { FEWEST_DEALS } from '../chance.ts'
import { type Ask, defineReport, type Frame } from '../family/declare.ts'
import { dayWindow } from '../pace/days.ts'
import { eachDeal, matching } from '../pace/deals.ts'
import { windowOf } from '../pace/window.ts'
import { paceOf, withoutDaysNote } from '../pace/wins.ts'
import { type Win, winIn } from '../pace/won.ts'
import { amountNote, profitNote } from '../scope.ts'
import { OWNER_COLUMNS, OWNER_TOTALS } from './columns.ts'
import { namedOwners } from './load.ts'
import {
  type AgainstRest,
  againstRest,
  againstText,
  type OwnerFigures,
  ownerFigures,
  type OwnerSums,
} from './rows.ts'
import { OwnerTally } from './tally.ts'

/** For an owner without a closed deal. */
const NOTHING_CLOSED: AgainstRest = { against: 'too few', p: null, p_adjusted: null }

type Tallies = Map<number | null, OwnerTally>

/** The deals of one owner, or of all shown. */
interface Loaded {
  tally: OwnerTally
  touched: TouchedWins[]
  overdue: OwnerCount[]
}

/** Deals by owner, including owners that `--owner` leaves out, and what was won by those it shows. */
async function countDeals({ db, scope, period }: Ask) {
  const window = dayWindow(windowOf(period, scope.asOf))
  const tallies: Tallies = new Map()
  const wins: Win[] = []
  const isShown = matching(scope.owner)
  await eachDeal(db, { ...scope, owner: undefined }, (deal) => {
    let own = tallies.get(deal.owner)
    if (!own) tallies.set(deal.owner, (own = new OwnerTally(window, scope.settings.margin)))
    own.add(deal)
    const win = isShown(deal.owner) ? winIn(deal, window) : null
    if (win) wins.push(win)
  })
  for (const [id, tally] of tallies) if (tally.isEmpty) tallies.delete(id)
  return { tallies, wins }
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}

function figuresOf(loaded: Loaded): OwnerFigures {
  return ownerFigures(sumsOf(loaded))
}

function sumsOf({ tally, touched, overdue }: Loaded): OwnerSums {
  const { opened, won, lost, profit, amount } = tally
  return {
    opened,
    won,
    lost,
    profit,
    amount,
    valued: won - tally.withoutAmount,
    daysToWin: paceOf(tally.spells.spells()).median_days,
    touches: sum(touched, (one) => one.touches * one.deals),
    touched: sum(touched, (one) => one.deals),
    overdue: sum(overdue, ({ count }) => count),
  }
}

function intervalText({ win_low: low, win_high: high }: OwnerFigures): string | null {
  if (low === null || high === null) return null
  return [low, high].map((end) => `${Math.round(end * 100)}`).join('–')
}

/**
 * Each owner against all others. The others include those whom `--owner` leaves out: the figures of
 * one owner shown alone are the same as among all.
 */
function againstOthers(tallies: Tallies) {
  const own = [...tallies].filter(([, { won, lost }]) => won + lost > 0)
  const against = againstRest(own.map(([, tally]) => tally))
  const all = own.map(([, tally]) => tally)
  const [won, lost] = [sum(all, (one) => one.won), sum(all, (one) => one.lost)]
  return new Map(
    own.map(([id, tally], at) => {
      const rest = { rest_won: won - tally.won, rest_lost: lost - tally.lost }
      return [id, { ...(against[at] as AgainstRest), ...rest }]
    }),
  )
}

/** What an owner's figures are made of, for `--explain`. */
function partsOf(own: Loaded): Row {
  const { amount, valued, touches, touched } = sumsOf(own)
  const { spells, ended } = paceOf(own.tally.spells.spells())
  return { amount, valued, touches, touched, courses: spells, came: ended }
}

/** The profit of each owner, with the win rate next to it. */
function chartOf(rows: readonly Row[]): Chart[] {
  const bars = rows
    .toSorted((a, b) => Number(b.profit) - Number(a.profit))
    .map((row) => ({
      label: String(row.owner),
      value: Number(row.profit),
      notes: [
        typeof row.win_rate === 'number' ? `${Math.round(row.win_rate * 100)}% won` : '– won',
      ],
    }))
  return [{ kind: 'funnel', title: 'Profit by owner', unit: 'money', aligned: 'left', bars }]
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope } = ask
  const { margin } = scope.settings
  const window = dayWindow(windowOf(ask.period, scope.asOf))
  const { tallies, wins } = await countDeals(ask)
  const touched = await loadTouchedWins(db, wins)
  const overdue = await loadOverdueTasks(db, scope, ask.today)
  const isShown = matching(scope.owner)
  const shown = [...tallies].filter(([id]) => isShown(id))
  const all = new OwnerTally(window, margin)
  for (const [, tally] of shown) all.addAll(tally)
  const ids = new Set([...shown.map(([id]) => id), ...overdue.map(({ ownerId }) => ownerId)])
  const owners = await namedOwners(db, ids)
  const against = againstOthers(tallies)
  const rows = owners.map(({ id, name }): Row => {
    const loaded: Loaded = {
      tally: tallies.get(id) ?? new OwnerTally(window, margin),
      touched: touched.filter(({ ownerId }) => ownerId === id),
      overdue: overdue.filter(({ ownerId }) => ownerId === id),
    }
    const figures = figuresOf(loaded)
    const rates = against.get(id) ?? NOTHING_CLOSED
    return {
      ...partsOf(loaded),
      owner: name,
      ...figures,
      interval: intervalText(figures),
      ...rates,
      said: againstText(rates),
    }
  })
  const totals = figuresOf({ tally: all, touched, overdue })
  const few = rows.filter(({ against: is }) => is === 'too few').length
  return {
    rows: rows.toSorted((a, b) => Number(b.profit) - Number(a.profit)),
    totals: { ...totals },
    ...(rows.length > 0
      ? { footer: { owner: 'Total', ...totals, interval: intervalText(totals) } }
      : {}),
    counted: `${counted(totals.opened, 'deal')} opened, ${totals.closed} closed`,
    notes: [
      ...(rows.length > 0
        ? [
            'Above and below the rest are beyond chance: tested together at a false discovery rate of 10%.',
          ]
        : []),
      ...(rows.length > 0 && scope.owner
        ? ['The rest are all other owners, though not shown.']
        : []),
      ...(few > 0
        ? [
            `Too few: under ${FEWEST_DEALS} closed deals, of ${counted(few, 'owner')} or of the rest.`,
          ]
        : []),
      ...withoutDaysNote(all.withoutOpening),
      ...amountNote(all.withoutAmount),
      ...profitNote(all.withoutCost, all.won, margin),
    ],
    charts: ask.charts && rows.length > 0 ? chartOf(rows) : [],
  }
}

/** Salespeople side by side. */
export const owners = defineReport({
  name: 'owners',
  title: 'Owners',
  description:
    'Salespeople side by side: deals opened, won and lost in the period, win rate with its 95% ' +
    'interval (Wilson), profit, mean deal, days to win (Kaplan–Meier median), contacts per ' +
    'win, and overdue tasks. A win rate that differs from everyone else’s beyond chance is ' +
    'marked; fewer than ten closed deals are too few to say.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: {
    compare: true,
    charts: true,
    sort: [
      'owner',
      'opened',
      'won',
      'win_rate',
      'profit',
      'mean_deal',
      'days_to_win',
      'overdue_tasks',
    ],
  },
  refuses: {
    '--by': 'it is by owner already; --process, --source, --where and --period choose which deals',
    '--measure': 'deals, amount and profit stand side by side already',
  },
  section: { key: 'rows' },
  columns: OWNER_COLUMNS,
  totals: OWNER_TOTALS,
  examples: [
    'owners',
    'owners --period 2026-Q3 --compare previous',
    'owners --sort win_rate --json',
  ],
  empty: 'No deal was opened or closed in this period; --period all looks at every one.',
  frame,
})
