import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

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

it('stands nowhere but in the store of SQLite and the outbox', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => path.join('src', name))
    .filter((file) => file.endsWith('.ts') && !OWN.some((own) => file.startsWith(own)))
  const found = files.flatMap((file) =>
    fragments(readFileSync(file, 'utf8')).map((fragment) => `${file}: ${fragment}`),
  )
  expect(files.length).toBeGreaterThan(400)
  expect(found).toEqual([])
})
