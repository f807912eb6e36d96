import { statSync } from 'node:fs'
import type { Book } from '../book/open.ts'
import type { Db } from '../book/store/db.ts'
import { Fault } from '../domain/fault.ts'
import { type Currency, decimalsText } from '../domain/money.ts'
import { quoted } from '../domain/plain-text.ts'
import { counted } from '../domain/text.ts'
import { loadCompany } from '../records/firm/company.ts'
import type { Moment } from '../records/moment.ts'
import { newNames } from './added.ts'
import { type Cells, type Rounding, rowReader } from './row-cells.ts'
import { accountOf, bookingWriter } from './bookings/writer.ts'
import { clientNames } from './client-names.ts'
import { clientWriter } from './clients/writer.ts'
import { dealWriter } from './deals/writer.ts'
import { type ErasedGuard, erasedGuard } from './erased.ts'
import type { Evidence } from './evidence.ts'
import { historyWriter } from './history/writer.ts'
import { interactionWriter } from './interactions/writer.ts'
import { leftColumns } from './left-alone.ts'
import { type ColumnCells, unclaimedCells } from './left-out.ts'
import { keptLine, leftOutNotes } from './left-out-notes.ts'
import type { Proposal } from './map/propose.ts'
import { nameBook } from './names.ts'
import { addClientNamed } from './new-client.ts'
import { importFile, momentOfImport } from './origin.ts'
import type { Outcome, Writer } from './outcome.ts'
import type { ImportPlan } from './plan.ts'
import { lineWriter } from './lines/writer.ts'
import { goalWriter } from './goals/writer.ts'
import { priceWriter } from './prices/writer.ts'
import { billedClient, requireOwnInvoice } from './invoices/billed.ts'
import { eInvoiceDetails } from './invoices/details.ts'
import { invoiceWriter } from './invoices/writer.ts'
import { paymentWriter } from './payments/writer.ts'
import { productWriter } from './products/writer.ts'
import type { Table, TableRow } from './recognise/table.ts'
import { rowWriter } from './row-writer.ts'
import type { StageRoute } from './stages/route.ts'
import { type Reject, Tally } from './tally.ts'
import { timeReader } from './times.ts'
import { type UnfitCells, unfitCollector } from './unfit-values.ts'
import type { MappedTable, MappedValue } from './value-map/table.ts'
import { taskWriter } from './tasks/writer.ts'
import { addAll } from '../domain/lists.ts'

/** A file that is ready to be written: its table, what its columns are and how they are read. */
export interface Settled {
  table: Table
  columns: Proposal[]
  /** The same table, and what of its values was replaced by what it stands for. */
  mapped: MappedTable
  evidence: Evidence
  /** Which processes the stages of a list of deals go into. */
  route: StageRoute
}

/** What the import needs of the outside world. */
export interface Surroundings {
  moment: Moment
  /** What the book's clock shows at a moment such as `2024-03-04T10:00:00+07:00`: `2024-03-04T04:00`. */
  toLocal: (moment: string) => string
  /** Is told how far the reading has come: bytes read, bytes in all, rows. */
  onProgress?: (done: number, total: number, rows: number) => void
}

/** The result of an import; read = created + updated + unchanged + skipped + rejected. */
export interface ImportResult extends Record<Outcome, number> {
  read: number
  rejected: number
  rejects: Reject[]
  notes: string[]
  /** What is said with `--quiet` too. */
  loud: string[]
  /** Values that were read as others. */
  values: MappedValue[]
  /** Values that are not what their property is said to be. */
  unfit: UnfitCells[]
  /** Columns that nothing in the book took, though nobody left them out; cells that gave way to the book's. */
  left_out: ColumnCells[]
  /** Cells beyond the headers, kept as properties named after their column. */
  beyond: ColumnCells[]
}

/** From this size in bytes on, rebuilding the indexes pays for a file. */
const LARGE = 1_000_000

/** What of a deal the file has no column for. */
function lackingTerms(columns: readonly Proposal[]): Set<'owner' | 'source'> {
  const fields = new Set(columns.map(({ target }) => (target.to === 'field' ? target.field : '')))
  return new Set((['owner', 'source'] as const).filter((field) => !fields.has(field)))
}

function writerOf(
  plan: ImportPlan,
  settled: Settled,
  book: Book,
  db: Db,
  moment: Moment,
  erased: ErasedGuard,
  toLocal: Surroundings['toLocal'],
): Writer {
  const { store } = book
  const { words, onDuplicate, create: creatable } = plan
  const { columns } = settled
  // A person may have allowed more since the stages were looked at.
  const route = { ...settled.route, create: creatable }
  const names = nameBook(store, creatable)
  const large = statSync(plan.file).size > LARGE
  if (plan.kind === 'clients') {
    const { country } = book.settings
    return clientWriter(store, { names, country, erased, match: plan.match, onDuplicate, large })
  }
  const { currency } = book.settings
  if (plan.kind === 'history') {
    return historyWriter({ db, store, names, words, route, moment, currency })
  }
  if (plan.kind === 'products') return productWriter(store, { onDuplicate, book: currency.code })
  if (plan.kind === 'prices') {
    return priceWriter({ store, names, onDuplicate, book: currency.code })
  }
  if (plan.kind === 'goals') {
    return goalWriter({ store, names, onDuplicate, digits: book.settings.currency.digits })
  }
  if (plan.kind === 'bookings') return bookingWriter(store, accountOf(plan), large)
  if (plan.kind === 'lines') {
    return lineWriter({ db, store, names, currency: book.settings.currency, onDuplicate, moment })
  }
  const { eInvoice } = settled.table
  const billed = eInvoice && billedClient(eInvoice)
  const create = plan.create.has('clients') ? addClientNamed(store, erased, billed) : null
  const clientOf = clientNames(store, create)
  if (plan.kind === 'interactions') {
    return interactionWriter({ store, names, clientOf, moment, times: timeReader(toLocal), large })
  }
  if (plan.kind === 'invoices') {
    const { invoiceNumber: pattern } = book.settings
    const how = { store, names, clientOf, moment, book: currency.code, pattern }
    return invoiceWriter({ ...how, billed: eInvoice && eInvoiceDetails(store, eInvoice) })
  }
  if (plan.kind === 'payments') {
    return paymentWriter({ store, clientOf, moment, book: currency.code })
  }
  if (plan.kind === 'tasks')
    return taskWriter({
      store,
      names,
      clientOf,
      onDuplicate,
      moment,
      times: timeReader(toLocal),
    })
  const inherits = lackingTerms(columns)
  const how = { db, store, names, clientOf, words, route, onDuplicate, moment, currency, large }
  return dealWriter({ ...how, inherits })
}

/** Amounts of imported rows. */
interface Roundings {
  count: number
  first: Rounding | undefined
}

function roundingNotes({ count, first }: Roundings, { digits }: Currency): string[] {
  if (!first) return []
  const were = count === 1 ? 'was' : 'were'
  const example = `${first.from} to ${first.to}`
  return [`${counted(count, 'amount')} ${were} rounded to ${decimalsText(digits)} (${example})`]
}

/** What was read as the book's currency because the person said so. */
function foreignNotes(foreign: ReadonlyMap<string, number>, { code }: Currency): string[] {
  return [...foreign].map(
    ([sign, count]) => `${counted(count, 'amount')} marked ${quoted(sign)} taken as ${code}`,
  )
}

/** Says which dates were read as empty. */
function noDateNotes(noDates: readonly string[]): string[] {
  if (noDates.length === 0) return []
  const [were, stand] = noDates.length === 1 ? ['was', 'stands'] : ['were', 'stand']
  return [
    `${counted(noDates.length, 'date')} such as ${noDates[0]} ${stand} for none, and ${were} read as empty`,
  ]
}

/**
 * Imports a file, inside the caller's operation: a row that cannot be imported is rejected with its
 * reason, any other failure ends the import and takes everything back.
 */
export async function runImport(
  book: Book,
  db: Db,
  plan: ImportPlan,
  settled: Settled,
  { moment: now, toLocal, onProgress }: Surroundings,
): Promise<ImportResult> {
  const { table, columns, evidence } = settled
  const { currency } = book.settings
  const moment = { ...now, recordedAt: momentOfImport(book.store, now.recordedAt) }
  const { isOwnCurrency } = plan
  const formats = { ...evidence, currency, isOwnCurrency, toLocal }
  const read = rowReader(columns, formats, plan.defaults)
  const addedNames = newNames(book.store, plan.kind)
  const erased = erasedGuard(book.store, plan.includeErased)
  if (table.eInvoice) requireOwnInvoice(table.eInvoice, await loadCompany(db), plan.name)
  const writer = writerOf(plan, settled, book, db, moment, erased, toLocal)
  const file = importFile(book.store, plan, table.sheet, moment)
  const write = rowWriter(book.store, writer, file)
  const tally = new Tally(plan.maxRejects)
  const unclaimed = unclaimedCells(plan.kind, columns)
  const unfit = await unfitCollector(db, columns)
  const waiting = new Map<number, string[]>()
  const noDates: string[] = []
  const roundings: Roundings = { count: 0, first: undefined }
  const foreign = new Map<string, number>()
  let rows = 0

  const taken = (row: TableRow, cells: Cells, outcome: Outcome | null): void => {
    const rounded = cells.rounded()
    roundings.count += rounded.length
    roundings.first ??= rounded[0]
    addAll(noDates, cells.noDates())
    for (const sign of cells.foreign()) foreign.set(sign, (foreign.get(sign) ?? 0) + 1)
    if (outcome === null) {
      waiting.set(row.number, row.written ?? row.cells)
      return
    }
    tally.take(outcome)
    unclaimed.see(row.cells)
    unfit?.see(row.number, cells)
  }
  /** Takes a row at once if possible: waiting for each costs as much as splitting it. */
  const take = (row: TableRow): Promise<void> | undefined => {
    if (row.reject !== undefined) throw new Fault('usage', row.reject)
    const origin = { row: row.number, today: moment.today, importId: file.id }
    const cells = read(row)
    const written = write(cells, origin)
    if (written instanceof Promise) return written.then((outcome) => taken(row, cells, outcome))
    taken(row, cells, written)
    return undefined
  }
  const progress = onProgress && ((done: number, total: number) => onProgress(done, total, rows))
  for await (const batch of table.batches(progress)) {
    for (const row of batch) {
      rows += 1
      try {
        const pending = take(row)
        if (pending) await pending
      } catch (error) {
        if (!(error instanceof Fault) || error.code === 'book') throw error
        tally.reject(row.number, error.message, row.written ?? row.cells)
      }
    }
  }
  const { late, notes, loud = [], left = [] } = await writer.finish()
  for (const { row, outcome, reason } of late) {
    const cells = waiting.get(row) ?? []
    if (outcome) {
      tally.take(outcome)
      unclaimed.see(cells)
    } else tally.reject(row, reason ?? '', cells)
  }
  const { counts } = tally
  // As in the file: what can only be said when all rows are read comes last.
  const rejects = tally.rejects.toSorted((a, b) => a.row - b.row)
  const all = [
    ...table.notes,
    ...evidence.notes,
    ...roundingNotes(roundings, currency),
    ...noDateNotes(noDates),
    ...foreignNotes(foreign, currency),
    ...erased.notes(),
    ...notes,
    ...addedNames(),
  ]
  const found = unclaimed.found()
  const mapped = settled.mapped.notes()
  const misfits = await unfit?.found()
  return {
    read: rows,
    ...counts,
    rejected: rejects.length,
    rejects,
    values: settled.mapped.values(),
    unfit: misfits?.unfit ?? [],
    left_out: [...found.leftOut, ...leftColumns(left, columns)],
    beyond: found.beyond,
    notes: [...mapped.notes, ...all, ...(misfits?.notes ?? []), ...keptLine(found)],
    loud: [...mapped.loud, ...leftOutNotes(plan.kind, found), ...erased.notes(), ...loud],
  }
}
