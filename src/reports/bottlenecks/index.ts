import { UNASSIGNED } from '../../book/unassigned.ts'
import type { Chart, Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { closedNotes } from '../closed/index.ts'
import { type LoadedCell, loadClosedCells } from '../closed/load.ts'
import { dealsAsOf } from '../deals-as-of.ts'
import { type Ask, defineReport, type Frame, GROUPINGS } from '../family/declare.ts'
import { cellGroups } from '../family/group.ts'
import { type Chosen, NO_FUNNEL, type Scope } from '../scope.ts'
import { type FunnelStage, funnelStages, loadPlaces, mergedNote } from '../stage-order.ts'
import { BOTTLENECK_COLUMNS, BOTTLENECK_TOTALS } from './columns.ts'
import { type Bottleneck, othersOf, type Pair, rankBottlenecks, sideOf } from './rank.ts'
import { chanceOf, sentenceOf, spanName } from './sentence.ts'
import { addAll } from '../../domain/lists.ts'

interface Found {
  /** The deals of the period. */
  cells: LoadedCell[]
  /** The deals of the earlier period; none if groups are compared. */
  before: LoadedCell[]
  processes: Set<number>
  stages: FunnelStage[]
  rows: Bottleneck[]
  /** How many cells were tested together, including those of groups that are not shown. */
  tested: number
}

async function pairsOf(
  ask: Ask,
  { cells, before, stages }: Pick<Found, 'cells' | 'before' | 'stages'>,
  groupCells: LoadedCell[],
): Promise<Pair[]> {
  const { db, by } = ask
  if (by === null) {
    return [{ group: null, own: sideOf(cells, stages), base: sideOf(before, stages) }]
  }
  const groups = await cellGroups(db, by, groupCells)
  return groups.map(({ label, cells: own }) => ({
    group: label,
    own: sideOf(own, stages),
    base: sideOf(othersOf(cells, own), stages),
  }))
}

/** What the group of a filter is called. */
function nameOf(by: 'owner' | 'process' | 'source', chosen: Chosen | undefined) {
  return chosen?.id === UNASSIGNED ? `No ${by}` : chosen?.name
}

/**
 * What is compared: if a filter chooses one of the groups, all of them, as the one shown would
 * otherwise have nothing to be compared with.
 */
function everyGroup({ by, scope }: Ask): { scope: Scope; only: string | undefined } {
  if (by !== 'owner' && by !== 'process' && by !== 'source') return { scope, only: undefined }
  return { scope: { ...scope, [by]: undefined }, only: nameOf(by, scope[by]) }
}

async function findBottlenecks(ask: Ask): Promise<Found> {
  const { db, scope, period, compare = null, by } = ask
  const deals = await dealsAsOf(db, scope.asOf)
  const cells = await loadClosedCells(deals, scope, period, null)
  const before = compare ? await loadClosedCells(deals, scope, compare, null) : []
  const { scope: wide, only } = everyGroup(ask)
  const split = by === null ? [] : await loadClosedCells(deals, wide, period, by)
  const everything = only === undefined ? cells : await loadClosedCells(deals, wide, period, null)
  const all = [...everything, ...before]
  const processes = new Set(all.map((cell) => cell.processId))
  const used = new Set(all.flatMap((cell) => cell.furthestStageId ?? []))
  const stages = funnelStages(await loadPlaces(db), processes, used)
  const compared = { cells: everything, before, stages }
  const ranked = rankBottlenecks(await pairsOf(ask, compared, split))
  const rows = ranked.filter(({ group }) => only === undefined || group === only)
  const tested = ranked.filter(({ p }) => p !== null).length
  return { cells, before, processes, stages, rows, tested }
}

const SENTENCES = 3

function isCostly(row: Bottleneck): row is Bottleneck & { cost: number } {
  return row.cost !== null && row.cost > 0
}

function isSure({ verdict }: Bottleneck): boolean {
  return verdict === 'beyond chance'
}

/** The costliest rows in words: those beyond chance, else the costliest that could be tested. */
function telling(rows: readonly Bottleneck[]): Bottleneck[] {
  const costly = rows.filter(isCostly)
  const sure = costly.filter(isSure)
  return sure.length > 0 ? sure.slice(0, SENTENCES) : costly.slice(0, 1)
}

function chanceNotes(rows: readonly Bottleneck[], tested: number): string[] {
  const few = rows.filter(({ p }) => p === null).length
  if (rows.length === 0) return []
  if (few === rows.length)
    return ['Too few deals to tell: no stage was reached by ten on both sides.']
  return [
    tested === 1
      ? 'One cell was tested; p up to 0.10 is beyond chance.'
      : `p is adjusted for the ${tested} cells tested together (Benjamini–Hochberg); up to 0.10 is ` +
        'beyond chance.',
    ...(few > 0 ? [`Too few: ${counted(few, 'cell')} with under ten deals on a side.`] : []),
  ]
}

/** What the others are, if a filter leaves them out. */
function othersNote(ask: Ask, rows: readonly Bottleneck[]): string[] {
  if (ask.by === null || rows.length === 0) return []
  if (everyGroup(ask).only !== undefined)
    return ['The others are all other groups, though not shown.']
  if (rows.some(({ base_reached: others }) => others > 0)) return []
  return ['There is one group only, so nothing to compare it with: leave out a filter.']
}

function count(cells: readonly LoadedCell[], outcome?: 'won' | 'lost'): number {
  return cells.reduce(
    (sum, cell) => sum + (outcome && cell.outcome !== outcome ? 0 : cell.deals),
    0,
  )
}

const MOST_BARS = 12

/** What the stages cost, for those that cost something, the costliest first. */
function chartOf(rows: readonly Bottleneck[]): Chart[] {
  const costly = rows.filter(isCostly).slice(0, MOST_BARS)
  if (costly.length === 0) return []
  const bars = costly.map((row) => ({
    label: whereOf(row),
    value: row.cost,
    notes: [row.verdict],
  }))
  return [{ kind: 'funnel', title: 'What stages cost', unit: 'money', aligned: 'left', bars }]
}

/** `Proposal`, `Proposal, Ann`. */
function whereOf({ stage, group }: Bottleneck): string {
  return group === null ? stage : `${stage}, ${group}`
}

async function frame(ask: Ask): Promise<Frame> {
  const { scope, period } = ask
  const { cells, before, processes, stages, rows, tested } = await findBottlenecks(ask)
  const { currency } = scope.settings
  const words = (row: Bottleneck): string =>
    sentenceOf(row, spanName(period.from, period.to), currency)
  const earlier = ask.compare ? ` (before: ${count(before)})` : ''
  return {
    rows: rows.map((row): Row => ({
      where: whereOf(row),
      ...row,
      said: chanceOf(row),
      sentence: words(row),
    })),
    totals: {
      deals: count(cells),
      won: count(cells, 'won'),
      lost: count(cells, 'lost'),
      cells: rows.filter(({ p }) => p !== null).length,
      beyond_chance: rows.filter(isSure).length,
    },
    counted: `${counted(count(cells), 'deal')} closed${earlier}`,
    ...(cells.length > 0 ? { empty: NO_FUNNEL } : {}),
    lead: telling(rows).map(words),
    notes: [
      ...chanceNotes(rows, tested),
      ...othersNote(ask, rows),
      ...mergedNote(processes, stages),
      ...closedNotes(cells, ask),
    ],
    charts: ask.charts ? chartOf(rows) : [],
  }
}

/** The costliest cell beyond chance in a sentence, if there is one, and how many cells were tested. */
export interface Costliest {
  sentence: string | null
  tested: number
}

/**
 * The costliest cell beyond chance of several comparisons, in the sentence of its own report: stages
 * compared with `ask.compare`, or with `ask.by` groups compared with the others.
 */
export async function costliestBottleneck(asks: readonly Ask[]): Promise<Costliest> {
  const costly: { row: Bottleneck; cost: number; ask: Ask }[] = []
  let tested = 0
  for (const ask of asks) {
    const { rows } = await findBottlenecks(ask)
    tested += rows.filter(({ p }) => p !== null).length
    const sure = rows.filter(isCostly).filter(isSure)
    addAll(
      costly,
      sure.map((row) => ({ row, cost: row.cost, ask })),
    )
  }
  const [first] = costly.toSorted((a, b) => b.cost - a.cost)
  if (!first) return { sentence: null, tested }
  const { scope, period } = first.ask
  const span = spanName(period.from, period.to)
  return { sentence: sentenceOf(first.row, span, scope.settings.currency), tested }
}

/** What stages cost when fewer deals pass them than before, or than in other groups. */
export const bottlenecks = defineReport({
  name: 'bottlenecks',
  title: 'Bottlenecks',
  description:
    'Stages by the money they cost: deals reached × shortfall of the step × chance to win ' +
    'beyond × mean profit of a won deal. The shortfall is against an earlier period ' +
    '(--compare; by default the one before), or with --by against all other groups. Each ' +
    'difference is tested (Fisher’s exact test), all together at a false discovery rate of ' +
    '10%; fewer than ten deals on a side are too few to say.',
  span: { kind: 'period', usual: 'last-365d' },
  takes: {
    by: GROUPINGS,
    compare: 'own',
    charts: true,
    sort: ['cost', 'where', 'reached', 'step', 'difference'],
  },
  refuses: {
    '--measure': 'what a stage costs is profit, and what is tested are deals',
  },
  section: { key: 'rows' },
  columns: BOTTLENECK_COLUMNS,
  totals: BOTTLENECK_TOTALS,
  examples: [
    'bottlenecks',
    'bottlenecks --period 2026-Q3 --compare year-ago',
    'bottlenecks --period all --by owner --json',
  ],
  empty: 'No deal was closed in this period; --period all --by owner looks at every one.',
  frame,
})
