import type { Book } from '../book/open.ts'
import type { Db } from '../book/store/db.ts'
import { addDays, type Day, daysBetween, toEpochDay } from '../domain/day.ts'
import { formatMoney, toDecimal } from '../domain/money.ts'
import { share } from '../domain/share.ts'
import type { Report, Row } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import { describeFilters, filtersHead, type Scope } from '../reports/scope.ts'
import { loadLedger, selectionOf } from './load.ts'
import { type WinCurves, winCurves } from './model/curves.ts'
import type { Ledger } from './model/ledger.ts'
import { WON } from '../domain/chance/stay-counts.ts'
import { type Known, knownOn, type Wish } from './model/origin.ts'
import { chanceOf, dealsExpected, dealsNeeded, type Record as StageRecord } from './model/plan.ts'
import { emptySamples, expectedOfOpen, simulate } from './model/pipeline.ts'
import { quantile, seededStreams } from './model/sampling.ts'
import { type Selection, sum } from './model/deals-on-day.ts'
import { planNotes, type Win } from './plan-notes.ts'
import { type ReachedStage, stageRecords } from './reached.ts'

/** What is wanted: wins, or minor units of profit or amount. */
export type Target = { of: 'wins'; count: number } | { of: 'profit' | 'amount'; minor: number }

/** How a plan is asked for. */
export interface PlanRequest {
  scope: Scope
  target: Target
  by: Day
  /** 0…1: how certain it should be. */
  confidence: number
  /** The book's default process, if one is set. */
  usual?: number | undefined
}

const SIMULATIONS = 4000
const SEED = 1

/** The share of the wins of a stage's deals that should have come by the day. */
const MOST = 0.8
const LONGEST = 730

/** The process to plan for: the one asked for, else the book's default, else that with the most deals. */
function processOf(ledger: Ledger, selection: Selection, usual: number | undefined): number | null {
  if (selection.processId !== undefined) return selection.processId
  if (usual !== undefined) return usual
  const counts = new Map<number, number>()
  for (const process of ledger.process) counts.set(process, (counts.get(process) ?? 0) + 1)
  const most = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0]
  return most ? most[0] : null
}

/** Which process a plan is for, if it was not asked for and there are several. */
async function processNote(
  db: Db,
  ledger: Ledger,
  { processId: asked }: Selection,
  id: number | null,
  usual: number | undefined,
): Promise<string[]> {
  if (asked !== undefined || id === null || new Set(ledger.process).size < 2) return []
  const query = db.selectFrom('processes').select('name').where('id', '=', id)
  const { name } = await query.executeTakeFirstOrThrow()
  return [
    `process: ${name}, ${id === usual ? 'the default of new deals' : 'which has the most deals'}`,
  ]
}

/** Days from entering a place after which most of its wins have come. */
function daysToWin(curves: WinCurves, place: number): number {
  const most = curves.entered(place, LONGEST) * MOST
  let t = 0
  while (t < LONGEST && curves.entered(place, t) < most) t += 1
  return t
}

/** Fewer known wins than this do not show how long a win takes. */
const FEWEST_WINS = 5

/**
 * Days from opening after which most wins came, if most deals were imported with only their outcome:
 * nothing is known about their stages, only about their days. Null if the stages give a better answer.
 */
function daysOfOutcomes(ledger: Ledger, processId: number): number | null {
  const opened = new Map<number, number>()
  const won: number[] = []
  let outcomesOnly = 0
  ledger.visitDeal.forEach((deal, visit) => {
    if (ledger.process[deal] !== processId || ledger.openedKnown[deal] === 0) return
    const from = ledger.visitFrom[visit] as number
    if (!opened.has(deal)) opened.set(deal, from)
    if (ledger.visitExit[visit] !== WON || ledger.visitEndKnown[visit] === 0) return
    won.push((ledger.visitTo[visit] as number) - (opened.get(deal) as number))
    outcomesOnly += ledger.outcomeOnly[deal] as number
  })
  if (won.length < FEWEST_WINS || outcomesOnly * 2 < won.length) return null
  return Math.round(quantile(Float64Array.from(won).toSorted(), MOST))
}

/** Wins that open deals bring by the day: the mean, and the least at the confidence. */
interface Brought {
  mean: number
  sure: number
}

/** The mean value of a win, and the deals that it is the mean of. */
function winOf({ pipeline: { values }, valuesWon }: Known): Pick<Win, 'value' | 'from'> {
  if (values.length === 0) return { value: 0, from: 'nothing' }
  const value = sum(values) / values.length
  if (valuesWon === 0) return { value, from: 'opened deals' }
  return { value, from: values.length > valuesWon ? 'wins and opened deals' : 'wins' }
}

/**
 * How many leads it takes to reach a target by a day: in all stages, on average and with the requested
 * confidence, less what the deals now open will bring.
 */
export async function planReport(book: Book, request: PlanRequest): Promise<Report> {
  const { scope, target, by, confidence, usual } = request
  const { asOf, settings } = scope
  const measure = target.of === 'wins' ? 'deals' : target.of
  const { ledger } = await loadLedger(book, asOf, measure)
  const asked = await selectionOf(book, scope)
  const processId = processOf(ledger, asked, usual)
  const selection = processId === null ? asked : { ...asked, processId }
  const stages = processId === null ? [] : stageRecords(ledger, selection)
  const day = toEpochDay(asOf)
  const days = daysBetween(asOf, by)
  const wish: Wish = { selection, seed: SEED, openOnly: true }
  const knowledge = knownOn(ledger, day, [days], wish)
  const { pipeline } = knowledge
  const { open } = pipeline
  const curves = winCurves(knowledge.hazards, LONGEST)
  const win = winOf(knowledge)
  const wanted = target.of === 'wins' ? target.count : target.minor

  const brought = ((): Brought => {
    const samples =
      open.place.length === 0
        ? emptySamples(1, 1)
        : simulate(pipeline, [days], SIMULATIONS, seededStreams(SEED), false)
    const sorted = samples.values.toSorted()
    return {
      mean: expectedOfOpen(pipeline, days),
      sure: quantile(sorted, 1 - confidence),
    }
  })()
  // Values count as that many wins of the mean value; no number of losses makes a gain.
  const winsFor = (missing: number): number => {
    if (missing <= 0 || target.of === 'wins') return Math.max(0, missing)
    return win.value > 0 ? missing / win.value : Infinity
  }
  const expectedWins = winsFor(wanted - brought.mean)
  const surely = Math.ceil(winsFor(wanted - brought.sure) - 1e-9)
  const expectedOf = (record: StageRecord): number | null =>
    Number.isFinite(expectedWins) ? dealsExpected(record, expectedWins) : null
  const neededOf = (record: StageRecord): number | null => {
    const nothingKnown = record.reached === 0 && record.template === null
    if (!Number.isFinite(surely) || (nothingKnown && surely > 0)) return null
    const deals = dealsNeeded(record, surely, confidence)
    // Open deals come whole: being sure of at least one may take fewer than one on average does.
    return deals !== null && confidence > 0.5 ? Math.max(deals, expectedOf(record) ?? 0) : deals
  }

  const first = stages[0]?.record ?? { won: 0, reached: 0, template: null }
  const byTemplate = typeof first.template === 'number'
  const outcomes = processId === null ? null : daysOfOutcomes(ledger, processId)
  // From a later stage it does not take longer.
  const timed = stages.reduce<(ReachedStage & { days: number })[]>((known, stage) => {
    const limit = known.at(-1)?.days ?? outcomes ?? LONGEST
    return [...known, { ...stage, days: Math.min(limit, daysToWin(curves, stage.place)) }]
  }, [])
  const rows: Row[] = timed.map(({ name, record, days: way }, at) => {
    const next = stages[at + 1]
    const [chance, beyond] = [chanceOf(record), next ? chanceOf(next.record) : 1]
    const step = chance === null || beyond === null ? null : chance / beyond
    const entry = chanceOf(first)
    const onAverage =
      entry === null || entry === 0 || !Number.isFinite(expectedWins) ? null : expectedWins / entry
    const saves =
      step === null || step === 0 || step >= 0.99 || onAverage === null
        ? null
        : Math.round(10 * onAverage * (0.01 / (step + 0.01))) / 10
    return {
      stage: name,
      expected: expectedOf(record),
      needed: neededOf(record),
      by: addDays(by, -way),
      chance: byTemplate ? chance : share(record.won, record.reached),
      saves,
    }
  })
  const startBy = (rows[0]?.by ?? null) as Day | null
  const leads = { expected: expectedOf(first), needed: neededOf(first) }
  const money = (minor: number): string => formatMoney(minor, settings.currency)
  const said = (minor: number): string => `${money(Math.abs(minor))} ${settings.currency.code}`
  const sure = `${Number((confidence * 100).toFixed(1))}%`
  const described =
    target.of === 'wins' ? counted(target.count, 'win') : `${said(target.minor)} of ${target.of}`
  const value = (at: number): number =>
    target.of === 'wins' ? Number(at.toFixed(2)) : toDecimal(Math.round(at), settings.currency)
  const shown = (at: number): string => (target.of === 'wins' ? at.toFixed(1) : money(at))
  return {
    name: 'plan',
    title: `Plan for ${described} by ${by}, as of ${asOf}`,
    subtitle: [
      [
        ...describeFilters(scope),
        ...(await processNote(book.db, ledger, asked, processId, usual)),
        `${first.won} of ${first.reached} closed won`,
        `${sure} sure`,
      ].join(' · '),
    ],
    currency: settings.currency,
    head: {
      as_of: asOf,
      by,
      filters: filtersHead(scope),
      measure: target.of,
      target: value(wanted),
      confidence,
      method: byTemplate ? 'template' : 'own',
      win_rate: share(first.won, first.reached),
      leads,
      open_brings: { expected: value(brought.mean), sure: value(brought.sure) },
      start_by: startBy,
    },
    sections: [
      {
        key: 'stages',
        columns: [
          { key: 'stage', label: 'Stage', type: 'text' },
          { key: 'expected', label: 'Expected', type: 'count' },
          { key: 'needed', label: 'Needed', type: 'count' },
          { key: 'by', label: 'There by', type: 'day' },
          { key: 'chance', label: byTemplate ? 'Chance' : 'Were won', type: 'share' },
          { key: 'saves', label: '+1 point saves', type: 'count' },
        ],
        rows,
      },
    ],
    totals: null,
    totalColumns: [],
    notes: planNotes({
      asOf,
      by,
      first: stages[0]?.record ?? null,
      leads,
      sure,
      open: { deals: open.place.length, mean: shown(brought.mean), sure: shown(brought.sure) },
      win: target.of === 'wins' ? null : { ...win, shown: said(win.value), of: target.of },
      startBy,
      guessedDays: knowledge.hazards.ladder === 'template',
    }),
    charts: [],
    empty: 'There are no deals to learn from; funnel deal add opens one.',
  }
}
