import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { loadOverdueTasks, type OwnerCount } from '../activity/load.ts'
import { loadTouchedWins, type TouchedWins } from '../activity/touches.ts'
import { FEWEST_DEALS } from '../chance.ts'
import { type LoadedCell, loadClosedCells } from '../closed/load.ts'
import { dealsAsOf } from '../deals-as-of.ts'
import { type Ask, defineReport, type Frame } from '../family/declare.ts'
import { windowOf } from '../pace/window.ts'
import { loadWinCourses, paceOf, type WinCourse, withoutDaysNote } from '../pace/wins.ts'
import { amountNote, profitNote } from '../scope.ts'
import { OWNER_COLUMNS, OWNER_TOTALS } from './columns.ts'
import { loadOpened, namedOwners } from './load.ts'
import {
  type AgainstRest,
  againstRest,
  againstText,
  type OwnerFigures,
  ownerFigures,
  type OwnerSums,
} from './rows.ts'

/** Of an owner without a closed deal. */
const NOTHING_CLOSED: AgainstRest = { against: 'too few', p: null, p_adjusted: null }

interface Loaded {
  opened: OwnerCount[]
  cells: LoadedCell[]
  courses: WinCourse[]
  touched: TouchedWins[]
  overdue: OwnerCount[]
}

async function load({ db, scope, period, today }: Ask): Promise<Loaded> {
  const deals = await dealsAsOf(db, scope.asOf)
  const window = windowOf(period, scope.asOf)
  return {
    opened: await loadOpened(deals, scope, window),
    cells: await loadClosedCells(deals, scope, { from: window.from, to: window.end }, 'owner'),
    courses: await loadWinCourses(deals, scope, window),
    touched: await loadTouchedWins(db, deals, scope, window),
    overdue: await loadOverdueTasks(db, scope, today),
  }
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}

function figuresOf(loaded: Loaded): OwnerFigures {
  return ownerFigures(sumsOf(loaded))
}

function sumsOf({ opened, cells, courses, touched, overdue }: Loaded): OwnerSums {
  const won = cells.filter(({ outcome }) => outcome === 'won')
  const deals = sum(won, (cell) => cell.deals)
  return {
    opened: sum(opened, ({ count }) => count),
    won: deals,
    lost: sum(cells, (cell) => cell.deals) - deals,
    profit: sum(won, ({ profit }) => profit),
    amount: sum(won, ({ amount }) => amount),
    valued: deals - sum(won, ({ withoutAmount }) => withoutAmount),
    daysToWin: paceOf(courses).median_days,
    touches: sum(touched, (one) => one.touches * one.deals),
    touched: sum(touched, (one) => one.deals),
    overdue: sum(overdue, ({ count }) => count),
  }
}

/** What is one owner's. */
function ofOwner(all: Loaded, id: number | null): Loaded {
  const own = <T extends { ownerId: number | null }>(items: T[]): T[] =>
    items.filter(({ ownerId }) => ownerId === id)
  return {
    opened: own(all.opened),
    cells: all.cells.filter(({ groupValue }) => groupValue === id),
    courses: own(all.courses),
    touched: own(all.touched),
    overdue: own(all.overdue),
  }
}

function intervalText({ win_low: low, win_high: high }: OwnerFigures): string | null {
  if (low === null || high === null) return null
  return [low, high].map((end) => `${Math.round(end * 100)}`).join('–')
}

interface Outcomes {
  won: number
  lost: number
}

function outcomesOf(cells: readonly LoadedCell[]): Outcomes {
  const won = sum(
    cells.filter(({ outcome }) => outcome === 'won'),
    (cell) => cell.deals,
  )
  return { won, lost: sum(cells, (cell) => cell.deals) - won }
}

/**
 * Each owner against all others. The others are those whom `--owner` leaves out too: one owner shown
 * alone is what it is among all.
 */
async function loadAgainst({ db, scope, period }: Ask, cells: readonly LoadedCell[]) {
  const { from, end: to } = windowOf(period, scope.asOf)
  const everyone = { ...scope, owner: undefined }
  const all = scope.owner
    ? await loadClosedCells(await dealsAsOf(db, scope.asOf), everyone, { from, to }, 'owner')
    : cells
  const ids = [...new Set(all.map(({ groupValue }) => groupValue))]
  const own = ids.map((id) => ({
    id,
    ...outcomesOf(all.filter(({ groupValue }) => groupValue === id)),
  }))
  const against = againstRest(own)
  const whole = outcomesOf(all)
  return new Map(
    own.map(({ id, won, lost }, at) => {
      const rest = { rest_won: whole.won - won, rest_lost: whole.lost - lost }
      return [id, { ...(against[at] as AgainstRest), ...rest }]
    }),
  )
}

/** What an owner's figures are made of, for `--explain`. */
function partsOf(own: Loaded): Row {
  const { amount, valued, touches, touched } = sumsOf(own)
  const { courses, ended } = paceOf(own.courses)
  return { amount, valued, touches, touched, courses, came: ended }
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
  const all = await load(ask)
  const ids = new Set([
    ...[...all.opened, ...all.courses, ...all.overdue].map(({ ownerId }) => ownerId),
    ...all.cells.map(({ groupValue }) => groupValue as number | null),
  ])
  const owners = await namedOwners(db, ids)
  const against = await loadAgainst(ask, all.cells)
  const rows = owners.map(({ id, name }): Row => {
    const loaded = ofOwner(all, id)
    const figures = figuresOf(loaded)
    const beside = against.get(id) ?? NOTHING_CLOSED
    return {
      ...partsOf(loaded),
      owner: name,
      ...figures,
      interval: intervalText(figures),
      ...beside,
      said: againstText(beside),
    }
  })
  const totals = figuresOf(all)
  const won = all.cells.filter(({ outcome }) => outcome === 'won')
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
      ...withoutDaysNote(sum(all.cells, ({ withoutOpening }) => withoutOpening)),
      ...amountNote(sum(won, ({ withoutAmount }) => withoutAmount)),
      ...profitNote(
        sum(won, ({ withoutCost }) => withoutCost),
        sum(won, (cell) => cell.deals),
        scope.settings.margin,
      ),
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
    'interval (Wilson), profit, mean deal, days to win (Kaplan–Meier median), contacts a win, and ' +
    'tasks overdue. A win rate that differs from that of all others beyond chance is marked; under ten ' +
    'closed deals it is too few.',
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
