import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { placeFirstBook, rowsOf } from '../support/first-book.ts'
import { desk, emptyDesk, newFolder } from '../support/funnel.ts'
import { expect } from 'vitest'
import { bookIn, stateOf, TIMES } from './programs.ts'

/** A command that changes a book, and what must hold of the files around it however it ends. */
export interface Work {
  name: string
  /** Fills a new folder. */
  prepare: (folder: string) => void
  args: string[]
  /** More of the environment. */
  env?: Record<string, string>
  /**
   * What it makes next to the book, which it leaves as it is: a text for how far that came. It holds
   * no lock on the book meanwhile.
   */
  outcome?: (folder: string) => string
  /** All that it says on stderr, it says before it changes anything: a signal may come after that. */
  saysFirst?: true
  /** Looks at a folder in which the command ended somehow, `done` or with nothing changed. */
  look?: (folder: string, done: boolean) => void
}

const ROWS = 3000
/** As many as take a while. */
const DEALS = 5000

function writeList(folder: string): void {
  const note = 'so much to say '.repeat(10)
  const lines = ['ref,name,email,phone,region,note']
  for (let row = 0; row < ROWS; row += 1) {
    const email = row % 500 === 0 ? 'no address' : `mail${row}@c.example`
    lines.push(`R${row},Company ${row} Ltd,${email},+49 30 ${1_000_000 + row},North,${note}`)
  }
  writeFileSync(path.join(folder, 'list.csv'), `${lines.join('\n')}\n`)
}

function writeBookings(folder: string): void {
  const lines = ['Date,Amount,Payee,Description']
  for (let row = 0; row < ROWS; row += 1) {
    lines.push(
      `2026-10-0${1 + (row % 9)},${row % 6}.25,Company ${row % 300},invoice R-${10_000 + row}`,
    )
  }
  writeFileSync(path.join(folder, 'bookings.csv'), `${lines.join('\n')}\n`)
}

/** Half of what each booking of its invoice names. */
function writeInvoices(folder: string): void {
  const lines = ['Invoice Number,Customer,Invoice Date,Total']
  for (let row = 0; row < ROWS; row += 1) {
    lines.push(`R-${10_000 + row},Company ${row % 300},2026-09-0${1 + (row % 9)},5.25`)
  }
  writeFileSync(path.join(folder, 'invoices.csv'), `${lines.join('\n')}\n`)
}

function writeDeals(folder: string): void {
  const lines = ['Id,Client,Title,Status,Amount,Created,Closed,Owner']
  for (let row = 0; row < DEALS; row += 1) {
    const outcome = row % 3 === 0 ? 'won' : 'lost'
    lines.push(
      `D${row},Client ${row % 300},Winch ${row},${outcome},${row},2026-01-02,2026-02-03,Bo`,
    )
  }
  writeFileSync(path.join(folder, 'deals.csv'), `${lines.join('\n')}\n`)
}

function writeTasks(folder: string): void {
  const lines = Array.from({ length: ROWS }, (_, row) => `Call number ${row},2026-12-01`)
  writeFileSync(path.join(folder, 'tasks.csv'), `Task,Due\n${lines.join('\n')}\n`)
}

function writeRates(folder: string): void {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const [year, month, day] = [1990 + (row % 30), 1 + (row % 12), 1 + (row % 28)]
    return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')},1.1,162.5`
  })
  writeFileSync(path.join(folder, 'rates.csv'), `Date,USD,JPY\n${lines.join('\n')}\n`)
}

/** Processes of which each has the stages that the others have, and some of its own. */
function writeProcesses(folder: string): void {
  const processes = Array.from({ length: 40 }, (_, at) => ({
    name: `Process ${at}`,
    stages: Array.from({ length: 20 }, (__, stage) => ({ stage: `Stage ${at * 10 + stage}` })),
  }))
  writeFileSync(path.join(folder, 'processes.json'), JSON.stringify({ processes }))
}

function filled(folder: string): void {
  const made = desk({}, folder)
  writeList(folder)
  writeDeals(folder)
  made.ok('import', 'clients', 'list.csv')
  made.ok('deal', 'add', 'Company 7 Ltd', 'Cold store', '--amount', '9000')
}

function writeLines(folder: string): void {
  const lines = Array.from({ length: ROWS }, (_, row) => `Cold store,Part ${row},2,9.50`)
  writeFileSync(
    path.join(folder, 'lines.csv'),
    `Deal,Product,Quantity,Price\n${lines.join('\n')}\n`,
  )
}

function older(folder: string): void {
  const raw = new Database(placeFirstBook(folder))
  raw.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
    INSERT INTO clients (name, name_key, rating, note, added_on)
    SELECT 'Old ' || i, 'old ' || i, 'A', hex(randomblob(100)), '2026-01-01' FROM n`)
  raw.close()
}

const IMPORT = ['import', 'clients', 'list.csv', '--rejects', 'mend.csv']

/** The rows that were rejected are all there, or there is no such file. */
function lookAtRejects(folder: string): void {
  const file = path.join(folder, 'mend.csv')
  if (!existsSync(file)) return
  expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(1 + ROWS / 500)
}

/** No payment of a booking is there without what it settles, nor settles more than it is. */
function lookAtAllocations(folder: string, done: boolean): void {
  const raw = new Database(bookIn(folder), { readonly: true })
  const count = (sql: string): unknown => raw.prepare(`SELECT count(*) FROM ${sql}`).pluck().get()
  const matched = count("bank_lines WHERE state = 'matched'")
  expect(count('payments WHERE bank_line_id IS NOT NULL')).toBe(matched)
  if (done) expect(matched).toBeGreaterThan(ROWS / 2)
  expect(
    count(`payments AS p WHERE p.bank_line_id IS NOT NULL AND p.amount <>
      (SELECT sum(a.amount) FROM allocations AS a WHERE a.payment_id = p.id)`),
  ).toBe(0)
  raw.close()
}

/** Every copy is the whole book as it was, and a book that was migrated has one. */
function lookAtCopies(folder: string, done: boolean): void {
  const copies = ['', '-2', '-3'].map((suffix) => `${bookIn(folder)}.v1${suffix}`)
  const found = copies.filter((copy) => existsSync(copy))
  if (done) expect(found.length).toBeGreaterThan(0)
  for (const copy of found) {
    expect(rowsOf(copy).clients).toHaveLength(10_003)
    const raw = new Database(copy, { readonly: true })
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
    raw.close()
  }
}

/** What was replaced is the whole book as it was, and a book that was restored has left one. */
function lookAtReplaced(folder: string, done: boolean): void {
  const kept = readdirSync(folder).filter((name) => /\.replaced-[^.]*$/.test(name))
  if (done) expect(kept.length).toBeGreaterThan(0)
  for (const name of kept) expect(rowsOf(path.join(folder, name)).deals).toHaveLength(1 + DEALS)
}

const LAST_WEEK = 'of last week\n'

/** An export is there as a whole, or the file of last week is. */
function exported(folder: string): string {
  const text = readFileSync(path.join(folder, 'out.csv'), 'utf8')
  if (text === LAST_WEEK) return 'none'
  // A header, and a line for each client.
  return text.trimEnd().split('\n').length === ROWS - ROWS / 500 + 1 ? 'whole' : 'in part'
}

/** A backup is there as a whole, or none is. */
function backedUp(folder: string): string {
  const copy = path.join(folder, 'copies', 'copy.db')
  if (!existsSync(copy)) return 'none'
  expect(rowsOf(copy)).toEqual(rowsOf(bookIn(folder)))
  return 'whole'
}

const PEOPLE = ['ann@firm.example', 'bo@firm.example', 'cy@firm.example']

/**
 * Takes mail as sendmail does, and keeps each under a name of its own. Of a program that was killed
 * before it wrote anything nothing comes, and sendmail sends nothing that names no recipient.
 */
const SENDMAIL = `#!/bin/sh
cat > "post/$$.part"
grep -qi '^To:' "post/$$.part" || exit 64
mv "post/$$.part" "post/$$.eml"
`

/** What the outbox holds as sent. */
function sent(folder: string): string {
  const file = path.join(folder, 'funnel.db.outbox', 'outbox.db')
  if (!existsSync(file)) return 'none'
  const raw = new Database(file)
  const isMade = raw.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'messages'").get()
  const count = isMade
    ? raw.prepare('SELECT count(*) FROM messages WHERE sent_at IS NOT NULL').pluck().get()
    : 0
  raw.close()
  return count === PEOPLE.length ? 'all' : 'none'
}

/**
 * Nobody is written to twice, but by the one mail that was being handed over when the program was
 * killed; that one has the same ID both times, so that programs for mail show one.
 */
function lookAtMail(folder: string, done: boolean): void {
  const mails = readdirSync(path.join(folder, 'post'))
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(path.join(folder, 'post', name), 'utf8'))
  const ids = mails.map((mail) => /^Message-ID: (.*)$/im.exec(mail)?.[1]?.trim())
  expect(ids).not.toContain(undefined)
  const distinct = new Set(ids).size
  expect(ids.length - distinct).toBeLessThanOrEqual(1)
  expect(distinct).toBeLessThanOrEqual(PEOPLE.length)
  if (done) expect(distinct).toBe(PEOPLE.length)
}

const LATE = 40

/** Clients that owe an invoice each, and a sendmail. */
function owed(folder: string): void {
  const made = desk({}, folder)
  const rows = Array.from({ length: LATE }, (_, row) => row)
  writeFileSync(
    path.join(folder, 'list.csv'),
    `name,email\n${rows.map((row) => `Late ${row} Ltd,mail${row}@c.example`).join('\n')}\n`,
  )
  made.ok('import', 'clients', 'list.csv')
  const lines = rows.map((row) => `R-${row},Late ${row} Ltd,2026-09-01,2026-10-01,${100 + row}`)
  writeFileSync(
    path.join(folder, 'invoices.csv'),
    `Invoice number,Client,Invoice date,Due date,Total\n${lines.join('\n')}\n`,
  )
  made.ok('import', 'invoices', 'invoices.csv')
  mkdirSync(path.join(folder, 'post'), { mode: 0o700 })
  writeFileSync(path.join(folder, 'post.sh'), SENDMAIL, { mode: 0o700 })
}

const BY_SENDMAIL = {
  FUNNEL_SENDMAIL: './post.sh',
  FUNNEL_MAIL_FROM: 'Funnel <funnel@firm.example>',
}

/**
 * Nobody is reminded twice, but by the one mail that was being handed over; what the book says was sent goes out with
 * the next sending, and what it does not know of never does.
 */
function lookAtLetters(folder: string, done: boolean, count: number): void {
  const again = emptyDesk({ apart: true, env: BY_SENDMAIL }, folder)
  again.ok('outbox', 'send', '--sendmail')
  const ids = readdirSync(path.join(folder, 'post'))
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(path.join(folder, 'post', name), 'utf8'))
    .map((mail) => /^Message-ID: (.*)$/im.exec(mail)?.[1]?.trim())
  expect(ids).not.toContain(undefined)
  const distinct = new Set(ids).size
  expect(distinct).toBe(done ? count : 0)
  expect(ids.length - distinct).toBeLessThanOrEqual(1)
}

const OFFERED = 150

/** Clients to whom the same is offered. */
function offering(folder: string): void {
  const made = desk({}, folder)
  const rows = Array.from({ length: OFFERED }, (_, row) => `Firm ${row} Ltd,mail${row}@c.example`)
  writeFileSync(path.join(folder, 'list.csv'), `name,email\n${rows.join('\n')}\n`)
  made.ok('import', 'clients', 'list.csv')
  writeFileSync(path.join(folder, 'offer.csv'), 'Text,Unit price\nCold room,1249.99\n')
}

const OFFER = ['proposal', 'make', '--where', 'name', '--lines', 'offer.csv', '--format', 'html']

/** A folder of offers is there as a whole, or not at all; whatever came of it, the same command completes it. */
function lookAtOffers(folder: string, done: boolean): void {
  const offers = path.join(folder, 'offers')
  const has = existsSync(offers)
  expect(has ? readdirSync(offers).length : OFFERED).toBe(OFFERED)
  expect(has && !done).toBe(false)
  if (!done) return
  const again = emptyDesk({ apart: true }, folder)
  const { made, known } = again.json<{ made: number; known: number }>(...OFFER, '--out', 'again')
  expect([made, known]).toEqual([0, OFFERED])
  expect(readdirSync(path.join(folder, 'again'))).toHaveLength(OFFERED)
}

const BILLED = 5

/** Invoices of clients with addresses, issued and not sent. */
function billed(folder: string): void {
  const made = desk({}, folder)
  for (const words of [
    ['company', 'set', '--name', 'Ann Lee', '--street', 'Weg 1', '--town', 'Berlin'],
    ['company', 'set', '--country', 'DE', '--postcode', '10115', '--vat-id', 'DE136695976'],
    ['client', 'add', 'Harbour', '--street', 'Quay 2', '--town', 'Bonn', '--country', 'DE'],
    ['client', 'edit', '1', '--email', 'office@harbour.example'],
  ]) {
    made.ok(...words)
  }
  const drafts = Array.from({ length: BILLED }, (_, at) => `d${at + 1}`)
  for (const draft of drafts) made.ok('invoice', 'add', '1', '--line', `Work on ${draft} @ 9`)
  made.ok('invoice', 'issue', ...drafts, '--incomplete')
  mkdirSync(path.join(folder, 'post'), { mode: 0o700 })
  writeFileSync(path.join(folder, 'post.sh'), SENDMAIL, { mode: 0o700 })
}

/** Each invoice is sent with its file and that is kept, or none is. */
function lookAtInvoices(folder: string, done: boolean): void {
  lookAtLetters(folder, done, BILLED)
  const again = emptyDesk({ apart: true, env: BY_SENDMAIL }, folder)
  const { documents } = again.json<{ documents: object[] }>('document', 'list')
  expect(documents).toHaveLength(done ? BILLED : 0)
}

/** What a folder holds, as far as a work changes it. */
export function stateAfter({ outcome }: Work, folder: string): string {
  return outcome ? `${stateOf(folder)} ${outcome(folder)}` : stateOf(folder)
}

/** What writes next to the book: it is killed as well, but needs no room in the book. */
const BESIDE_THE_BOOK: Work[] = [
  {
    name: 'an export',
    prepare: (folder) => {
      filled(folder)
      writeFileSync(path.join(folder, 'out.csv'), LAST_WEEK, { mode: 0o600 })
    },
    args: ['export', 'clients', '--out', 'out.csv', '--quiet'],
    outcome: exported,
  },
  {
    name: 'a backup',
    prepare: (folder) => {
      filled(folder)
      mkdirSync(path.join(folder, 'copies'), { mode: 0o700 })
    },
    args: ['backup', 'copies/copy.db', '--replace', '--quiet'],
    outcome: backedUp,
  },
  {
    name: 'a sending of mail',
    prepare: (folder) => {
      filled(folder)
      mkdirSync(path.join(folder, 'post'), { mode: 0o700 })
      writeFileSync(path.join(folder, 'post.sh'), SENDMAIL, { mode: 0o700 })
    },
    args: ['snapshot', '--sendmail', ...PEOPLE.flatMap((one) => ['--mail-to', one])],
    env: BY_SENDMAIL,
    outcome: sent,
    look: lookAtMail,
  },
  {
    name: 'an offer to many',
    prepare: offering,
    args: [...OFFER, '--out', 'offers'],
    look: lookAtOffers,
  },
  {
    name: 'a round of reminders',
    prepare: owed,
    args: ['remind', '--sendmail'],
    env: BY_SENDMAIL,
    look: (folder, done) => lookAtLetters(folder, done, LATE),
  },
  {
    name: 'a sending of invoices',
    prepare: billed,
    args: [
      'invoice',
      'send',
      ...Array.from({ length: BILLED }, (_, at) => `2026-000${at + 1}`),
    ].concat('--sendmail'),
    env: BY_SENDMAIL,
    look: lookAtInvoices,
  },
]

/** What is cut off, run out of room, and interrupted. A new command is a line here. */
export const WORKS: Work[] = [
  {
    name: 'an import of clients',
    prepare: (folder) => {
      desk({}, folder)
      writeList(folder)
    },
    args: IMPORT,
    look: lookAtRejects,
  },
  {
    name: 'an import of deals',
    prepare: filled,
    args: ['import', 'deals', 'deals.csv', '--create', 'all', '--process', 'plain'],
  },
  {
    name: 'an import of rates',
    prepare(folder) {
      filled(folder)
      writeRates(folder)
    },
    args: ['import', 'rates', 'rates.csv'],
  },
  {
    name: 'an import of bookings',
    prepare(folder) {
      const { ok } = desk({}, folder)
      ok('bank', 'account', 'add', 'House bank', '--number', '1')
      writeBookings(folder)
    },
    args: ['bank', 'import', 'bookings.csv'],
  },
  {
    name: 'an issuing of an invoice',
    prepare(folder) {
      const { ok } = desk({}, folder)
      const address = [
        '--street',
        'Kai 1',
        '--postcode',
        '20457',
        '--town',
        'Hamburg',
        '--country',
        'DE',
      ]
      ok('company', 'set', '--name', 'Ann Lee', ...address, '--vat-id', 'DE136695976')
      ok('bank', 'account', 'add', 'Main', '--iban', 'DE89 3704 0044 0532 0130 00')
      ok('client', 'add', 'Harbour Foods', ...address)
      ok('invoice', 'add', 'harbour', '--line', 'Work @ 90', '--line', 'Travel @ 30')
    },
    args: ['invoice', 'issue', 'd1'],
  },
  {
    name: 'a matching of bookings',
    prepare(folder) {
      const { ok } = desk({}, folder)
      ok('bank', 'account', 'add', 'House bank', '--number', '1')
      writeInvoices(folder)
      ok('import', 'invoices', 'invoices.csv', '--create', 'all')
      writeBookings(folder)
      ok('bank', 'import', 'bookings.csv')
    },
    args: ['bank', 'match', '--yes', '--quiet'],
    look: lookAtAllocations,
  },
  {
    name: 'an import of tasks',
    prepare: (folder) => {
      desk({}, folder)
      writeTasks(folder)
    },
    args: ['import', 'tasks', 'tasks.csv'],
  },
  {
    name: 'an import of lines',
    prepare: (folder) => {
      filled(folder)
      writeLines(folder)
    },
    args: ['import', 'lines', 'lines.csv', '--create', 'products'],
  },
  { name: 'a move', prepare: filled, args: ['move', '1', 'Meeting preparation'] },
  {
    name: 'an undoing',
    prepare: (folder) => {
      filled(folder)
      emptyDesk({}, folder).ok('undo')
    },
    args: ['undo'],
  },
  {
    name: 'a new rate of a tax that products have',
    prepare(folder) {
      filled(folder)
      const made = emptyDesk({}, folder)
      made.ok('tax', 'add', 'Standard', '19%')
      for (const name of ['Pump', 'Fan', 'Belt']) made.ok('product', 'add', name)
    },
    args: ['tax', 'edit', 'Standard', '--rate', '20%'],
  },
  {
    name: 'a letter',
    prepare: filled,
    args: ['letter', 'make', '1', '--subject', 'Moved', '--text', 'Kai 5', '--out', 'moved.html'],
  },
  {
    name: 'a template that takes the place of another',
    prepare(folder) {
      filled(folder)
      const made = emptyDesk({}, folder)
      writeFileSync(path.join(folder, 'my.html'), '<p>{{ title }}{{ body }}</p>', { mode: 0o600 })
      made.ok('template', 'add', 'my.html', '--kind', 'letter', '--name', 'old', '--default')
    },
    args: ['template', 'add', 'my.html', '--kind', 'letter', '--default'],
  },
  { name: 'an erasure', prepare: filled, args: ['client', 'erase', '9', '--yes'] },
  {
    name: 'a restore',
    prepare: (folder) => {
      filled(folder)
      const made = emptyDesk({}, folder)
      made.ok('backup', 'old.db')
      made.ok('import', 'deals', 'deals.csv', '--create', 'all', '--process', 'plain')
    },
    args: ['restore', 'old.db', '--yes'],
    saysFirst: true,
    look: lookAtReplaced,
  },
  { name: 'a migration', prepare: older, args: ['source', 'list'], look: lookAtCopies },
  // They go the way of a move; where there is time, they are tried as well.
  ...(TIMES === 1
    ? []
    : [
        {
          name: 'an import of processes',
          prepare(folder: string) {
            filled(folder)
            writeProcesses(folder)
          },
          args: ['import', 'processes', 'processes.json'],
        },
        { name: 'a merging', prepare: filled, args: ['client', 'merge', '7', '9', '--yes'] },
        {
          name: 'a setting',
          prepare: filled,
          args: ['settings', 'set', 'country', 'TH'],
        },
      ]),
]

/** What is cut off, wherever it writes. */
export const KILLED = [...WORKS, ...BESIDE_THE_BOOK]

/** Does it write for so long that some moments must be caught in the midst of it? */
export const isLong = ({ name }: Work): boolean => /import|migration/.test(name)

/** A folder in which a work can be begun, made once. */
export function ready({ prepare }: Work): string {
  const folder = newFolder()
  prepare(folder)
  return folder
}
