import { rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newFolder, runIn } from '../support/funnel.ts'

/** In MiB: enough for the program, not for the texts of all clients. */
const HEAP = 24
const CLIENTS = 40_000
const NOTE = 'Wants a quote by the end of the month. '.repeat(12)

const FOLDER = newFolder()

beforeAll(() => {
  runIn(FOLDER, ['init', '--currency', 'EUR', '--timezone', 'UTC'])
  const book = new Database(`${FOLDER}/funnel.db`)
  book.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CLIENTS})
    INSERT INTO clients (name, name_key, added_on, note)
    SELECT 'Client ' || i, 'client ' || i, '2026-01-01', '${NOTE}' || i FROM n`)
  book.close()
})
afterAll(() => rmSync(FOLDER, { recursive: true }))

describe('with little memory', () => {
  it.each(['csv', 'json', 'xlsx'])('forty thousand clients are exported as %s', (format) => {
    const env = { NODE_OPTIONS: `--max-old-space-size=${HEAP}` }
    const { code, err } = runIn(FOLDER, ['export', 'clients', '--out', `c.${format}`], { env })
    expect(code, err).toBe(0)
    expect(statSync(`${FOLDER}/c.${format}`).size).toBeGreaterThan(100_000)
  })
})
