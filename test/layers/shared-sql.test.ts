import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { newBook } from '../support/book.ts'

/** SQL that SQLite has, and PostgreSQL has not or means otherwise; `src/book/store/sql.ts` has names for it. */
const SQLITE_ONLY = [
  /\b(?:julianday|strftime|unixepoch|datetime|group_concat|json_\w+|iif|ifnull|instr|printf|typeof)\(/,
  /(?<![\w.$])date\(/,
  /\b(?:MATCH|GLOB|NOCASE|COLLATE|CROSS JOIN|WITHOUT ROWID|REPLACE INTO|INDEXED BY)\b/,
  /\bINSERT OR\b/,
  /\browid\b/i,
  /\bsqlite_\w/,
  /\bPRAGMA\b|\bpragma_|\.pragma\(/,
  /\bBEGIN IMMEDIATE\b|\bVACUUM\b/,
  /\bLIMIT -1\b/,
  /\btemp\.\w+ |\bFROM temp\./,
  // A number is no truth, and IS compares with nothing but NULL and truths.
  /sql`[01]`/,
  /\bWHERE [01]\b/,
  /\bIS (?:NOT )?(?:\?|:\w|\$\{|[a-z]\w*\.)/,
  // Unquoted, a name is folded to small letters.
  /\bAS [a-z]+[A-Z]\w*/,
  // A sign that keeps a column from its index.
  /(?<=\b(?:AND|WHERE|OR) |\bsql`)\+[a-z]/,
]

const OWN = [path.join('src', 'book', 'store', 'sqlite'), path.join('src', 'mail', 'outbox.ts')]

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')

function fragments(text: string): string[] {
  const code = withoutComments(text)
  return SQLITE_ONLY.flatMap((pattern) => pattern.exec(code)?.[0] ?? [])
}

it('knows what only SQLite understands', () => {
  const samples = [
    'julianday(e.at)',
    "date(d.since, '+1 day')",
    'x MATCH ?',
    'c.rating COLLATE NOCASE',
    'FROM a CROSS JOIN b',
    'INSERT OR IGNORE INTO t',
    'SELECT rowid FROM t',
    'FROM sqlite_schema',
    'ORDER BY id LIMIT -1',
    'DROP TABLE temp.owned ',
    'sql`1`',
    'deal_id IS ?',
    'a.x IS NOT b.x',
    'd.id AS dealId',
    'a = 1 AND +kind = ?',
    'iif(a, b, c)',
    'FROM json_each(?)',
  ]
  expect(samples.filter((sample) => fragments(sample).length === 0)).toEqual([])
  expect(fragments("a.x IS NOT NULL AND b IS NULL -- before ->> 'key'")).toEqual([])
})

const filesOutside = (): string[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => path.join('src', name))
    .filter((file) => file.endsWith('.ts') && !OWN.some((own) => file.startsWith(own)))

it('stands nowhere but in the store of SQLite and the outbox', () => {
  const files = filesOutside()
  const found = files.flatMap((file) =>
    fragments(readFileSync(file, 'utf8')).map((fragment) => `${file}: ${fragment}`),
  )
  expect(files.length).toBeGreaterThan(400)
  expect(found).toEqual([])
})

/** The columns that rows are put in order by, in SQL and by Kysely, but for those split by null before. */
function ordersOf(text: string): string[] {
  const code = withoutComments(text)
  const written = [
    ...code.matchAll(/\bORDER BY\s+([^`'";]*?)(?=\s+LIMIT\b|\$\{|[`'";]|\)[^,]|$)/gi),
  ]
  const inSql = written.flatMap(([, terms = '']) => {
    const columns = terms.split(',').map((term) => term.trim().replace(/\s+(?:ASC|DESC)$/i, ''))
    const split = new Set(
      columns.flatMap((term) => /^\(?([\w.]+)\)? IS (?:NOT )?NULL$/i.exec(term)?.[1] ?? []),
    )
    return columns.filter((term) => !split.has(term))
  })
  const byKysely = /\.orderBy\(\s*(?:'|sql(?:\.ref(?:<[^>]*>)?\(\s*'|(?:<[^>]*>)?`))([\w.]+)/g
  return [...inSql, ...[...code.matchAll(byKysely)].map(([, column = '']) => column)].flatMap(
    (column) => /^(?:\w+\.)?([a-z_]+)$/.exec(column)?.[1] ?? [],
  )
}

/** Columns that may be null, by their names in any table of a book. */
function nullableColumns(): Set<string> {
  const { store } = newBook()
  const columns = store
    .prepare(
      `SELECT DISTINCT c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'search%' AND c."notnull" = 0 AND c.pk = 0`,
    )
    .pluck()
    .all()
  return new Set(columns as string[])
}

/** Never null there: the query leaves null out, or the column may be null in another table only. */
const NEVER_NULL = [
  'src/book/deal-check.ts: deal_id',
  'src/book/lines-check.ts: deal_id',
  'src/book/money-check.ts: serial',
  'src/book/rates.ts: day',
  'src/book/stays/build.ts: deal_id',
  'src/book/stays/settle.ts: deal_id',
  'src/cli/completion/invoices.ts: number_key',
  'src/commands/demo/invoices.ts: closed_on',
  'src/documents/templates/store.ts: kind',
  'src/export/clients.ts: client_id',
  'src/export/journal/discounts.ts: invoice_id',
  'src/export/journal/load.ts: day',
  'src/export/lines.ts: deal_id',
  'src/import/payments/settle.ts: credit_id',
  'src/import/payments/settle.ts: day',
  'src/money/invoices/course.ts: due_on',
  'src/money/invoices/deductions.ts: invoice_id',
  'src/money/invoices/deductions.ts: rate',
  'src/money/invoices/issue.ts: serial',
  'src/money/invoices/lines.ts: rate',
  'src/money/invoices/load.ts: issued_on',
  'src/money/matching/load.ts: due_on',
  'src/money/payments/add.ts: issued_on',
  'src/money/rates.ts: currency',
  'src/money/rates.ts: day',
  'src/money/reminders/due.ts: due_on',
  'src/records/deal-details.ts: deal_id',
  'src/records/find/products.ts: deal_id',
  'src/records/holidays.ts: day',
  'src/records/next-steps.ts: due',
  'src/records/rates.ts: currency',
  'src/records/rates.ts: day',
  'src/records/sortings.ts: due',
  'src/records/sortings.ts: name',
  'src/records/standards.ts: rating',
  'src/reports/activity/touches.ts: client_id',
  'src/reports/agenda/deals.ts: expected_close',
  'src/reports/agenda/tasks.ts: due',
  'src/reports/calendar/load.ts: due',
  'src/reports/calendar/load.ts: expected_close',
  'src/reports/receivables/late.ts: due_on',
  'src/reports/standards/load.ts: since',
  'src/reports/statement/load.ts: day',
  'src/snapshot/work.ts: due',
]

it('sees by what rows are put in order', () => {
  const seen = [
    '`SELECT a FROM deals d ORDER BY d.closed_on DESC, d.id LIMIT 3`',
    ".orderBy('d.closed_on', 'desc').orderBy('d.id')",
    '.orderBy(sql`d.closed_on`).orderBy(sql.ref("x"), sql.ref(\'id\'))',
    '(SELECT a FROM deals ORDER BY closed_on) AS x ORDER BY closed_on IS NULL, x.id',
    'sql`x ORDER BY ${name}, id`',
  ].map(ordersOf)
  expect(seen.slice(0, 2)).toEqual([
    ['closed_on', 'id'],
    ['closed_on', 'id'],
  ])
  expect(seen[2]).toContain('closed_on')
  expect(seen[3]).toEqual(['closed_on', 'id'])
  expect(ordersOf('`ORDER BY closed_on IS NULL, closed_on DESC, id`')).toEqual(['id'])
})

/**
 * SQLite puts null first and PostgreSQL last. This sees columns by their names, where they stand in an
 * ORDER BY or in `orderBy`; not what a query computes, nor a column whose name is put in by `${…}`.
 */
it('no order is left to how a database sorts null', () => {
  const nullable = nullableColumns()
  const found = filesOutside().flatMap((file) =>
    ordersOf(readFileSync(file, 'utf8'))
      .filter((column) => nullable.has(column))
      .map((column) => `${file}: ${column}`),
  )
  expect(nullable).toContain('closed_on')
  expect([...new Set(found)].toSorted()).toEqual(NEVER_NULL)
})
