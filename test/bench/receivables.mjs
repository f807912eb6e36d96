// A book with invoices and bookings of a bank to measure on, filled by SQL.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { FUNNEL, TODAY } from './measure.mjs'

const CLIENTS = 100_000
const INVOICES = 300_000
const BOOKINGS = 1_000_000
/** Bookings that are not matched yet. */
const NEW = 5000
/** The days over which invoices were issued. */
const DAYS = 1300

/** One in seven invoices is open; each booking that is new is of one of these, and two in three name it. */
const SQL = `
  INSERT INTO bank_accounts (id, name, name_key, iban, currency, is_default)
  VALUES (1, 'House', 'house', 'DE89370400440532013000', 'EUR', 1);

  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${CLIENTS})
  INSERT INTO clients (id, name, name_key, added_on)
  SELECT i, 'Company ' || i || ' Ltd', 'company ' || i || ' ltd', date('${TODAY}', '-${DAYS + 30} days') FROM n;

  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${INVOICES}),
  made AS (SELECT i, i / 90000 + 2023 AS year, i % 90000 + 1 AS serial, 10000 + (i * 104729) % 500000 AS gross,
    date('${TODAY}', '-' || (${DAYS} - i * ${DAYS - 30} / ${INVOICES}) || ' days') AS day FROM n)
  INSERT INTO invoices (id, kind, number, number_key, series, serial, client_id, currency, drafted_on, issued_on, due_on,
    net, tax, gross, settled_on)
  SELECT i, 'invoice', year || '-' || printf('%05d', serial), year || '-' || printf('%05d', serial),
    year || '-{nnnnn}', serial, 1 + (i * 7919) % ${CLIENTS}, 'EUR', day, day, date(day, '+30 days'), gross, 0, gross,
    CASE WHEN i % 7 > 0 THEN date(day, '+20 days') END
  FROM made;

  INSERT INTO bank_lines (id, bank_account_id, booked_on, amount, currency, party, party_account, text, state, dedup_key, nth)
  SELECT id, 1, settled_on, gross, 'EUR', 'Company ' || client_id || ' Ltd', 'DE' || printf('%020d', client_id),
    'RG ' || number, 'matched', 'paid' || id, 1
  FROM invoices WHERE settled_on IS NOT NULL;

  INSERT INTO payments (id, client_id, kind, paid_on, amount, currency, settled_on, bank_account_id, bank_line_id)
  SELECT id, client_id, 'in', settled_on, gross, 'EUR', settled_on, 1, id FROM invoices WHERE settled_on IS NOT NULL;

  INSERT INTO allocations (payment_id, invoice_id, at, amount)
  SELECT id, id, settled_on, gross FROM invoices WHERE settled_on IS NOT NULL;

  INSERT INTO payer_accounts (client_id, key)
  SELECT DISTINCT client_id, 'DE' || printf('%020d', client_id) FROM invoices WHERE settled_on IS NOT NULL AND id % 2 = 0;

  INSERT INTO bank_lines (bank_account_id, booked_on, amount, currency, party, party_account, text, dedup_key, state, nth)
  SELECT 1, date('${TODAY}', '-' || (id % 9) || ' days'), gross, 'EUR',
    CASE WHEN id % 5 = 0 THEN 'Company ' || client_id || ' Ltd' ELSE 'Payer ' || id END,
    'DE' || printf('%020d', client_id),
    CASE WHEN id % 3 = 0 THEN 'Danke, Kunde ' || client_id || ' vom 12.10.2026 Kd 4711'
      ELSE 'SVWZ+RECHNUNG NR. ' || number || ' VOM 12.10.2026 DATUM 03.11.2026, 11.38 UHR EREF NOTPROVIDED' END,
    'new' || id, 'open', 1
  FROM invoices WHERE settled_on IS NULL AND (id / 7) % 8 = 0 ORDER BY id LIMIT ${NEW};

  WITH RECURSIVE n (i) AS (SELECT (SELECT count(*) FROM bank_lines) UNION ALL SELECT i + 1 FROM n WHERE i < ${BOOKINGS})
  INSERT INTO bank_lines (bank_account_id, booked_on, amount, currency, party, text, state, reason, dedup_key, nth)
  SELECT 1, date('${TODAY}', '-' || (i % ${DAYS}) || ' days'), -(i % 9000) - 1, 'EUR', 'Shop ' || i, 'Card ' || i,
    'ignored', 'cost', 'card' || i, 1 FROM n;`

function fill(file) {
  const db = new Database(file)
  const extras = db
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('index', 'trigger')`,
    )
    .all()
  db.pragma('journal_mode = OFF')
  db.pragma('cache_size = -262144')
  for (const { type, name } of extras) db.exec(`DROP ${type} ${name}`)
  db.exec(`BEGIN; ${SQL} COMMIT;`)
  for (const { sql } of extras) db.exec(sql)
  db.pragma('journal_mode = WAL')
  db.close()
}

/** The path of a book with 300,000 invoices, 43,000 of them open, and a million bookings, 5,000 of them new. */
export function receivablesBook(folder) {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, 'receivables.db')
  if (existsSync(file)) return file
  process.stderr.write('making a book with 300,000 invoices and 1,000,000 bookings …\n')
  const half = `${file}.half`
  rmSync(half, { force: true })
  const init = ['init', '--book', half, '--currency', 'EUR', '--timezone', 'UTC', '--quiet']
  execFileSync(process.execPath, [FUNNEL, ...init])
  fill(half)
  renameSync(half, file)
  return file
}

/** Bookings that have the amount of an open invoice and its number in their text, as one would ask for them in the shell. */
export const MATCHED_SQL = `WITH claims AS MATERIALIZED (
    SELECT number, gross FROM invoices WHERE due_on IS NOT NULL AND settled_on IS NULL AND voided_on IS NULL),
  new AS MATERIALIZED (SELECT amount, text FROM bank_lines WHERE state = 'open')
  SELECT count(*) FROM new JOIN claims ON claims.gross = new.amount AND instr(new.text, claims.number) > 0`

/** What each client owes on the day, by how late it is, as one would ask for it in the shell. */
export const OWED_SQL = `WITH open AS (
    SELECT client_id, julianday('${TODAY}') - julianday(due_on) AS late,
      gross - coalesce((SELECT sum(amount) FROM allocations WHERE invoice_id = invoices.id), 0) AS left
    FROM invoices WHERE kind = 'invoice' AND due_on IS NOT NULL AND voided_on IS NULL AND settled_on IS NULL)
  SELECT clients.name, sum(iif(late <= 0, left, 0)), sum(iif(late BETWEEN 1 AND 30, left, 0)),
    sum(iif(late BETWEEN 31 AND 60, left, 0)), sum(iif(late BETWEEN 61 AND 90, left, 0)), sum(iif(late > 90, left, 0)),
    sum(left) AS balance
  FROM open JOIN clients ON clients.id = open.client_id GROUP BY client_id ORDER BY balance DESC`

/** The book as a journal of hledger. */
export function journalOf(folder) {
  const file = path.join(folder, 'receivables.journal')
  if (existsSync(file)) return file
  const book = receivablesBook(folder)
  execFileSync(process.execPath, [
    FUNNEL,
    'export',
    'journal',
    '--book',
    book,
    '--out',
    file,
    '--quiet',
  ])
  return file
}
