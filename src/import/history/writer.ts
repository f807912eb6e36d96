import { rateFinder } from '../../book/rates.ts'
import type { Currency } from '../../domain/money.ts'
import type { Store } from '../../book/store/store.ts'
import type { Selectable } from 'kysely'
import type { Db } from '../../book/store/db.ts'
import type { DealsTable, EventsTable } from '../../book/schema/deals.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import type { Moment } from '../../records/moment.ts'
import { activeStages, loadProcess, type Process } from '../../records/processes.ts'
import { placeStage } from '../../records/place-stage.ts'
import { type EarlierEntry, redateStageTasks, settleStageTasks } from '../../records/stage-tasks.ts'
import type { OutcomeWords } from '../deals/stated-outcome.ts'
import type { FileEvent } from '../events.ts'
import { type NameBook, nameBook } from '../names.ts'
import type { Cells } from '../row-cells.ts'
import { noDay } from '../no-day.ts'
import { noStage } from '../no-stage.ts'
import { stageNews } from '../stages/notes.ts'
import { placeAmong, placeInNew } from '../stages/order.ts'
import type { StageRoute } from '../stages/route.ts'
import type { LateOutcome, Origin, Writer } from '../outcome.ts'
import { readStageWords } from '../values/stage-words.ts'
import type { HistoryRow } from './events-from-rows.ts'
import { earlierHistories, workedOnDeals } from './earlier-histories.ts'
import { otherChange, otherNotes } from './other-fields.ts'
import { historyDeals, type Meant } from './named-deals.ts'
import { brokenLinks, brokenNote, fromStage, inOrderOfDay } from './links.ts'
import { stepAmount, withRates } from './money.ts'
import { eventWriter } from './rewrite.ts'
import { eventKind, isOutcomeAlone, isSame, readEvent } from './read-event.ts'
import { addAll } from '../../domain/lists.ts'

/** How a history of stages is written. */
export interface HistoryWriting {
  db: Db
  store: Store
  names: NameBook
  words: OutcomeWords
  /** What may be added, and the order in which the file has stages. */
  route: StageRoute
  moment: Moment
  /** The book's. */
  currency: Currency
}

type DealRow = Selectable<DealsTable>
type EventRow = Selectable<EventsTable>

interface ReadRow extends HistoryRow {
  row: number
  /** If the row names its event. */
  event: FileEvent | null
}

/** Rows that say exactly what the book has are accepted even for a deal that did not come from a file. */
interface NamedDeal extends Meant {
  rows: ReadRow[]
  /** Has a row of such a deal that could not be read? */
  isUnread: boolean
}

/**
 * Turns a history of stages into the events of the deals it names, in place of those that came with
 * the deals, and next to those of earlier histories. Only imported deals get their history from a file.
 */
export function historyWriter(how: HistoryWriting): Writer {
  const { db, store, names, moment, route } = how
  const book = how.currency.code
  const news = stageNews(store, route.orders)
  const dealOf = historyDeals(store)
  const knownNames = nameBook(store, new Set())
  const before = earlierHistories(store)
  const rewrite = eventWriter(store, {
    recordedAt: moment.recordedAt,
    digits: how.currency.digits,
  })
  const rateOf = rateFinder(store, book)
  const eventsOf = store.prepare('SELECT * FROM events WHERE deal_id = ? ORDER BY at, id')
  /** By the deal's number in the book. */
  const deals = new Map<number, NamedDeal>()
  const processes = new Map<number, Process>()
  /** When deals were assumed to have entered their stage, before their history was read. */
  const entries: EarlierEntry[] = []
  let importId: Origin['importId'] | undefined
  /** Rows that say a deal came from another stage than the row before left it in. */
  const broken: number[] = []
  /** Rows about other fields than the stage. */
  const others = new Map<string, number>()

  const processOf = async ({ process_id: id }: DealRow): Promise<Process> => {
    const process = processes.get(id) ?? (await loadProcess(db, id))
    processes.set(id, process)
    return process
  }

  const stageOf = async (deal: DealRow, name: string, mayAdd: boolean): Promise<number> => {
    const process = await processOf(deal)
    const found = process.stages.find((stage) => nameKey(stage.name) === nameKey(name))
    if (found) return found.stageId
    if (mayAdd && process.kind !== 'plain' && route.create.has('stages')) {
      const place = news.isBlank(process.id) ? placeInNew : placeAmong
      return placeStage(db, process, name, place(name, process.stages, route.order))
    }
    const stages = activeStages(process).map((stage) => stage.name)
    const hint = process.kind === 'plain' ? '' : ' (--create stages adds it)'
    throw new Fault('usage', noStage(process.name, name, stages).message + hint)
  }

  /** May a stage be added if the deal's process lacks it? */
  const mayPlace = (name: string): boolean =>
    route.create.has('stages') &&
    route.order.names.some((other) => nameKey(other) === nameKey(name))

  const read = async (
    cells: Cells,
    { deal, refusal }: NamedDeal,
    origin: Origin,
  ): Promise<ReadRow> => {
    const { row, today } = origin
    const dictionary = refusal === null ? names : knownNames
    const name = cells.one('stage')
    const at = cells.day('at')
    const kind = eventKind(cells)
    if (name === null && kind === null) throw new Fault('usage', 'the row names no stage')
    if (at === null && kind !== 'opened') throw noDay(cells.one('at'))
    if (at !== null && at > today) throw new Fault('usage', `${at} is still to come`)
    const { stages } = await processOf(deal)
    const word = name === null || kind !== null ? null : readStageWords(name, how.words, stages)
    const outcome = word?.says ?? 'open'
    const entersStage = kind === null ? outcome === 'open' : kind === 'opened' || kind === 'moved'
    const stageId =
      entersStage && name !== null ? await stageOf(deal, name, refusal === null) : null
    // An opening without a day is put where the deal has it until the other rows are known.
    const day = at ?? deal.opened_on
    const event = kind && {
      ...readEvent(cells, { kind, at: day, stage_id: stageId }, deal, dictionary, book),
      day_known: at === null ? (0 as const) : (1 as const),
    }
    const left = cells.one('from-stage')
    // The stage that a deal came from is one that it was in.
    if (left !== null && refusal === null && mayPlace(left)) await stageOf(deal, left, true)
    const from = fromStage(left, stages)
    const amount = stepAmount(cells, deal, book, event === null)
    const ownerId = dictionary.id('owners', cells.one('owner'))
    return { at: day, outcome, stageId, from, row, amount, ownerId, event }
  }

  const settleDeal = (
    { deal, rows, refusal, isUnread }: NamedDeal,
    process: Process,
    workedOn: ReadonlySet<number>,
  ): LateOutcome[] => {
    const inOrder = inOrderOfDay(rows)
    addAll(broken, brokenLinks(inOrder))
    const events = eventsOf.all(deal.id) as EventRow[]
    // A process without stages has none to report.
    const isAlone = activeStages(process).length > 0 && isOutcomeAlone(deal, inOrder)
    // Such a deal stays where its list put it.
    const kept = isAlone ? events.find(({ kind }) => kind === 'opened')?.stage_id : null
    const first = kept ?? activeStages(process)[0]?.stageId ?? null
    const named = inOrder.flatMap(({ event }) => {
      if (event === null) return []
      return event.kind === 'opened' && isAlone ? [{ ...event, stage_id: first }] : [event]
    })
    const toTheLetter = named.length === inOrder.length
    if (refusal !== null) {
      const isHeld = toTheLetter && !isUnread && before.holds(events, named)
      return rows.map(({ row }) =>
        isHeld ? { row, outcome: 'unchanged' } : { row, reason: refusal },
      )
    }
    const combined = toTheLetter
      ? before.withEvents(deal, events, named)
      : before.withRows(deal, events, inOrder, first)
    // A deal whose events came without a history has one now.
    const rated = withRates(combined.events, rateOf)
    const isKnown =
      isSame(events, rated, toTheLetter) &&
      (toTheLetter
        ? isAlone || deal.outcome_only === 0
        : before.isFull(deal, events, combined.inferred))
    if (isKnown) return rows.map(({ row }) => ({ row, outcome: 'unchanged' }))
    if (workedOn.has(deal.id)) return rows.map(({ row }) => ({ row, outcome: 'skipped' }))
    const reason = combined.refusal ?? rewrite(deal.id, rated, process, isAlone)
    if (reason === null) before.mark(deal, events, combined.inferred)
    if (reason === null && deal.stage_since !== null) {
      entries.push({ deal: deal.id, since: deal.stage_since })
    }
    return rows.map(({ row }) => (reason === null ? { row, outcome: 'updated' } : { row, reason }))
  }

  return {
    takenBack() {
      names.forget()
      processes.clear()
    },
    async write(cells, origin) {
      importId = origin.importId
      const other = otherChange(cells)
      if (other !== null) {
        others.set(other, (others.get(other) ?? 0) + 1)
        return 'skipped'
      }
      const meant = dealOf(cells)
      const { id } = meant.deal
      const deal = deals.get(id) ?? { ...meant, rows: [], isUnread: false }
      try {
        deal.rows.push(await read(cells, deal, origin))
      } catch (error) {
        if (deal.refusal === null || !(error instanceof Fault)) throw error
        deal.isUnread = true
        throw new Fault('usage', deal.refusal, undefined, error)
      } finally {
        if (deal.rows.length > 0 || deal.isUnread) deals.set(id, deal)
      }
      return null
    },
    async finish() {
      const late: LateOutcome[] = []
      let worked = 0
      const workedOn = workedOnDeals(store)
      for (const deal of deals.values()) {
        const outcomes = settleDeal(deal, await processOf(deal.deal), workedOn)
        if (outcomes[0]?.outcome === 'updated') importId?.()
        if (outcomes[0]?.outcome === 'skipped') worked += 1
        addAll(late, outcomes)
      }
      await redateStageTasks(db, entries)
      if (late.some(({ outcome }) => outcome === 'updated')) await settleStageTasks(db, moment)
      const notes = [
        ...(worked === 0
          ? []
          : [
              `${counted(worked, 'deal')} skipped: worked on in this book since they were imported`,
            ]),
        ...brokenNote(broken),
      ]
      const { made, placed, doubtful } = news.notes(moment.today)
      addAll(notes, [...made, ...placed, ...doubtful, ...otherNotes(others)])
      return { late, notes, loud: doubtful }
    },
  }
}
