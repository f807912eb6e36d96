import type { Db } from '../../book/store/db.ts'
import { addDays, type Day, daysBetween, weekStart } from '../../domain/day.ts'
import { nameKey } from '../../domain/name.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { type Ask, defineReport, type Frame } from '../family/declare.ts'
import { namedOwners, NO_OWNER, type OwnerName } from '../owners/load.ts'
import { closedIn, dayWindow } from '../pace/days.ts'
import { eachDeal } from '../pace/deals.ts'
import { type Window, windowOf } from '../pace/window.ts'
import { type Win, winIn } from '../pace/won.ts'
import { type Chosen, type Scope, withoutOpeningNote } from '../scope.ts'
import { ACTIVITY_COLUMNS, ACTIVITY_TOTALS, TOUCH_COLUMNS, WEEK_COLUMNS } from './columns.ts'
import { ArrivalTally } from './arrivals.ts'
import { type Contacts, loadContacts, type OwnerCount } from './load.ts'
import { loadTouchedWins } from './touches.ts'
import { byWeek, kindCounts } from './weeks.ts'
import { touchRows, winFigures } from './wins.ts'

const PROPOSAL = 'proposal'

/** The stage whose arrivals count as proposals: the one given, else the one with that name. */
async function proposalStage(db: Db, named: Ask['own'][string]): Promise<Chosen | null> {
  if (typeof named === 'object') return named
  const stage = await db
    .selectFrom('stages')
    .select(['id', 'name'])
    .where('name_key', '=', nameKey(PROPOSAL))
    .executeTakeFirst()
  return stage ?? null
}

const MOST_WEEKS = 26
const WEEK = 7

/** The last weeks up to a day, by their first days, earliest first; none before the first contact. */
function lastWeeks(contacts: readonly Contacts[], end: Day, firstWeekday: number): Day[] {
  const first = contacts.reduce((least, { at }) => (at < least ? at : least), end)
  const last = weekStart(end, firstWeekday)
  const weeks = daysBetween(weekStart(first, firstWeekday), last) / WEEK + 1
  const shown = Math.min(MOST_WEEKS, weeks)
  return Array.from({ length: shown }, (_, at) => addDays(last, (at + 1 - shown) * WEEK))
}

function proposalFigures(calls: number, proposals: number | null): Row {
  return {
    proposals,
    calls_per_proposal: proposals === null || proposals === 0 ? null : calls / proposals,
  }
}

function countOf(counts: readonly OwnerCount[] | null, id?: number | null): number | null {
  if (counts === null) return null
  return counts.reduce(
    (sum, { ownerId, count }) => sum + (id === undefined || id === ownerId ? count : 0),
    0,
  )
}

/** More lines than this do not help on a screen. */
const MOST_LINES = 40

function weekSection(
  contacts: readonly Contacts[],
  owners: readonly OwnerName[],
  firstWeekday: number,
) {
  const names = new Map(owners.map(({ id, name }) => [id, name]))
  const rows = byWeek(contacts, firstWeekday).map(({ week, ownerId, contacts: own }): Row => ({
    week,
    owner: names.get(ownerId) ?? NO_OWNER,
    ...kindCounts(own),
  }))
  return {
    key: 'weeks',
    title: 'By week',
    columns: WEEK_COLUMNS.map((column) =>
      column.key === 'mailings' ? { ...column, hidden: true } : column,
    ),
    rows,
    hidden: rows.length > MOST_LINES,
  }
}

const FEWEST_WEEKS = 3

/** Touches by owner, and by week where there are enough of them for a line. */
function chartsOf(
  rows: readonly Row[],
  contacts: readonly Contacts[],
  weeks: readonly Day[],
  firstWeekday: number,
): Chart[] {
  const bars = rows
    .toSorted((a, b) => Number(b.touches) - Number(a.touches))
    .map(({ owner, touches }) => ({ label: String(owner), value: Number(touches), notes: [] }))
  const byOwner: Chart = {
    kind: 'funnel',
    title: 'Touches by owner',
    unit: 'count',
    aligned: 'left',
    bars,
  }
  if (weeks.length < FEWEST_WEEKS) return [byOwner]
  const all = byWeek(
    contacts.map((one) => ({ ...one, ownerId: null })),
    firstWeekday,
  )
  const touches = new Map(all.map(({ week, contacts: own }) => [week, kindCounts(own).touches]))
  const points = weeks.map((week) => ({ label: week, value: touches.get(week) ?? 0 }))
  return [byOwner, { kind: 'line', title: 'Touches by week', unit: 'count', points }]
}

/** What is counted of deals: those won, and those that reached the proposal stage. */
async function countDeals(db: Db, scope: Scope, window: Window, stage: Chosen | null) {
  const days = dayWindow(window)
  const wins: Win[] = []
  const arrivals = stage && new ArrivalTally(days, stage.id)
  let wonUndated = 0
  await eachDeal(db, scope, (deal) => {
    const win = winIn(deal, days)
    if (win) wins.push(win)
    else if (deal.status === 'won' && closedIn(deal, days)) wonUndated += 1
    arrivals?.add(deal)
  })
  return { wins, wonUndated, arrivals }
}

async function frame(ask: Ask): Promise<Frame> {
  const { db, scope, period, own } = ask
  const { firstWeekday } = scope.settings
  const window = windowOf(period, scope.asOf)
  const contacts = await loadContacts(db, scope, window)
  const stage = await proposalStage(db, own.stage)
  const deals = await countDeals(db, scope, window, stage)
  const wins = await loadTouchedWins(db, deals.wins)
  const arrivals = deals.arrivals?.byOwner() ?? null
  const ids = new Set([...contacts, ...(arrivals ?? [])].map(({ ownerId }) => ownerId))
  const owners = await namedOwners(db, ids)
  const weeks = lastWeeks(contacts, window.end, firstWeekday)
  const rowOf = (name: string, mine: readonly Contacts[], proposals: number | null): Row => {
    const counts = kindCounts(mine)
    const touches = new Map(
      byWeek(
        mine.map((one) => ({ ...one, ownerId: null })),
        firstWeekday,
      ).map((week) => [week.week, kindCounts(week.contacts).touches]),
    )
    return {
      owner: name,
      ...counts,
      trend: weeks.map((week) => touches.get(week) ?? 0).join(' '),
      ...proposalFigures(counts.calls, proposals),
    }
  }
  const rows = owners.map(({ id, name }) =>
    rowOf(
      name,
      contacts.filter(({ ownerId }) => ownerId === id),
      countOf(arrivals, id),
    ),
  )
  const figures = winFigures(wins)
  const { owner: _owner, trend: _trend, ...totals } = rowOf('', contacts, countOf(arrivals))
  const week = weekSection(contacts, owners, firstWeekday)
  const unknown = figures.won - figures.known
  return {
    rows: rows.toSorted((a, b) => Number(b.touches) - Number(a.touches)),
    totals: { ...totals, ...figures },
    counted: `${counted(Number(totals.touches), 'touch', 'touches')}, ${counted(figures.won, 'deal')} won`,
    notes: [
      ...(stage ? [] : ['No stage is called proposal; --stage names the one that counts as such.']),
      ...(unknown > 0
        ? [
            `Direction of the first touch not known: ${counted(unknown, 'won deal')} (log it with --in or --out).`,
          ]
        : []),
      ...withoutOpeningNote(deals.wonUndated, 'deals won and their touches'),
      ...withoutOpeningNote(deals.arrivals?.undated ?? 0, 'proposals'),
      ...(week.hidden ? ['By week and owner: --json.'] : []),
      'Notes and mailings are not touches; calls without an answer are.',
    ],
    charts: ask.charts && rows.length > 0 ? chartsOf(rows, contacts, weeks, firstWeekday) : [],
    more: [
      ...(figures.won > 0
        ? [
            {
              key: 'wins',
              title: 'Touches before a win',
              columns: TOUCH_COLUMNS,
              rows: touchRows(wins).map((row): Row => ({ ...row })),
            },
          ]
        : []),
      week,
    ],
  }
}

/** Calls, e-mails and meetings, and how many of them a win takes. */
export const activity = defineReport({
  name: 'activity',
  title: 'Activity',
  description:
    'Calls, e-mails, meetings and messages by owner and week; how many touches the won deals ' +
    'took between opening and winning; how many calls it takes to get to a proposal; sales ' +
    'that came to us (passive) against those we went out for (active), by the first touch.',
  span: { kind: 'period', usual: 'last-90d' },
  takes: {
    compare: true,
    charts: true,
    sort: ['owner', 'calls', 'emails', 'meetings', 'touches', 'calls_per_proposal'],
  },
  refuses: {
    '--by':
      'it is by owner and week already; --process, --source, --where and --period choose which',
    '--measure': 'it counts touches, which have no amount',
  },
  own: {
    stage: {
      flags: '--stage <stage>',
      help: 'the stage that counts as a proposal; default: the one with that name',
      noun: 'stage',
    },
  },
  money: false,
  section: { key: 'rows' },
  columns: ACTIVITY_COLUMNS,
  totals: ACTIVITY_TOTALS,
  examples: [
    'activity',
    'activity --period this-month --owner Ann',
    'activity --stage decision --json',
  ],
  empty: 'Nothing was logged in this period; funnel log call CLIENT does.',
  frame,
})
