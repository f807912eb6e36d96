import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'
import { atTerminal } from '../support/terminal.ts'

const ROWS = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)`

const LISTS = [
  ['client list', 'Clients (1000, or more)', 'Client 1001'],
  ['deal list', 'Open deals (1000, or more)', 'Deal 1001'],
  ['task list', 'Open tasks (1000, or more)', 'Task 1001'],
] as const

it('shows a thousand rows of a long list on a terminal, and all of them in a pipe', async () => {
  const { folder, file, ok } = desk()
  const book = new Database(file('funnel.db'))
  book.exec(`
    ${ROWS} INSERT INTO clients (name, name_key, added_on)
      SELECT 'Client ' || i, printf('client %04d', i), '2026-01-01' FROM n;
    ${ROWS} INSERT INTO deals (client_id, process_id, title, title_key, status, stage_since, opened_on)
      SELECT i, 3, 'Deal ' || i, 'deal ' || i, 'open', '2026-10-01', '2026-10-01' FROM n;
    ${ROWS} INSERT INTO tasks (text, due, status, added_on)
      SELECT 'Task ' || i, '2026-12-01', 'open', '2026-11-01' FROM n`)
  book.close()
  for (const [words, title, last] of LISTS) {
    const terminal = atTerminal(folder, words.split(' '))
    await terminal.see(title)
    await terminal.see('only the first 1000 are shown: --limit 5000 shows more, --csv shows all')
    expect(await terminal.ended).toBe(0)
    expect(terminal.written()).not.toContain(last)
    const piped = ok(...words.split(' '))
    expect(piped).toContain('(1001)')
    expect(piped).toContain(last)
  }
}, 60_000)
