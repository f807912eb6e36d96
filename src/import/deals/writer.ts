import { ratedOn, rateFinder } from '../../book/rates.ts'
import { moneyGiven } from './money.ts'
import type { Currency } from '../../domain/money.ts'
import { Fault } from '../../domain/fault.ts'
import { counted } from '../../domain/text.ts'
import { DEAL_TEXTS, perField } from '../../domain/text-fields.ts'
import { type DealChanges, editDeal, record } from '../../records/deals.ts'
import type { Moment } from '../../records/moment.ts'
import { activeStages, type Process } from '../../records/processes.ts'
import { makeRoom, setOpening } from '../../records/opening.ts'
import { settleStageTasks } from '../../records/stage-tasks.ts'
import type { clientNames } from '../client-names.ts'
import { leftAlone, rowRemarks } from '../left-alone.ts'
import type { OnDuplicate, Origin, Outcome, Writer } from '../outcome.ts'
import type { Cells } from '../row-cells.ts'
import { dealAdder, type FoundDeal } from './add.ts'
import { dealDays } from './days.ts'
import { type DealDraft, dealIds, draftDeal } from './draft.ts'
import type { OutcomeWords } from './stated-outcome.ts'
import { dealFinder, type Known } from './find.ts'
import { clientTerms } from './inherited-terms.ts'
import { type NamedBy, namingNotes } from './terms.ts'
import { dealRemarks } from './remarks.ts'
import { unnamedStages } from './unnamed-stages.ts'
import { dealPeople } from './people.ts'
import { dealTagWriter } from './tags.ts'
import { dealPropertyWriter } from './properties.ts'
import { dealProcesses, type ProcessWriting } from './processes.ts'
import { placeStageless, type Stageless } from './stageless.ts'
import { dealTables } from './tables.ts'
import { addAll } from '../../domain/lists.ts'

/** How deals are written. */
export interface DealWriting extends ProcessWriting {
  clientOf: ReturnType<typeof clientNames>
  words: OutcomeWords
  onDuplicate: OnDuplicate
  moment: Moment
  /** The book's. */
  currency: Currency
  /** A large file: in an empty book the indexes are better built at the end. */
  large: boolean
  /** What the file has no column for: a new deal gets it from its client. */
  inherits: ReadonlySet<'owner' | 'source'>
}

/** `ownerId` is what the field `owner` gives, `expectedClose` what `expected-close` does. */
function fieldOf(key: string): string {
  return key.replace(/Id$/, '').replace('expectedClose', 'expected-close')
}

/** Stands for a person whom the client does not have yet. */
const NEW = -1

/** A row whose cells were read. */
interface ReadRow {
  process: Process
  row: ReturnType<typeof draftDeal>
  stageName: string | null
  cells: Cells
  origin: Origin
}

/** Turns the rows of a list of deals into deals with the events that the rows report. */
export function dealWriter(how: DealWriting): Writer {
  const { db, store, moment } = how
  const processes = dealProcesses(how)
  const to = dealTables(store, how.large)
  const add = dealAdder(to, {
    recordedAt: moment.recordedAt,
    digits: how.currency.digits,
    rateOf: rateFinder(store, how.currency.code),
  })
  const finder = dealFinder(store, to.settle)
  const inherited = clientTerms(how)
  const clientName = store.prepare('SELECT name FROM clients WHERE id = ?').pluck()
  /** What new deals are called after. */
  const named = new Map<NamedBy, number>()
  const properties = dealPropertyWriter(store, to)
  const tags = dealTagWriter(store, to)
  const people = dealPeople(store)
  /** Deals that got something from their client. */
  let heirs = 0
  let hasNews = false
  const days = dealDays(moment.today)
  const remarks = dealRemarks(store, moment.today)
  const left = leftAlone(store, 'deals')
  const unnamed = unnamedStages(db)
  /** Rows with the client and title of an earlier one that are another deal. */
  const ownDeals = rowRemarks()
  let keptOutcome = 0
  /** Deals that named no stage, in processes that are made from the file. */
  const stageless: Stageless[] = []

  /** An open deal cannot have a retired owner or source; a closed one may have had them. */
  const requireActive = ({ owner, source }: DealDraft): void => {
    how.names.active('owners', owner)
    how.names.active('sources', source)
  }

  const isReason = (name: string): boolean => how.names.known('reasons', name) !== null

  const create = (
    draft: DealDraft,
    at: Pick<FoundDeal, 'client' | 'process' | 'stage'>,
    origin: Origin,
  ): Outcome => {
    if (draft.status === 'open') requireActive(draft)
    const ids = dealIds(draft, how.names)
    const usual = inherited(at.client, draft.status)
    const own = { ...ids, owner: ids.owner ?? usual.owner, source: ids.source ?? usual.source }
    const contact = people.id(at.client, draft.contact)
    const id = add({ draft, ids: own, contact, ...at, ...days.of(draft) }, origin)
    properties.add(id, draft.properties)
    tags.add(id, draft.tags)
    const [first] = activeStages(at.process)
    if (at.stage === null && (!first || processes.isMade(at.process))) {
      stageless.push({ id, processId: at.process.id, first: first?.stageId })
    }
    hasNews = true
    remarks.see(draft, origin.row)
    named.set(draft.namedBy, (named.get(draft.namedBy) ?? 0) + 1)
    finder.keep(draft, { client: at.client, process: at.process.id }, id)
    if (own.owner !== ids.owner || own.source !== ids.source) heirs += 1
    return 'created'
  }

  /** The person whom a row names, at the client of a deal of the book. */
  const contactOf = ({ contact }: DealDraft, { client_id: client }: Known): number | null =>
    contact === null ? null : (people.known(client, contact) ?? NEW)

  /** Adds to a deal of the book what a row knows about it. */
  const change = async (
    known: Known,
    draft: DealDraft,
    stage: number | null,
    overwrite: boolean,
    row: number,
    cells: Cells,
  ): Promise<Outcome> => {
    const ids = dealIds(draft, how.names)
    const money = moneyGiven(known, draft, overwrite)
    const given = {
      amount: [money.amount, known.amount],
      cost: [money.cost, known.cost],
      ownerId: [ids.owner, known.owner_id],
      expectedClose: [draft.expectedClose, known.expected_close],
      chance: [draft.chance, known.chance],
      ...perField(DEAL_TEXTS, (name) => [draft[name], known[name]] as const),
      sourceId: [ids.source, known.source_id],
      contactId: [contactOf(draft, known), known.contact_id],
    } as const
    const changes = Object.fromEntries(
      Object.entries(given)
        .filter(([, [next, was]]) => next !== null && next !== was && (overwrite || was === null))
        .map(([key, [next]]) => [key, next]),
    ) as DealChanges
    if (money.currency !== undefined) changes.currency = money.currency
    if (known.status === 'open' && draft.status === 'open') {
      if (changes.ownerId !== undefined) how.names.active('owners', draft.owner)
      if (changes.sourceId !== undefined) how.names.active('sources', draft.source)
    }
    if (changes.contactId === NEW) changes.contactId = people.id(known.client_id, draft.contact)
    await editDeal(db, known.id, changes, moment)
    const tagged = tags.fill(known.id, draft.tags)
    const more = properties.fill(known.id, draft.properties, overwrite)
    const { status, opened } = draft
    const dates = opened !== null && known.opened_known === 0 && opened <= known.opened_on
    if (dates) await setOpening(db, known.id, opened)
    const isOpen = known.status === 'open'
    const moves = isOpen && stage !== null && stage !== known.stage_id
    const ends = status !== 'open' && status !== known.status
    if (overwrite && moves) {
      await record(db, known.id, { kind: 'moved', stage_id: stage }, moment)
    }
    if (overwrite && isOpen && status !== 'open') {
      const event = { kind: status, ...(ids.reason === null ? {} : { reason_id: ids.reason }) }
      const on = days.closing(draft)
      await makeRoom(db, known.id, on)
      const { currency } = await db
        .selectFrom('deals')
        .select('currency')
        .where('id', '=', known.id)
        .executeTakeFirstOrThrow()
      const rated = await ratedOn(db, currency, on)
      const own =
        draft.rate === undefined || currency !== draft.currency ? {} : { rate: draft.rate }
      await record(db, known.id, { ...event, ...rated, ...own }, { ...moment, on })
      remarks.see(draft, row)
    }
    if (!overwrite) {
      const differs = Object.entries(given).flatMap(([key, [next, was]]) =>
        next !== null && was !== null && next !== was ? fieldOf(key) : [],
      )
      if (money.left) differs.push('amount')
      const ending = [...(moves ? ['stage'] : []), ...(ends ? ['outcome'] : [])]
      left.add(row, known.id, [...differs, ...more.left, ...ending], cells)
    } else if (ends && !isOpen) keptOutcome += 1
    const changed =
      dates || tagged || more.written > 0 || (overwrite && (moves || (isOpen && ends)))
    return changed || Object.keys(changes).length > 0 ? 'updated' : 'unchanged'
  }

  /** Writes a row as a new deal, or into the one that it is about. */
  const writeAt = (
    { process, row, cells, origin, ...read }: ReadRow,
    stage: number | null,
  ): Outcome | Promise<Outcome> => {
    const client = how.clientOf({ ref: row.clientRef, name: row.client }, origin)
    const draft = { ...row, title: row.title ?? (clientName.get(client) as string) }
    const at = { client, process: process.id }
    const { known, apart } = finder.find(draft, at)
    if (apart !== null) {
      ownDeals.add(
        () =>
          `row ${origin.row} (${draft.title}) is a deal of its own: ${left.called(apart.id)} has its ` +
          `client and title, but another ${apart.by}`,
      )
    }
    if (!known) {
      const created = create(draft, { client, process, stage }, origin)
      if (row.status === 'open' && row.stage === null && cells.has('stage')) {
        unnamed.add(process.id, read.stageName, origin.row)
      }
      return created
    }
    if (how.onDuplicate === 'skip') {
      finder.keep(draft, at, known.id)
      return 'skipped'
    }
    if (how.onDuplicate === 'error') {
      throw new Fault('usage', `${left.called(known.id)} is this one already`)
    }
    to.settle()
    const overwrite = how.onDuplicate === 'update'
    return change(known, draft, stage, overwrite, origin.row, cells).then((outcome) => {
      if (outcome === 'updated') hasNews = true
      finder.keep(draft, at, known.id)
      return outcome
    })
  }

  /** Writes a row whose process is loaded; at once if it names a stage that the process has. */
  const writeIn = (process: Process, cells: Cells, origin: Origin): Outcome | Promise<Outcome> => {
    const row = draftDeal(cells, how.words, moment.today, process.stages, isReason)
    const stageName = row.stage ?? processes.openStage(process, row.openWord)
    const read = { process, row, stageName, cells, origin }
    const stage = stageName === null ? null : processes.known(process, stageName)
    if (stage !== undefined) return writeAt(read, stage)
    return processes.stage(process, stageName).then((made) => writeAt(read, made))
  }

  return {
    write(cells, origin) {
      const name = cells.one('process')
      const loaded = processes.loaded(name)
      if (loaded) return writeIn(loaded, cells, origin)
      return processes.of(name).then((process) => writeIn(process, cells, origin))
    },
    keep: to.keep,
    takenBack() {
      to.takeBack()
      how.clientOf.forget()
      processes.forget()
      properties.forget()
      tags.forget()
      how.names.forget()
    },
    async finish() {
      to.settle()
      await placeStageless(db, stageless)
      if (hasNews) await settleStageTasks(db, moment)
      const stageNotes = processes.notes(moment.today)
      const notes = [
        ...stageNotes.notes,
        ...(await unnamed.notes()),
        ...namingNotes(named),
        ...days.notes(),
        ...remarks.notes(),
      ]
      if (heirs > 0) {
        const lacking = [...how.inherits].join(' or ')
        notes.push(
          `${counted(heirs, 'deal')} took what the file has no column for from the client: ${lacking}`,
        )
      }
      const leftNotes = left.notes('value')
      addAll(notes, [...ownDeals.notes(), ...leftNotes])
      if (keptOutcome > 0) {
        notes.push(
          `${counted(keptOutcome, 'closed deal')} kept as the book has it, though the file names ` +
            'another outcome (funnel reopen opens a deal again)',
        )
      }
      return { late: [], notes, loud: [...stageNotes.loud, ...leftNotes], left: left.found() }
    },
  }
}
