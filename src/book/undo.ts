import type { Store } from './store/store.ts'
import { Fault } from '../domain/fault.ts'
import { duplicateNotes, reimportedSince } from './undo-conflicts.ts'
import { type Done, operate, type OperationId } from './store/operate.ts'
import type { Book } from './open.ts'
import { holdsMoney } from './settings.ts'
import { isConstraint } from './store/fault.ts'

/** A line of the book's history. */
export interface OperationLine {
  id: number
  at: string
  command: string
  summary: string
  /** Who ran it; null if that was not kept yet. */
  author: string | null
  undoes: number | null
  undone_by: number | null
  /** 1 if it can never be undone, because what it changed is gone, or something left the house. */
  final: 0 | 1
  /** Why it cannot, and what to do instead; null if what it changed was erased. */
  final_why: string | null
  final_instead: string | null
}

interface JournalLine {
  table_name: string
  row_id: number
  before: string | null
}

/**
 * The operations of a book, newest first.
 * @param author only what this person ran.
 */
export function history(book: Book, limit: number, author?: string): Promise<OperationLine[]> {
  const all = book.db.selectFrom('operations').selectAll().orderBy('id', 'desc').limit(limit)
  return (author === undefined ? all : all.where('author', '=', author)).execute()
}

function noOperation(id: number): Fault {
  return new Fault('not-found', `there is no operation ${id}`, 'see: funnel history')
}

function find(store: Store, id: number): OperationLine {
  const found = store.prepare('SELECT * FROM operations WHERE id = ?').get(id)
  if (!found) throw noOperation(id)
  return found as OperationLine
}

/**
 * The newest operation of a person that still stands and is not itself an undo, and the newest of anyone.
 * What was run before authors were kept counts as everyone's.
 * @throws Fault `not-found` if there is none.
 */
function newest(
  store: Store,
  undoing: number,
  author: string,
): Record<'own' | 'any', OperationLine> {
  const standing = 'id < :undoing AND undone_by IS NULL AND undoes IS NULL'
  const last = (whose: string): OperationLine | undefined =>
    store
      .prepare(`SELECT * FROM operations WHERE ${standing} AND ${whose} ORDER BY id DESC LIMIT 1`)
      .get({ undoing, author }) as OperationLine | undefined
  const own = last('coalesce(author, :author) = :author')
  const any = last(':author IS NOT NULL')
  if (own && any) return { own, any }
  if (!any) throw new Fault('not-found', 'there is nothing to undo')
  throw new Fault(
    'not-found',
    `there is nothing of yours to undo: you are ${author}, and ${whoRan(any)}`,
    `undo it all the same: funnel undo ${any.id}`,
  )
}

function whoRan({ id, command, author }: OperationLine): string {
  return `operation ${id} (${command}) is by ${author}`
}

/** The refusal of an operation that sent something out of the house, or touched what was erased since. */
function isFinal(store: Store, target: OperationLine): Fault {
  const { id, command, final_why: why, final_instead: instead } = target
  if (why !== null) {
    const message = `operation ${id} (${command}) cannot be undone: ${why}`
    return new Fault('failed', message, instead ?? undefined)
  }
  const earlier = store
    .prepare(
      `SELECT max(id) FROM operations
       WHERE id < ? AND undone_by IS NULL AND undoes IS NULL AND final = 0`,
    )
    .pluck()
    .get(target.id) as number | null
  return new Fault(
    'failed',
    `operation ${target.id} (${target.command}) can never be undone: what it changed was erased`,
    earlier === null ? undefined : `an earlier one may be: funnel undo ${earlier}`,
  )
}

/**
 * SQL that holds for operations `o` that stand: those that cancel out (one and its undo) leave no trace and
 * block nothing.
 */
export const NOT_UNDONE = `o.undone_by IS NULL
  AND NOT EXISTS (SELECT 1 FROM operations u WHERE u.id = o.undoes AND u.undone_by = o.id)`

/** A later change of a row that the operation added or changed. */
const LATER_CHANGE = `
  SELECT j.table_name AS table_name, j.row_id AS row_id, o.id AS id, o.command AS command
  FROM journal j JOIN operations o ON o.id = j.operation_id
  WHERE j.operation_id > :id AND ${NOT_UNDONE} AND (
    EXISTS (SELECT 1 FROM journal mine WHERE mine.table_name = j.table_name
      AND mine.row_id = j.row_id AND mine.operation_id = :id)
    OR EXISTS (SELECT 1 FROM operation_inserts i WHERE i.operation_id = :id
      AND i.table_name = j.table_name AND j.row_id BETWEEN i.first_id AND i.last_id))
  ORDER BY j.id LIMIT 1`

interface Obstacle {
  table_name: string
  row_id: number
  id: number
  command: string
}

const ONE: Record<string, string> = {
  settings: 'setting',
  processes: 'process',
  process_stages: 'stage of a process',
  categories: 'category',
  properties: 'property',
  client_categories: "client's category",
  client_properties: "client's property",
  deal_properties: "deal's property",
  deal_tags: "deal's tag",
  contact_points: 'e-mail or phone',
  client_aliases: "client's other name",
  invoice_lines: 'line of an invoice',
  invoice_deductions: 'deduction of an invoice',
  allocations: 'part of a payment',
  bank_lines: 'booking',
  payer_accounts: "client's bank account",
  invoice_repeats: 'repeated invoice',
}

/** “deal 7 (Standby generator)”, if the row still has its name. */
function describe(store: Store, table: string, id: number): string {
  const one = ONE[table] ?? table.replace(/s$/, '')
  const column = store.columnsOf(table).find((name) => ['name', 'title', 'value'].includes(name))
  if (!column) return `${one} ${id}`
  const name = store.prepare(`SELECT ${column} FROM ${table} WHERE id = ?`).pluck().get(id)
  return typeof name === 'string' ? `${one} ${id} (${name})` : `${one} ${id}`
}

function refuse(store: Store, target: OperationLine, obstacle: Obstacle, how: string): Fault {
  const what = describe(store, obstacle.table_name, obstacle.row_id)
  const { final, final_why: why, final_instead: instead } = find(store, obstacle.id)
  if (final === 1 && why !== null) {
    const message = `operation ${target.id} (${target.command}) cannot be undone: ${why} by operation ${obstacle.id}`
    return new Fault('failed', message, instead ?? undefined)
  }
  return new Fault(
    'failed',
    `operation ${target.id} (${target.command}) cannot be undone: ${what} ${how} operation ` +
      `${obstacle.id} (${obstacle.command})`,
    `undo that one first: funnel undo ${obstacle.id}`,
  )
}

function removeAdded(store: Store, id: number): void {
  const ranges = store
    .prepare('SELECT table_name, first_id, last_id FROM operation_inserts WHERE operation_id = ?')
    .raw()
    .all(id) as [string, number, number][]
  for (const [table, first, last] of ranges) {
    store.prepare(`DELETE FROM ${table} WHERE id BETWEEN ? AND ?`).run(first, last)
  }
}

/**
 * Gives rows back the values that they had before the operation, the earliest ones it journaled.
 * The last row goes first: a reference that one row took over from another is free again by then.
 */
function restoreChanged(store: Store, id: number, undoing: number): void {
  const lines = store
    .prepare(
      `SELECT table_name, row_id, before FROM journal WHERE id IN (
         SELECT min(j.id) FROM journal j WHERE j.operation_id = :id
           AND NOT EXISTS (SELECT 1 FROM operation_inserts i WHERE i.operation_id = :id
             AND i.table_name = j.table_name AND j.row_id BETWEEN i.first_id AND i.last_id)
         GROUP BY j.table_name, j.row_id)
       ORDER BY id DESC`,
    )
    .all({ id }) as JournalLine[]
  const noteInsert = store.prepare(
    'INSERT INTO journal (operation_id, table_name, row_id) VALUES (?, ?, ?)',
  )
  for (const { table_name: table, row_id: row, before } of lines) {
    if (before === null) {
      store.prepare(`DELETE FROM ${table} WHERE id = ?`).run(row)
      continue
    }
    const values = JSON.parse(before) as Record<string, unknown>
    const columns = store.columnsOf(table).filter((column) => column in values)
    const set = columns.map((column) => `${column} = :${column}`).join(', ')
    const update = store.prepare(`UPDATE ${table} SET ${set} WHERE id = :id`).run(values)
    if (update.changes > 0) continue
    const places = columns.map((column) => `:${column}`).join(', ')
    store.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(values)
    noteInsert.run(undoing, table, row)
  }
}

/** A row, added by a later operation, that belongs to one the undo would remove. */
function dependant(store: Store): Obstacle | undefined {
  const orphan = store.brokenReference()
  if (!orphan) return undefined
  return store
    .prepare(
      `SELECT :table AS table_name, :id AS row_id, o.id AS id, o.command AS command
       FROM operations o JOIN operation_inserts i ON i.operation_id = o.id
       WHERE i.table_name = :table AND :id BETWEEN i.first_id AND i.last_id`,
    )
    .get(orphan) as Obstacle | undefined
}

/**
 * Notes which operation undid which. Undoing an undo brings the first operation back, and so on up the chain.
 */
function mark(store: Store, target: OperationLine, undoing: number): void {
  store.prepare('UPDATE operations SET undoes = ? WHERE id = ?').run(target.id, undoing)
  const set = store.prepare('UPDATE operations SET undone_by = ? WHERE id = ?')
  let by: number | null = undoing
  for (let line = target; ; line = find(store, line.undoes)) {
    set.run(by, line.id)
    by = by === null ? line.id : null
    if (line.undoes === null) return
  }
}

function currencyOf(store: Store): unknown {
  return store.prepare("SELECT value FROM settings WHERE key = 'currency'").pluck().get()
}

function takeBack(store: Store, target: OperationLine, undoing: number): void {
  const currency = currencyOf(store)
  const later = store.prepare(LATER_CHANGE).get({ id: target.id }) as Obstacle | undefined
  if (later) throw refuse(store, target, later, 'was changed since by')
  store.deferReferences()
  try {
    removeAdded(store, target.id)
    restoreChanged(store, target.id, undoing)
  } catch (error) {
    if (!isConstraint(error, 'UNIQUE')) throw error
    const message = `operation ${target.id} (${target.command}) cannot be undone: a name or number it gave up is used again`
    throw new Fault('failed', message, 'rename the newer one first', error)
  }
  if (currencyOf(store) !== currency && holdsMoney(store)) {
    const message = `operation ${target.id} (${target.command}) cannot be undone: amounts in ${String(currency)} were entered since`
    throw new Fault('failed', message)
  }
  const obstacle = dependant(store)
  if (obstacle) throw refuse(store, target, obstacle, 'depends on it, added by')
  const again = reimportedSince(store, target.id, undoing)
  if (again) {
    throw new Fault(
      'failed',
      `operation ${target.id} (${target.command}) cannot be undone: ${again.file} would be in the ` +
        `book twice, as operation ${again.id} (${again.command}) imported the same file again`,
      `undo that one first: funnel undo ${again.id}`,
    )
  }
  mark(store, target, undoing)
}

const CANNOT_RECALL: Recall = () => ({
  why: 'its mails may have left the outbox',
  instead: 'undo it by the command: funnel undo',
})

/** The mails that an operation put into the outbox. */
function mailsOf(store: Store, id: number): string[] {
  return store
    .prepare(
      ['reminders', 'invoice_events', 'proposal_events']
        .map(
          (table) => `SELECT m.message_id FROM ${table} AS m JOIN operation_inserts AS i
            ON i.table_name = '${table}' AND m.id BETWEEN i.first_id AND i.last_id
            WHERE i.operation_id = :id AND m.message_id IS NOT NULL`,
        )
        .join(' UNION '),
    )
    .pluck()
    .all({ id }) as string[]
}

/**
 * Keeps the mails of an operation from leaving while it is undone. They are not there any more afterwards, so that
 * undoing the undoing would claim what is not true.
 */
function recallMails(store: Store, target: OperationLine, undoing: number, recall: Recall): void {
  const mails = mailsOf(store, target.id)
  if (mails.length === 0) return
  const left = recall(mails)
  if (left !== null) {
    const message = `operation ${target.id} (${target.command}) cannot be undone: ${left.why}`
    throw new Fault('failed', message, left.instead)
  }
  store
    .prepare('UPDATE operations SET final = 1, final_why = ?, final_instead = ? WHERE id = ?')
    .run('its mails were taken out of the outbox', `send them again: ${target.command}`, undoing)
}

/**
 * Keeps mails from leaving.
 * @returns null if it could; else why not, in words that follow the operation, and what to do instead.
 */
export type Recall = (mails: readonly string[]) => { why: string; instead: string } | null

/**
 * Undoes a whole operation: removes the rows that it added and gives changed rows their earlier values. The
 * undo is itself an operation, and can be undone in turn.
 * @param id the operation; without it the newest of the same author that stands.
 * @returns what was done, with notes on records brought back that look like later ones.
 * @throws Fault `not-found` if there is none; `failed` if a row has changed since, a later row belongs to one
 *   that would be removed, or an import would come back that has been repeated since.
 */
export function undo(
  book: Book,
  info: { command: string; at: string; author: string; recall?: Recall },
  id?: number,
): Promise<Done & { undone: number; notes: string[]; operation: OperationId }> {
  return operate(book, info, (_db, undoing) => {
    const last = id === undefined ? newest(book.store, undoing, info.author) : undefined
    const target = last?.own ?? find(book.store, id ?? 0)
    if (target.id === undoing) throw noOperation(undoing)
    if (target.final === 1) throw isFinal(book.store, target)
    if (target.undone_by !== null) {
      const message = `operation ${target.id} was undone already, by operation ${target.undone_by}`
      throw new Fault('failed', message, `to do it again: funnel undo ${target.undone_by}`)
    }
    recallMails(book.store, target, undoing, info.recall ?? CANNOT_RECALL)
    takeBack(book.store, target, undoing)
    const summary = `undid ${target.id}: ${target.summary || target.command}`
    const notes = duplicateNotes(book.store, target.id, undoing)
    if (last && last.any.id !== target.id) {
      notes.push(`${whoRan(last.any)}, and stays: funnel undo ${last.any.id} takes it back`)
    }
    return Promise.resolve({ summary, undone: target.id, notes })
  })
}
