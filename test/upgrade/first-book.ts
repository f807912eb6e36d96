import { sqliteStore } from '../../src/book/store/sqlite/store.ts'
import Database from 'better-sqlite3'
import { APPLICATION_ID, migrate } from '../../src/book/store/sqlite/migrate.ts'
import { seed } from '../../src/book/seed.ts'

/** What the first release wrote, a statement or more for each of its operations. */
const OPERATIONS: [command: string, sql: string][] = [
  [
    'funnel import clients list.csv --create all',
    `INSERT INTO owners (name, name_key, email) VALUES
       ('Ann', 'ann', 'ann@us.example'), ('Юрий', 'юрий', NULL);
     INSERT INTO categories (name, name_key) VALUES ('large', 'large'), ('old, loyal', 'old, loyal');
     INSERT INTO properties (name, name_key) VALUES ('Fleet', 'fleet'), ('__proto__', '__proto__');
     INSERT INTO imports (what, file, sheet, sha256, at) VALUES
       ('clients', 'list.csv', NULL, 'ab12', '2026-01-05T09:00:00.000Z'),
       ('deals', 'deals.xlsx', 'Sheet 1', NULL, '2026-01-05T09:00:00.000Z');
     INSERT INTO clients (ref, kind, name, name_key, owner_id, source_id, rating, consent, region,
       size, note, added_on, import_id, import_row) VALUES
       ('A-1', 'company', 'Harbour Foods', 'harbour foods', 1, 2, 'A', 'yes', 'North', '50', 'says
"call first"', '2026-01-05', 1, 2),
       (NULL, 'person', 'Zoë Ångström', 'zoë ångström', NULL, NULL, NULL, 'no', NULL, NULL, NULL,
       '2026-01-05', 1, 3),
       ('0042', 'company', 'บริษัท ทดสอบ', 'บริษัท ทดสอบ', 2, 1, 'B', 'unknown', 'เหนือ', NULL,
       '=1+1', '2026-01-05', 1, 4);
     INSERT INTO contacts (client_id, name, name_key, role, note) VALUES
       (1, 'Ines Berg', 'ines berg', 'buyer', 'Tuesdays'), (3, 'สมชาย', 'สมชาย', NULL, NULL);
     INSERT INTO contact_points (client_id, contact_id, kind, value, key) VALUES
       (1, 1, 'email', 'Ines@Harbour.example', 'ines@harbour.example'),
       (1, NULL, 'phone', '+49 30 123456', '+4930123456'),
       (3, 2, 'website', 'https://test.example', 'test.example');
     INSERT INTO client_categories (client_id, category_id) VALUES (1, 1), (1, 2), (3, 2);
     INSERT INTO client_properties (client_id, property_id, value) VALUES
       (1, 1, '12 lorries'), (2, 2, 'odd');`,
  ],
  [
    "funnel deal add harbour 'Cold store'",
    `INSERT INTO deals (ref, client_id, process_id, title, title_key, need, source_id, amount, cost,
       owner_id, expected_close, status, stage_id, furthest_stage_id, stage_since, opened_on) VALUES
       ('D-1', 1, 1, 'Cold store', 'cold store', 'keep fish cold', 2, 900050, 400000, 1,
       '2026-12-01', 'open', 2, 3, '2026-02-20', '2026-01-10');
     INSERT INTO events (deal_id, kind, at, recorded_at, stage_id, amount, cost, owner_id,
       expected_close, note) VALUES
       (1, 'opened', '2026-01-10', '2026-01-10T10:00:00.000Z', 1, 800000, NULL, 1, NULL, 'fair'),
       (1, 'moved', '2026-01-20', '2026-01-20T10:00:00.000Z', 3, NULL, NULL, NULL, NULL, NULL),
       (1, 'amended', '2026-02-01', '2026-02-01T10:00:00.000Z', NULL, 900050, 400000, 1,
       '2026-12-01', 'more room'),
       (1, 'moved', '2026-02-20', '2026-02-20T10:00:00.000Z', 2, NULL, NULL, NULL, NULL, NULL);`,
  ],
  [
    'funnel import deals deals.xlsx',
    `INSERT INTO deals (client_id, process_id, title, title_key, amount, owner_id, status, stage_id,
       furthest_stage_id, stage_since, opened_on, closed_on, reason_id, import_id, import_row) VALUES
       (3, 2, 'Winch', 'winch', 12000, 2, 'won', 1, 1, '2026-02-01', '2026-02-01', '2026-03-01',
       NULL, 2, 2),
       (2, 1, 'Roof', 'roof', NULL, NULL, 'lost', 2, 2, '2026-02-10', '2026-02-01', '2026-03-02', 1,
       2, 3),
       (2, 3, 'Repair', 'repair', 500, NULL, 'open', NULL, NULL, '2026-03-10', '2026-03-01', NULL,
       NULL, 2, 4);
     INSERT INTO events (deal_id, kind, at, recorded_at, stage_id, reason_id, amount, owner_id) VALUES
       (2, 'opened', '2026-02-01', '2026-03-15T10:00:00.000Z', 1, NULL, 12000, 2),
       (2, 'won', '2026-03-01', '2026-03-15T10:00:00.000Z', NULL, NULL, NULL, NULL),
       (3, 'opened', '2026-02-01', '2026-03-15T10:00:00.000Z', 1, NULL, NULL, NULL),
       (3, 'moved', '2026-02-10', '2026-03-15T10:00:00.000Z', 2, NULL, NULL, NULL),
       (3, 'lost', '2026-03-02', '2026-03-15T10:00:00.000Z', NULL, 1, NULL, NULL),
       (4, 'opened', '2026-03-01', '2026-03-15T10:00:00.000Z', NULL, NULL, 500, NULL),
       (4, 'lost', '2026-03-05', '2026-03-15T10:00:00.000Z', NULL, 2, NULL, NULL),
       (4, 'reopened', '2026-03-10', '2026-03-15T10:00:00.000Z', NULL, NULL, NULL, NULL);`,
  ],
  [
    'funnel log call harbour',
    `INSERT INTO interactions (client_id, contact_id, deal_id, owner_id, kind, direction, result, at,
       recorded_at, text) VALUES
       (1, 1, 1, 1, 'call', 'out', 'reached', '2026-03-01', '2026-03-01T10:00:00.000Z', 'two lines
of talk'),
       (1, NULL, NULL, 1, 'call', 'out', 'no-answer', '2026-03-09', '2026-03-09T10:00:00.000Z', NULL),
       (3, 2, NULL, NULL, 'mailing', NULL, NULL, '2026-03-10', '2026-03-10T10:00:00.000Z', 'spring'),
       (2, NULL, NULL, NULL, 'note', 'in', NULL, '2026-03-11', '2026-03-11T10:00:00.000Z', 'ฝนตก');`,
  ],
  [
    'funnel task add',
    `INSERT INTO tasks (client_id, deal_id, stage_id, owner_id, text, due, status, closed_on, result,
       repeat, added_on) VALUES
       (1, 1, 2, 1, 'Agree on a day', '2026-03-20', 'open', NULL, NULL, NULL, '2026-02-20'),
       (3, NULL, NULL, 2, 'Call again', NULL, 'open', NULL, NULL, 'monthly', '2026-03-01'),
       (2, NULL, NULL, NULL, 'Send list', '2026-03-02', 'done', '2026-03-03', 'sent', NULL,
       '2026-03-01'),
       (NULL, NULL, NULL, NULL, 'Tidy up', '2026-03-02', 'dropped', '2026-03-04', NULL, NULL,
       '2026-03-01');`,
  ],
  [
    'funnel client edit harbour --region South',
    `UPDATE clients SET region = 'South' WHERE id = 1; UPDATE clients SET rating = 'A+' WHERE id = 1;
     DELETE FROM client_categories WHERE client_id = 1 AND category_id = 2;
     UPDATE process_stages SET demands = '["need"]' WHERE id = 1;`,
  ],
]

const SETTINGS: Record<string, string> = {
  currency: 'EUR',
  timezone: 'Europe/Berlin',
  first_weekday: '1',
  margin: '0.3',
}

/** A book as the first release of the schema left it, with rows in every table. */
export function firstBook(): Database.Database {
  const raw = new Database(':memory:')
  raw.pragma(`application_id = ${APPLICATION_ID}`)
  migrate(raw, 1)
  const setting = raw.prepare('INSERT INTO settings (key, value) VALUES (?, ?)')
  for (const pair of Object.entries(SETTINGS)) setting.run(pair)
  seed(sqliteStore(raw, ':memory:'))
  const lastIds = (): Map<string, number> =>
    new Map(raw.prepare('SELECT name, seq FROM sqlite_sequence').raw().all() as [string, number][])
  OPERATIONS.forEach(([command, sql], index) => {
    const before = lastIds()
    const id = index + 1
    raw
      .prepare('INSERT INTO operations (at, command, summary) VALUES (?, ?, ?)')
      .run(`2026-03-${10 + id}T10:00:00.000Z`, command, `operation ${id}`)
    raw.exec(sql)
    const insert = raw.prepare('INSERT INTO operation_inserts VALUES (?, ?, ?, ?)')
    for (const [table, last] of lastIds()) {
      const first = (before.get(table) ?? 0) + 1
      if (!/^(operations|journal)$/.test(table) && last >= first) insert.run(id, table, first, last)
    }
  })
  return raw
}

/** A database as the SQL that makes it again: tables, rows, then indexes and triggers. */
export function dump(raw: Database.Database): string {
  const objects = raw
    .prepare(
      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'sqlite_sequence' ORDER BY rowid",
    )
    .all() as { type: string; name: string; sql: string }[]
  const tables = objects.filter(({ type }) => type === 'table')
  const rows = ['sqlite_sequence', ...tables.map(({ name }) => name)].flatMap((table) => {
    const columns = raw
      .prepare('SELECT name FROM pragma_table_info(?)')
      .pluck()
      .all(table) as string[]
    const values = columns.map((column) => `quote(${column})`).join(` || ', ' || `)
    const lines = raw.prepare(`SELECT ${values} FROM ${table}`).pluck().all() as string[]
    return lines.map((line) => `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${line});`)
  })
  const first = rows.filter((row) => !row.startsWith('INSERT INTO sqlite_sequence'))
  const sequence = rows.filter((row) => row.startsWith('INSERT INTO sqlite_sequence'))
  const pragma = (name: string): string =>
    `PRAGMA ${name} = ${String(raw.pragma(name, { simple: true }))};`
  return [
    'BEGIN;',
    ...tables.map(({ sql }) => `${sql};`),
    ...first,
    'DELETE FROM sqlite_sequence;',
    ...sequence,
    ...objects.filter(({ type }) => type !== 'table').map(({ sql }) => `${sql};`),
    pragma('application_id'),
    pragma('user_version'),
    'COMMIT;',
    '',
  ].join('\n')
}
