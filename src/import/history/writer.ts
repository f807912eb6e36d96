import type { Database } from 'better-sqlite3'
import type { Selectable } from 'kysely'
import type { Db } from '../../book/open.ts'
import type { DealsTable } from '../../book/schema/deals.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import type { Moment } from '../../records/moment.ts'
import { activeStages, loadProcess, type Process } from '../../records/processes.ts'
import { settleStageTasks } from '../../records/stage-tasks.ts'
import { projectDeal } from '../../records/standings.ts'
import type { Cells } from '../cells.ts'
import type { OutcomeWords } from '../deals/draft.ts'
import type { NameBook } from '../names.ts'
import type { LateOutcome, Origin, Writer } from '../outcome.ts'
import { outcomeWord } from '../values/words.ts'
import type { Passage } from './course.ts'
import { toldBefore } from './known.ts'
import { eventKind, isSame, readEvent, type ToldEvent } from './told.ts'

/** How a history of stages is written. */
export interface HistoryWriting {
  db: Db
  raw: Database
  names: NameBook
  words: OutcomeWords
  moment: Moment
}

type DealRow = Selectable<DealsTable>

interface Told extends Passage {
  row: number
  /** Where the row names its event. */
  event: ToldEvent | null
}

/** Events of a deal that were entered in this book, and did not come in a file. */
const OWN_EVENTS = `
  SELECT 1 FROM events e
  JOIN operation_inserts i
    ON i.table_name = 'events' AND e.id BETWEEN i.first_id AND i.last_id
  WHERE e.deal_id = ? AND NOT EXISTS (
    SELECT 1 FROM operation_inserts f
    WHERE f.operation_id = i.operation_id AND f.table_name = 'imports')
  LIMIT 1`

/**
 * Turns a history of stages into the events of the deals it names, in place of those that came with
 * the deals, and beside those of earlier histories. Only deals that were imported have their course told by a file.
 */
export function historyWriter(how: HistoryWriting): Writer {
  const { db, raw, names, moment } = how
  const dealByRef = raw.prepare('SELECT * FROM deals WHERE ref = ?')
  const hasOwn = raw.prepare(OWN_EVENTS)
  const before = toldBefore(raw)
  const deals = new Map<number, { deal: DealRow; rows: Told[] }>()
  const processes = new Map<number, Process>()
  let importId: Origin['importId'] | undefined

  const stageOf = async (deal: DealRow, name: string): Promise<number> => {
    const process = processes.get(deal.process_id) ?? (await loadProcess(db, deal.process_id))
    processes.set(deal.process_id, process)
    const found = process.stages.find((stage) => nameKey(stage.name) === nameKey(name))
    if (found) return found.stageId
    const has =
      activeStages(process)
        .map((stage) => stage.name)
        .join(', ') || 'none'
    throw new Fault('usage', `the process ${process.name} has no stage “${name}”; it has: ${has}`)
  }

  const dealOf = (cells: Cells): DealRow => {
    const ref = cells.one('deal')
    if (ref === null) throw new Fault('usage', 'the row names no deal')
    const deal = dealByRef.get(ref) as DealRow | undefined
    if (!deal) throw new Fault('usage', `the book has no deal of the reference “${ref}”`)
    if (deal.import_id === null) {
      throw new Fault('usage', `deal ${deal.id} was opened in this book, which knows its course`)
    }
    return deal
  }

  const rewrite = async (deal: DealRow, told: readonly ToldEvent[]): Promise<void> => {
    await db.deleteFrom('events').where('deal_id', '=', deal.id).execute()
    const same = { deal_id: deal.id, recorded_at: moment.recordedAt }
    for (const event of told) {
      await db
        .insertInto('events')
        .values({ ...same, ...event })
        .execute()
    }
    await projectDeal(db, deal.id)
    await db.updateTable('deals').set({ outcome_only: 0 }).where('id', '=', deal.id).execute()
  }

  /** What keeps events that name themselves from being a course; null where nothing does. */
  const rewriteOrRefuse = async (
    deal: DealRow,
    told: readonly ToldEvent[],
  ): Promise<string | null> => {
    raw.exec('SAVEPOINT course')
    try {
      await rewrite(deal, told)
      return null
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      raw.exec('ROLLBACK TO course')
      return error.message
    } finally {
      raw.exec('RELEASE course')
    }
  }

  const tell = async ({ deal, rows }: { deal: DealRow; rows: Told[] }): Promise<LateOutcome[]> => {
    const inOrder = rows.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.row - b.row))
    const first = activeStages(await loadProcess(db, deal.process_id))[0]?.stageId ?? null
    const named = inOrder.flatMap(({ event }) => event ?? [])
    const toTheLetter = named.length === inOrder.length
    const events = await db
      .selectFrom('events')
      .selectAll()
      .where('deal_id', '=', deal.id)
      .orderBy('at')
      .orderBy('id')
      .execute()
    const retold = toTheLetter
      ? before.withEvents(deal, events, named)
      : before.withPassages(deal, events, inOrder, first)
    // A deal whose events came without a history has a course now.
    const isKnown =
      isSame(events, retold.events, toTheLetter) &&
      (toTheLetter ? deal.outcome_only === 0 : before.isFull(deal, events, retold.untold))
    if (isKnown) return rows.map(({ row }) => ({ row, outcome: 'unchanged' }))
    if (hasOwn.get(deal.id) !== undefined)
      return rows.map(({ row }) => ({ row, outcome: 'skipped' }))
    const reason = retold.refusal ?? (await rewriteOrRefuse(deal, retold.events))
    if (reason === null) before.mark(deal, events, retold.untold)
    return rows.map(({ row }) => (reason === null ? { row, outcome: 'updated' } : { row, reason }))
  }

  return {
    takenBack: () => names.forget(),
    async write(cells, origin) {
      const { row, today } = origin
      importId = origin.importId
      const deal = dealOf(cells)
      const name = cells.one('stage')
      const at = cells.day('at')
      const kind = eventKind(cells)
      if (name === null && kind === null) throw new Fault('usage', 'the row names no stage')
      if (at === null) throw new Fault('usage', 'the row has no date')
      if (at > today) throw new Fault('usage', `${at} is still to come`)
      const word = name === null || kind !== null ? null : outcomeWord(name, how.words)
      const outcome = word ?? 'open'
      const entersStage = kind === null ? outcome === 'open' : kind === 'opened' || kind === 'moved'
      const stageId = entersStage && name !== null ? await stageOf(deal, name) : null
      const event = kind && readEvent(cells, { kind, at, stage_id: stageId }, deal, names)
      const amount = cells.money('amount')
      const ownerId = names.id('owners', cells.one('owner'))
      const told = deals.get(deal.id) ?? { deal, rows: [] }
      told.rows.push({ at, outcome, stageId, row, amount, ownerId, event })
      deals.set(deal.id, told)
      return null
    },
    async finish() {
      const late: LateOutcome[] = []
      let worked = 0
      for (const told of deals.values()) {
        const outcomes = await tell(told)
        if (outcomes[0]?.outcome === 'updated') importId?.()
        if (outcomes[0]?.outcome === 'skipped') worked += 1
        late.push(...outcomes)
      }
      if (late.some(({ outcome }) => outcome === 'updated')) await settleStageTasks(db, moment)
      const notes =
        worked === 0
          ? []
          : [`${counted(worked, 'deal')} skipped: worked on in this book since they were imported`]
      return { late, notes }
    },
  }
}
