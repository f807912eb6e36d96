// Books to measure on: seeded, written past the program, which would take hours for the large ones.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { FUNNEL, TODAY } from './measure.mjs'
import { pick, randomFrom } from './random.mjs'

const DAYS = 1825
const PASS = 0.87
const MEAN_STAY = 9
const MOMENT = `${TODAY}T00:00:00.000Z`

const WORDS = ['Harbour', 'Pier', 'North', 'Cold', 'Freight', 'Marine', 'Steel', 'Timber', 'Amber']
const REGIONS = ['North', 'South', 'East', 'West']
const SIZES = ['small', 'medium', 'large']
const RATINGS = ['A', 'B', 'C', null, null]
const OWNERS = ['Ann', 'Boris', 'Chen', 'Dara', 'Emil', 'Fatima', 'Gita', 'Hans']
const SOURCES = ['exhibition', 'web', 'referral', 'cold list']
const KINDS = ['call', 'call', 'email', 'email', 'meeting', 'message']
const RESULTS = ['reached', 'no-answer', 'interested', null]

const today = Date.parse(TODAY) / 86_400_000

function isoDay(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

/** A table's rows, put in as they come. */
function inserter(db, table, columns) {
  const places = columns.map(() => '?').join(', ')
  return db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`)
}

function addNamed(db, table, names) {
  const insert = db.prepare(`INSERT OR IGNORE INTO ${table} (name, name_key) VALUES (?, ?)`)
  for (const name of names) insert.run(name, name.toLowerCase())
  return db.prepare(`SELECT id FROM ${table} ORDER BY id`).pluck().all()
}

function addClients(db, count, random, { owners, sources }) {
  const insert = inserter(db, 'clients', [
    'name',
    'name_key',
    'owner_id',
    'source_id',
    'rating',
    'region',
    'size',
    'added_on',
  ])
  for (let id = 1; id <= count; id += 1) {
    const name = `${pick(random, WORDS)} ${pick(random, WORDS)} ${id}`
    const added = isoDay(today - Math.floor(random() * DAYS))
    const [owner, source] = [pick(random, owners), pick(random, sources)]
    const rating = pick(random, RATINGS)
    const [region, size] = [pick(random, REGIONS), pick(random, SIZES)]
    insert.run(name, name.toLowerCase(), owner, source, rating, region, size, added)
  }
}

/** The course of one deal: its events and how it stands after them. */
function courseOf(random, stages, reasons, amount, owner) {
  const opened = today - Math.floor(random() * DAYS)
  const events = [['opened', isoDay(opened), stages[0], null, amount, owner]]
  let [day, since, at, status, reason] = [opened, opened, 0, 'open', null]
  for (;;) {
    const next = day + Math.floor(-Math.log(1 - random()) * MEAN_STAY)
    if (next > today) break
    day = next
    if (random() > PASS) status = 'lost'
    else if (at === stages.length - 1) status = 'won'
    if (status !== 'open') {
      reason = status === 'lost' ? pick(random, reasons) : null
      events.push([status, isoDay(day), null, reason, null, null])
      break
    }
    at += 1
    since = day
    events.push(['moved', isoDay(day), stages[at], null, null, null])
  }
  const closed = status === 'open' ? null : isoDay(day)
  return { events, status, reason, stage: stages[at], since: isoDay(since), opened, closed }
}

function addDeals(db, count, clients, random, { owners, sources }) {
  const stages = db
    .prepare('SELECT stage_id FROM process_stages WHERE process_id = 1 ORDER BY position')
    .pluck()
    .all()
  const reasons = db.prepare('SELECT id FROM reasons ORDER BY id').pluck().all()
  const deal = inserter(db, 'deals', [
    'id',
    'client_id',
    'process_id',
    'title',
    'title_key',
    'source_id',
    'amount',
    'owner_id',
    'status',
    'stage_id',
    'furthest_stage_id',
    'stage_since',
    'opened_on',
    'closed_on',
    'reason_id',
  ])
  const event = inserter(db, 'events', [
    'deal_id',
    'kind',
    'at',
    'recorded_at',
    'stage_id',
    'reason_id',
    'amount',
    'owner_id',
  ])
  for (let id = 1; id <= count; id += 1) {
    const amount = Math.round(Math.exp(7 + 2 * random())) * 100
    const owner = pick(random, owners)
    const course = courseOf(random, stages, reasons, amount, owner)
    const { stage, since, opened, closed } = course
    const client = 1 + Math.floor(random() * clients)
    const own = [client, 1, 'Winch', 'winch', pick(random, sources), amount, owner]
    const state = [course.status, stage, stage, since, isoDay(opened), closed, course.reason]
    deal.run(id, ...own, ...state)
    for (const [kind, at, ...rest] of course.events) event.run(id, kind, at, MOMENT, ...rest)
  }
}

function addInteractions(db, count, clients, random, { owners }) {
  const insert = inserter(db, 'interactions', [
    'client_id',
    'owner_id',
    'kind',
    'direction',
    'result',
    'at',
    'recorded_at',
    'text',
  ])
  for (let id = 1; id <= count; id += 1) {
    const client = 1 + Math.floor(random() * clients)
    const at = isoDay(today - Math.floor(random() * DAYS))
    const text = `asked for offer ${id} of the ${pick(random, WORDS).toLowerCase()} winch`
    const way = random() < 0.3 ? 'in' : 'out'
    const kind = pick(random, KINDS)
    insert.run(client, pick(random, owners), kind, way, pick(random, RESULTS), at, MOMENT, text)
  }
}

function addTasks(db, count, clients, random, { owners }) {
  const insert = inserter(db, 'tasks', ['client_id', 'owner_id', 'text', 'due', 'added_on'])
  for (let id = 1; id <= count; id += 1) {
    const due = isoDay(today - 10 + Math.floor(random() * 60))
    const client = 1 + Math.floor(random() * clients)
    insert.run(client, pick(random, owners), `Call again ${id}`, due, TODAY)
  }
}

/** Fills tables without their indexes and triggers, which come back at the end. */
function fill(file, { clients, deals = 0, interactions = 0, tasks = 0 }) {
  const db = new Database(file)
  const random = randomFrom(clients + deals + interactions)
  const extras = db
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL
         AND (type = 'index' OR (type = 'trigger' AND name NOT LIKE 'last_contacts%'))`,
    )
    .all()
  db.pragma('journal_mode = OFF')
  db.pragma('cache_size = -262144')
  for (const { type, name } of extras) db.exec(`DROP ${type} ${name}`)
  db.transaction(() => {
    const ids = {
      owners: addNamed(db, 'owners', OWNERS),
      sources: addNamed(db, 'sources', SOURCES),
    }
    // Interactions before clients, whose trigger looks them up: once instead of a million times.
    db.pragma('defer_foreign_keys = ON')
    addInteractions(db, interactions, clients, random, ids)
    db.exec('CREATE INDEX for_now ON interactions (client_id, at)')
    addClients(db, clients, random, ids)
    db.exec('DROP INDEX for_now')
    addDeals(db, deals, clients, random, ids)
    addTasks(db, tasks, clients, random, ids)
  })()
  for (const { sql } of extras) db.exec(sql)
  db.pragma('journal_mode = WAL')
  db.close()
}

/**
 * The path of a book with so many clients, deals, interactions and tasks; made where it is not
 * there yet, in `folder`.
 */
export function bookOf(folder, size) {
  mkdirSync(folder, { recursive: true })
  const name = Object.entries(size).map(([what, count]) => `${count}-${what}`)
  const file = path.join(folder, `${name.join('-')}.db`)
  if (existsSync(file)) return file
  process.stderr.write(`making a book with ${name.join(', ').replaceAll('-', ' ')} …\n`)
  const half = `${file}.half`
  rmSync(half, { force: true })
  execFileSync(process.execPath, [
    FUNNEL,
    'init',
    '--book',
    half,
    '--currency',
    'EUR',
    '--timezone',
    'UTC',
    '--quiet',
  ])
  fill(half, size)
  // Makes what follows from the deals' events, which nothing above has written; fails where faults are left.
  execFileSync(process.execPath, [FUNNEL, 'doctor', '--book', half, '--repair'], {
    stdio: 'ignore',
  })
  renameSync(half, file)
  // Looking for words fills the index of words, once.
  if (size.interactions) {
    execFileSync(process.execPath, [FUNNEL, '--book', file, 'find', 'harbour'], { stdio: 'ignore' })
  }
  return file
}
