import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import type { Database } from 'better-sqlite3'
import { isBusy, openSqlite } from '../book/store/sqlite/driver.ts'
import { Fault } from '../domain/fault.ts'
import type { Message } from './message.ts'
import type { Carrier } from './send.ts'
import { addAll } from '../domain/lists.ts'

/** A message that waits. */
interface Waiting {
  number: number
  id: string
  to: string
  subject: string
  queued: string
  tries: number
  error: string | null
  /** `failed`: the server refused it for good, and it is sent again only on request. */
  state: 'waiting' | 'failed'
}

/** What became of the messages that waited. */
export interface Sending {
  sent: Waiting[]
  kept: Waiting[]
  /** Refused for good by the server. */
  failed: Waiting[]
  /** Another run is sending, and takes these messages with it. */
  busy: boolean
}

/**
 * The messages of a book that wait to be sent, and a record of those sent. It is in a folder next to the book
 * that only its owner can open.
 */
export interface Outbox {
  /** Puts a message in. @returns `new`, or what it was already. */
  add: (message: Message, to: string, at: string) => 'new' | 'waiting' | 'failed' | 'sent'
  /**
   * Puts a message in that is part of a change of the book: it is sent only once the book knows of it, so that neither
   * happens without the other, however a command ends. @returns as `add` does.
   */
  prepare: (message: Message, to: string, at: string) => ReturnType<Outbox['add']>
  /** The IDs of messages that are part of a change of which it is not known yet whether it came about. */
  prepared: () => string[]
  /** Removes messages that were not sent, as the change that they were part of did not come about or was undone. */
  discard: (ids: readonly string[]) => void
  /**
   * Keeps messages from being sent until the end of `release`, to undo the change that they were part of.
   * @returns null if another run is sending at this moment.
   */
  recall: (ids: readonly string[]) => Recall | null
  /** The messages that wait, and those refused for good. */
  list: () => Waiting[]
  /** Queues refused messages again. @returns how many messages. */
  retry: () => number
  /** Was the message with this ID sent, by any run? */
  isSent: (id: string) => boolean
  /**
   * Forgets a person: messages to them that were not sent are removed, and of those sent only stays that they were.
   * @param to how they are addressed, and the IDs of messages to them.
   */
  forget: (to: { addresses: readonly string[]; ids: readonly string[] }) => void
  /** Removes a message that is not to be sent. @throws Fault `not-found` if it is not waiting. */
  drop: (number: number) => Waiting
  /**
   * Sends what waits, oldest first, one run at a time.
   * @param known which of the messages that are part of a change the book knows of.
   */
  send: (
    carrier: Carrier,
    at: string,
    reason: (error: unknown) => string,
    known: Known,
  ) => Promise<Sending>
  close: () => void
}

/** Asks the book which messages it knows of. */
type Known = (ids: readonly string[]) => Promise<ReadonlySet<string>>

/** Messages that are kept from being sent. */
interface Recall {
  /** How many of them have left: were sent, or are not there any more. */
  gone: number
  /** Lets others send again. */
  release: () => void
}

/** The folder of a book's outbox: always the same, whichever link leads to the book. */
function outboxFolder(book: string): string {
  return `${existsSync(book) ? realpathSync(book) : book}.outbox`
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS messages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    source BLOB,
    queued_at TEXT NOT NULL,
    sent_at TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    CHECK ((sent_at IS NULL) = (source IS NOT NULL))
  ) STRICT`

/** The moment at which the server refused a message for good; outboxes of 0.1.0 lack the column. */
const FAILED = 'ALTER TABLE messages ADD COLUMN failed_at TEXT'

/** 1 until it is known that the change of the book that a message is part of came about. */
const PREPARED = 'ALTER TABLE messages ADD COLUMN prepared INTEGER NOT NULL DEFAULT 0'

const UNSENT = `SELECT number, id, recipient AS "to", subject, queued_at AS queued, tries, error,
    iif(failed_at IS NULL, 'waiting', 'failed') AS state
  FROM messages WHERE sent_at IS NULL`
const WAITING = `${UNSENT} AND failed_at IS NULL AND prepared = 0`

function hasColumn(db: Database, column: string): boolean {
  const columns = db.pragma('table_info(messages)') as { name: string }[]
  return columns.some(({ name }) => name === column)
}

/** Another run may add the columns at the same time. */
function addColumns(db: Database): void {
  for (const [column, statement] of [
    ['failed_at', FAILED],
    ['prepared', PREPARED],
  ] as const) {
    const addColumn = db.transaction(() => {
      if (!hasColumn(db, column)) db.exec(statement)
    })
    if (!hasColumn(db, column)) addColumn.immediate()
  }
}

function openFile(file: string, patience?: number): Database {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return openSqlite(file, patience)
}

/** @throws Fault `failed` if it cannot be read as an outbox. */
function openMessages(file: string): Database {
  try {
    const db = openFile(file)
    db.exec(SCHEMA)
    addColumns(db)
    return db
  } catch (error) {
    if (isBusy(error) || isBusy((error as Error).cause)) throw error
    const hint = `move it elsewhere, and make the mail again; what waited in it is not sent`
    throw new Fault('failed', `the outbox ${file} is damaged`, hint, error)
  }
}

/** Opens a book's outbox; null if it has none and `make` does not ask for one. */
export function openOutbox(book: string, make: boolean): Outbox | null {
  const folder = outboxFolder(book)
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const hint = 'put a folder of its own there, readable by you alone'
    throw new Fault('failed', `the outbox ${folder} is a link to elsewhere`, hint)
  }
  const there = statSync(folder, { throwIfNoEntry: false })
  if (there && !there.isDirectory()) {
    const hint = 'move it elsewhere; a folder belongs there'
    throw new Fault('failed', `the outbox ${folder} is a file`, hint)
  }
  if (!there) {
    if (!make) return null
    try {
      mkdirSync(folder, { mode: 0o700 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw new Fault('failed', `the outbox ${folder} cannot be made`, undefined, error)
      }
    }
  }
  // In case an umask or a person has changed it.
  chmodSync(folder, 0o700)
  const db = openMessages(path.join(folder, 'outbox.db'))
  return {
    add: (message, to, at) => add(db, message, to, at, 0),
    prepare: (message, to, at) => add(db, message, to, at, 1),
    prepared: () => prepared(db),
    discard: (ids) => {
      const remove = db.prepare('DELETE FROM messages WHERE id = ? AND sent_at IS NULL')
      for (const id of ids) remove.run(id)
    },
    recall: (ids) => recall(folder, db, ids),
    list: () => db.prepare(`${UNSENT} ORDER BY number`).all() as Waiting[],
    retry: () =>
      db.prepare('UPDATE messages SET failed_at = NULL WHERE failed_at IS NOT NULL').run().changes,
    isSent: (id) => isSent(db, id),
    forget: (to) => forget(db, to),
    drop: (number) => drop(db, number),
    send: (carrier, at, reason, known) => sendAll(folder, db, { carrier, at, reason, known }),
    close: () => db.close(),
  }
}

function add(
  db: Database,
  { id, from, subject, source }: Message,
  to: string,
  at: string,
  isPrepared: 0 | 1,
): ReturnType<Outbox['add']> {
  const { changes } = db
    .prepare(
      `INSERT INTO messages (id, sender, recipient, subject, source, queued_at, prepared)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    )
    .run(id, from, to, subject, source, at, isPrepared)
  if (changes > 0) return 'new'
  if (isSent(db, id)) return 'sent'
  const failed = db.prepare('SELECT failed_at FROM messages WHERE id = ?').pluck().get(id)
  return failed === null ? 'waiting' : 'failed'
}

function prepared(db: Database): string[] {
  return db
    .prepare('SELECT id FROM messages WHERE prepared = 1 AND sent_at IS NULL ORDER BY number')
    .pluck()
    .all() as string[]
}

function recall(folder: string, db: Database, ids: readonly string[]): Recall | null {
  const held = lock(folder)
  if (!held) return null
  // If the program is killed before the book is changed, the next sending finds that the book still knows of them.
  const mark = db.prepare('UPDATE messages SET prepared = 1 WHERE id = ? AND sent_at IS NULL')
  const kept = ids.filter((id) => mark.run(id).changes > 0)
  return { gone: ids.length - kept.length, release: () => held.close() }
}

function forget(
  db: Database,
  { addresses, ids }: { addresses: readonly string[]; ids: readonly string[] },
): void {
  // What is removed is overwritten.
  db.pragma('secure_delete = ON')
  const theirs = 'lower(recipient) = lower(:text) OR id = :text'
  const statements = [
    `DELETE FROM messages WHERE sent_at IS NULL AND (${theirs})`,
    `UPDATE messages SET recipient = 'erased', subject = 'erased' WHERE ${theirs}`,
  ].map((sql) => db.prepare(sql))
  db.transaction(() => {
    for (const text of [...addresses, ...ids]) for (const each of statements) each.run({ text })
  }).immediate()
  db.exec('VACUUM')
  db.pragma('wal_checkpoint(TRUNCATE)')
}

function isSent(db: Database, id: string): boolean {
  const sent = db.prepare('SELECT sent_at FROM messages WHERE id = ?').pluck().get(id)
  return sent !== null && sent !== undefined
}

function drop(db: Database, number: number): Waiting {
  const found = db.prepare(`${UNSENT} AND number = ?`).get(number) as Waiting | undefined
  if (!found) {
    throw new Fault(
      'not-found',
      `there is no message ${number} in the outbox`,
      'see: funnel outbox list',
    )
  }
  db.prepare('DELETE FROM messages WHERE number = ? AND sent_at IS NULL').run(number)
  return found
}

/** How long to wait for another run that is sending, in ms; it sends our messages too. */
const PATIENCE = 2000

/**
 * A lock that ends with its process, however that ends: SQLite's own, on an empty file. Null if another run
 * has it.
 */
function lock(folder: string): Database | null {
  let file: Database | undefined
  try {
    file = openFile(path.join(folder, 'lock.db'), PATIENCE)
    file.exec('BEGIN EXCLUSIVE')
    return file
  } catch (error) {
    file?.close()
    if (isBusy(error) || isBusy((error as Error).cause)) return null
    throw error
  }
}

interface Answer {
  code?: string
  responseCode?: number
}

/** Did the server reject this message, rather than fall silent? */
function answered(error: unknown): boolean {
  return (error as Answer).responseCode !== undefined
}

/** A refusal of the account rather than of the message: it may be put right. */
const OF_THE_ACCOUNT = new Set([530, 534, 535, 538])

/**
 * Is the server's refusal of this message final (RFC 5321, 4.2.1: a reply of 500 and more to its sender, its
 * recipient or its text)? Trying again would be pointless.
 */
function isFinal(error: unknown): boolean {
  const { code, responseCode = 0 } = error as Answer
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false
  return responseCode >= 500 && !OF_THE_ACCOUNT.has(responseCode)
}

/** Lets prepared messages be sent of which the book knows. @returns whether there are any. */
async function letGo(db: Database, known: Known): Promise<boolean> {
  const ids = prepared(db)
  if (ids.length === 0) return false
  const done = await known(ids)
  const mark = db.prepare('UPDATE messages SET prepared = 0 WHERE id = ?')
  for (const id of done) mark.run(id)
  return done.size > 0
}

async function sendAll(
  folder: string,
  db: Database,
  {
    carrier,
    at,
    reason,
    known,
  }: { carrier: Carrier; at: string; reason: (error: unknown) => string; known: Known },
): Promise<Sending> {
  const done: Sending = { sent: [], kept: [], failed: [], busy: false }
  const held = lock(folder)
  if (!held) return { ...done, busy: true }
  try {
    const next = db.prepare(
      `${WAITING.replace('SELECT', 'SELECT sender, source,')} AND number > ? ORDER BY number LIMIT 1`,
    )
    type Line = Waiting & { sender: string; source: Buffer }
    await letGo(db, known)
    for (let last = 0; ;) {
      const line = next.get(last) as Line | undefined
      if (!line) {
        // What other runs prepared meanwhile is left to this one.
        if (await letGo(db, known)) continue
        return done
      }
      const { sender, source, ...waiting } = line
      last = waiting.number
      try {
        await carrier.send({ from: sender, to: waiting.to, source })
        db.prepare(
          'UPDATE messages SET sent_at = ?, source = NULL, error = NULL WHERE number = ?',
        ).run(at, last)
        done.sent.push(waiting)
      } catch (error) {
        const why = reason(error)
        const final = isFinal(error)
        db.prepare(
          'UPDATE messages SET tries = tries + 1, error = ?, failed_at = ? WHERE number = ?',
        ).run(why, final ? at : null, last)
        const tried = { ...waiting, tries: waiting.tries + 1, error: why }
        if (final) done.failed.push({ ...tried, state: 'failed' })
        else done.kept.push(tried)
        if (answered(error)) continue
        // A server that does not answer will not answer the next message either.
        addAll(done.kept, db.prepare(`${WAITING} AND number > ?`).all(last) as Waiting[])
        return done
      }
    }
  } finally {
    held.close()
  }
}
