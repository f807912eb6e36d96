import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { examineBook } from '../../src/book/doctor.ts'
import {
  APPLICATION_ID,
  ensureCurrent,
  migrate,
  versionOf,
} from '../../src/book/store/sqlite/migrate.ts'
import { schemaVersion } from '../../src/book/store/sqlite/migrations/index.ts'
import { createBook, openBook } from '../../src/book/open.ts'
import type { Money } from '../../src/domain/money.ts'
import { addClient } from '../../src/records/clients.ts'
import { addDeal } from '../../src/records/deals.ts'
import { day, moment, newBook, perform, SETTINGS } from '../support/book.ts'
import { temporaryFolder } from '../support/funnel.ts'
import { connectionOf } from '../../src/book/store/sqlite/store.ts'

describe('a new book', () => {
  it('is readable by its owner alone, and so are the files beside it', () => {
    const book = newBook()
    book.store.exec('CREATE TABLE probe (id INTEGER)')
    for (const name of readdirSync(path.dirname(book.path))) {
      const { mode } = statSync(path.join(path.dirname(book.path), name))
      expect([name, mode & 0o777]).toEqual([name, 0o600])
    }
  })

  it('has the nine steps, three processes, sources and reasons', async () => {
    const { db } = newBook()
    const stages = await db.selectFrom('stages').select('name').orderBy('position').execute()
    expect(stages.map(({ name }) => name)).toEqual([
      'Qualification',
      'Meeting preparation',
      'Presentation',
      'Proposal',
      'Decision',
      'Contract',
      'Payment',
      'Delivery',
      'Completion',
    ])
    const processes = await db.selectFrom('processes').select(['name', 'kind']).execute()
    expect(processes).toEqual([
      { name: 'typical', kind: 'guided' },
      { name: 'free', kind: 'free' },
      { name: 'plain', kind: 'plain' },
    ])
  })

  it('never takes the place of another file, and leaves nothing half made', () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'funnel.db')
    writeFileSync(file, 'mine')
    expect(() => createBook(file, SETTINGS)).toThrow('exists already')
    expect(readdirSync(folder)).toEqual(['funnel.db'])
    expect(() => createBook(path.join(folder, 'no', 'funnel.db'), SETTINGS)).toThrow('no folder')
  })

  it('refuses rows that make no sense', () => {
    const { store } = newBook()
    const client = "INSERT INTO clients (name, name_key, added_on) VALUES ('A', 'a', ?)"
    expect(() => store.prepare(client).run('2026-02-30')).toThrow('CHECK')
    store.prepare(client).run('2026-02-28')
    const deal = `INSERT INTO deals (client_id, process_id, title, title_key, status, stage_since,
      opened_on, closed_on) VALUES (?, 1, 'd', 'd', ?, '2026-01-01', '2026-01-01', ?)`
    expect(() => store.prepare(deal).run(1, 'won', null)).toThrow('CHECK')
    expect(() => store.prepare(deal).run(1, 'maybe', null)).toThrow('CHECK')
    expect(() => store.prepare(deal).run(99, 'open', null)).toThrow('FOREIGN KEY')
    expect(() => store.prepare("UPDATE deals SET amount = 'much'").run()).not.toThrow()
    store.prepare(deal).run(1, 'open', null)
    expect(() => store.prepare("UPDATE deals SET amount = 'much'").run()).toThrow(
      'cannot store TEXT',
    )
  })
})

describe('a book that is open', () => {
  it('keeps what was acknowledged through a power cut', () => {
    const FULL = 2
    expect(connectionOf(newBook().store).pragma('synchronous', { simple: true })).toBe(FULL)
  })
})

describe('opening', () => {
  it('refuses what is no book', () => {
    const folder = temporaryFolder()
    const text = path.join(folder, 'text.db')
    writeFileSync(
      text,
      'this is a shopping list, long enough to have a header of its own.'.repeat(9),
    )
    expect(() => openBook(text)).toThrow('is not a book')
    const other = path.join(folder, 'other.db')
    new Database(other).exec('CREATE TABLE t (x)').close()
    expect(() => openBook(other)).toThrow('is not a book')
    const empty = path.join(folder, 'empty.db')
    writeFileSync(empty, '')
    expect(() => openBook(empty)).toThrow('is not a book')
    expect(() => openBook(folder)).toThrow('is not a file')
    expect(() => openBook(path.join(folder, 'none.db'))).toThrow('there is no book')
  })

  it('refuses a newer book and leaves it as it is', () => {
    const book = newBook()
    connectionOf(book.store).pragma(`user_version = ${schemaVersion + 1}`)
    book.close()
    expect(() => openBook(book.path)).toThrow('written by a newer funnel')
    const raw = new Database(book.path)
    expect(versionOf(raw)).toBe(schemaVersion + 1)
    raw.close()
  })

  it('migrates an older book after copying it', () => {
    const file = path.join(temporaryFolder(), 'old.db')
    const raw = new Database(file)
    raw.pragma(`application_id = ${APPLICATION_ID}`)
    raw.pragma('journal_mode = WAL')
    migrate(raw, 1)
    raw.exec('CREATE TABLE keepsake (id INTEGER)')
    ensureCurrent(raw, file)
    expect(versionOf(raw)).toBe(schemaVersion)
    expect(existsSync(`${file}.v1`)).toBe(true)
    expect(statSync(`${file}.v1`).mode & 0o777).toBe(0o600)
    const copy = new Database(`${file}.v1`, { readonly: true })
    expect(versionOf(copy)).toBe(1)
    expect(
      copy.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all(),
    ).toContain('keepsake')
    copy.close()
    raw.close()
  })

  it('takes a migration back where it fails', () => {
    const file = path.join(temporaryFolder(), 'broken.db')
    const raw = new Database(file)
    raw.exec('CREATE TABLE tasks (x)')
    expect(() => migrate(raw)).toThrow('already exists')
    expect(versionOf(raw)).toBe(0)
    expect(
      raw.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").pluck().get(),
    ).toBe(1)
    raw.close()
  })
})

describe('doctor', () => {
  const DEAL = {
    clientId: 1,
    processId: 1,
    title: 'Roof',
    ref: null,
    need: null,
    sourceId: null,
    stageId: null,
    amount: 100 as Money,
    cost: null,
    ownerId: null,
    expectedClose: null,
  }

  async function bookWithDeal() {
    const book = newBook()
    await perform(book, async (db) => {
      await addClient(db, 'Acme', {}, {}, day('2026-01-01'))
      await addDeal(db, DEAL, moment('2026-01-01'))
    })
    expect(await examineBook(book)).toEqual([])
    return book
  }

  it('finds a state that does not follow from the events', async () => {
    const book = await bookWithDeal()
    book.store.prepare('UPDATE deals SET amount = 200').run()
    expect(await examineBook(book)).toEqual([
      { check: 'standing', message: 'deal 1: amount is 200, not 100' },
    ])
    book.store.prepare('DELETE FROM events').run()
    expect(await examineBook(book)).toEqual([
      { check: 'standing', message: 'deal 1: a deal without events has no state' },
      {
        check: 'stays',
        message: 'deal 1: the stays kept for reports do not follow from the deal and its events',
      },
    ])
  })

  it('names the first deals that are wrong, and counts the others', async () => {
    const book = await bookWithDeal()
    await perform(book, async (db) => {
      for (let deal = 2; deal <= 25; deal += 1) await addDeal(db, DEAL, moment('2026-01-01'))
    })
    book.store.prepare('UPDATE deals SET amount = 200').run()
    const found = await examineBook(book)
    expect(found).toHaveLength(21)
    expect(found.slice(-2).map(({ message }) => message)).toEqual([
      'deal 20: amount is 200, not 100',
      '5 more deals are not as the events say',
    ])
  })

  it('finds orphans, missing triggers and open permissions', async () => {
    const book = await bookWithDeal()
    connectionOf(book.store).pragma('foreign_keys = OFF')
    book.store.exec('DROP TRIGGER journal_deals_update')
    book.store.prepare('UPDATE deals SET source_id = 99').run()
    chmodSync(book.path, 0o644)
    const findings = await examineBook(book)
    expect(findings.map(({ check }) => check)).toEqual([
      'references',
      'journal',
      'stays',
      'permissions',
    ])
  })
})
