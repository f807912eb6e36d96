// What is measured, beside what, and how much it may cost.
import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bookOf } from './books.mjs'
import { FUNNEL, node } from './measure.mjs'
import { journalOf, MATCHED_SQL, OWED_SQL, receivablesBook } from './receivables.mjs'
import { csvOf, xlsxOf } from './sheets.mjs'

const BARE = { name: 'node -e 0', command: node('-e', '0') }
const SHEETJS = fileURLToPath(new URL('./sheetjs.mjs', import.meta.url))
const QUARTER = ['--period', '2026-Q2']

const ALL_TIME = ['cohort', 'losses', 'sources']

/** Reports that read the stays of all deals, whatever is chosen of them. */
const OF_STAYS = ['owners', 'velocity', 'activity'].flatMap((name) =>
  [[], ['--where', 'region=North'], ['--owner', 'Ann']].map((chosen) => [name, ...chosen]),
)

export const DAILY = { clients: 100_000, deals: 20_000, interactions: 1_000_000, tasks: 20_000 }
export const deals = (count) => ({ clients: Math.max(1000, count / 10), deals: count })

/** The closed funnel of all time as one would ask for it in the shell. */
const CLOSED_SQL = `SELECT furthest_stage_id, status, count(*), sum(amount) FROM deals
  WHERE closed_on IS NOT NULL GROUP BY 1, 2`

function removeBook(file) {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}

/** A fresh, empty book at a path that is used again and again. */
function emptyBook(folder) {
  const empty = path.join(folder, 'empty.db')
  removeBook(empty)
  const init = ['init', '--book', empty, '--currency', 'EUR', '--timezone', 'UTC', '--quiet']
  execFileSync(process.execPath, [FUNNEL, ...init])
  const file = path.join(folder, 'import.db')
  const other = path.join(folder, 'other.db')
  return {
    file,
    other,
    renew: () => {
      removeBook(file)
      removeBook(other)
      copyFileSync(empty, file)
    },
  }
}

/**
 * Every row: what is run, how often, beside which reference (`needs` names the Debian package it
 * comes with), and the bar, a ratio or seconds or MiB.
 */
export async function rowsOf(folder) {
  const onBook = (file, ...args) => node(FUNNEL, '--book', file, ...args)
  const small = () => bookOf(folder, deals(10_000))
  const large = () => bookOf(folder, deals(1_000_000))
  const daily = () => bookOf(folder, DAILY)
  const scratch = emptyBook(folder)
  const matching = path.join(folder, 'matching.db')
  const importing = (file) =>
    onBook(scratch.file, 'import', 'clients', file, '--create', 'sources', '--yes')
  const inserting = (file) => ({
    name: 'sqlite-utils insert',
    needs: 'sqlite-utils',
    command: () => ['sqlite-utils', 'insert', scratch.other, 'rows', file, '--csv', '--silent'],
  })
  const lists = await Promise.all(
    ['deals', 'interactions'].map(async (what) => [what, await csvOf(folder, 100_000, what)]),
  )
  const csv = await csvOf(folder, 100_000)
  const script = path.join(folder, 'import.sql')
  writeFileSync(script, `.mode csv\n.import ${csv} clients\n`)
  const quick = { rounds: 15, reference: BARE }
  const slow = { rounds: 5, before: scratch.renew }

  const reports = (name, book, bar) =>
    [
      ['report', 'open'],
      ['report', 'closed', ...QUARTER],
    ].map((args) => ({
      ...quick,
      what: `${args.join(' ')}, ${name}`,
      own: () => onBook(book(), ...args),
      ratio: bar,
    }))

  return [
    { ...quick, what: '--version', own: () => node(FUNNEL, '--version'), ratio: 1.4 },
    { ...quick, what: '--help', own: () => node(FUNNEL, '--help'), ratio: 1.4 },
    ...reports('10,000 deals', small, 1.8),
    ...reports('1,000,000 deals', large, 2.5),
    {
      what: 'report closed, all time, 1,000,000 deals',
      rounds: 5,
      reference: {
        name: 'the same by SQL in sqlite3',
        needs: 'sqlite3',
        command: () => ['sqlite3', large(), CLOSED_SQL],
      },
      own: () => onBook(large(), 'report', 'closed', '--period', 'all'),
      seconds: 1,
    },
    ...ALL_TIME.map((name) => ({
      what: `report ${name}, all time, 1,000,000 deals`,
      rounds: 3,
      own: () => onBook(large(), 'report', name, '--period', 'all'),
      seconds: 2,
    })),
    {
      what: 'report open, a year ago, 1,000,000 deals',
      rounds: 3,
      own: () => onBook(large(), 'report', 'open', '--as-of', '2025-11-23'),
      seconds: 1,
    },
    ...OF_STAYS.map((words) => ({
      what: `report ${words.join(' ')}, all time, 1,000,000 deals`,
      rounds: 3,
      own: () => onBook(large(), 'report', ...words, '--period', 'all'),
      seconds: 1,
    })),
    { ...quick, what: 'today, 100,000 clients', own: () => onBook(daily(), 'today'), ratio: 2 },
    {
      ...quick,
      what: 'find, 1,000,000 interactions',
      own: () => onBook(daily(), 'find', 'harbour'),
      ratio: 2,
    },
    {
      ...slow,
      what: 'import 100,000 clients, CSV',
      reference: inserting(csv),
      own: () => importing(csv),
      ratio: 1,
    },
    ...lists.map(([what, file]) => ({
      ...slow,
      what: `import 100,000 ${what}, CSV`,
      reference: inserting(file),
      own: () => onBook(scratch.file, 'import', what, file, '--create', 'all', '--yes'),
      ratio: 1.5,
    })),
    {
      ...slow,
      what: 'import 100,000 clients, CSV',
      reference: {
        name: 'sqlite3 .import',
        needs: 'sqlite3',
        command: () => ['sqlite3', '-init', script, scratch.other, '.exit'],
      },
      own: () => importing(csv),
    },
    {
      ...slow,
      what: 'import 100,000 clients, XLSX',
      reference: {
        name: 'SheetJS reading it',
        command: async () => node(SHEETJS, await xlsxOf(folder, 100_000)),
      },
      own: async () => importing(await xlsxOf(folder, 100_000)),
      ratio: 1.6,
    },
    {
      ...slow,
      rounds: 1,
      what: 'import 1,000,000 clients, CSV',
      own: async () => importing(await csvOf(folder, 1_000_000)),
      memory: 400,
    },
    {
      what: 'export 100,000 clients, XLSX',
      rounds: 3,
      own: () =>
        onBook(daily(), 'export', 'clients', '--out', path.join(folder, 'clients-out.xlsx')),
      memory: 400,
    },
    ...[10_000, 100_000, 1_000_000].map((count, index) => ({
      what: `forecast with backtest, ${count.toLocaleString('en')} deals`,
      rounds: 3,
      own: () => onBook(bookOf(folder, deals(count)), 'forecast'),
      seconds: [3, 15, 10][index],
      memory: 400,
    })),
    {
      what: 'backup, 1,000,000 deals',
      rounds: 3,
      before: () => removeBook(path.join(folder, 'backup.db')),
      reference: {
        name: 'cp',
        command: () => ['cp', large(), path.join(folder, 'backup.db')],
      },
      own: () => onBook(large(), 'backup', path.join(folder, 'backup.db')),
      ratio: 1.2,
      memory: 400,
    },
    {
      what: 'report receivables, 300,000 invoices',
      rounds: 5,
      reference: {
        name: 'the same by SQL in sqlite3',
        needs: 'sqlite3',
        command: () => ['sqlite3', receivablesBook(folder), OWED_SQL],
      },
      own: () => onBook(receivablesBook(folder), 'report', 'receivables'),
      seconds: 1,
      memory: 400,
    },
    {
      what: 'report receivables next to hledger',
      rounds: 1,
      reference: {
        name: 'hledger bal on its journal',
        needs: 'hledger',
        command: () => ['hledger', '-f', journalOf(folder), 'bal', '--flat', 'Receivable'],
      },
      own: () => onBook(receivablesBook(folder), 'report', 'receivables'),
      ratio: 1,
    },
    {
      what: 'export journal, 300,000 invoices',
      rounds: 3,
      own: () =>
        onBook(
          receivablesBook(folder),
          'export',
          'journal',
          '--out',
          path.join(folder, 'out.journal'),
        ),
      memory: 400,
    },
    {
      what: 'bank match, 5,000 of 1,000,000 bookings',
      rounds: 3,
      before: () => {
        removeBook(matching)
        copyFileSync(receivablesBook(folder), matching)
      },
      reference: {
        name: 'a join by SQL in sqlite3',
        needs: 'sqlite3',
        command: () => ['sqlite3', matching, MATCHED_SQL],
      },
      own: () => onBook(matching, 'bank', 'match'),
      seconds: 5,
      memory: 400,
    },
    {
      what: 'snapshot, 1,000,000 deals',
      rounds: 3,
      own: () => onBook(large(), 'snapshot'),
      seconds: 5,
      memory: 400,
    },
  ]
}
