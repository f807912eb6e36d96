import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { emptyDesk, newFolder } from '../support/funnel.ts'

/** Names that mean something in a journal. */
const NAMES = [
  'Harbour Foods',
  'Harbour Foods GmbH; 10 % | (Co)',
  '(Beta) "Quoted" \\ Ltd',
  'Дом: свет',
  'ร้านกาแฟ',
  '* ! ; @ 5 EUR',
  '=SUM(A1)',
  // Ledger reads no line of more than 4,096 bytes.
  '名'.repeat(3000),
]

let folder = ''
let owed: Record<string, number> = {}
const file = (name: string): string => path.join(folder, name)
const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })

/** Invoices, payments and batches of clients with such names. */
beforeAll(() => {
  const { ok, folder: made } = emptyDesk({}, newFolder())
  folder = made
  ok('init', '--currency', 'EUR')
  ok('tax', 'add', 'Standard', '19%')
  ok('tax', 'add', 'Reduced', '7%')
  ok('bank', 'account', 'add', 'House: "1"; x', '--iban', 'DE89 3704 0044 0532 0130 00')
  ok('rate', 'add', 'USD', '1.10', '--on', '2026-10-01')
  ok('rate', 'add', 'USD', '1.05', '--on', '2026-10-05')
  for (const [index, name] of NAMES.entries()) {
    const client = String(index + 1)
    ok('client', 'add', name)
    const lines = ['--line', `${name} @ 333.33`, '--line', 'Books @ 9.99 +7%']
    ok('invoice', 'add', client, ...lines, ...(index % 3 === 2 ? ['--currency', 'USD'] : []))
    ok('invoice', 'issue', `d${client}`, '--on', '2026-10-02', '--incomplete')
  }
  ok('payment', 'add', '1', '400', '--for', '2026-0001', '--on', '2026-10-05', '--account', 'House')
  ok('export', 'journal', '--since-last', '--out', file('b1.journal'))
  ok('export', 'journal', '--batch', '1', '--out', file('b1.beancount'))
  ok(
    'payment',
    'add',
    '3',
    '100 USD',
    '--for',
    '2026-0003',
    '--on',
    '2026-10-06',
    '--note',
    'two\nlines; "x"',
  )
  ok(
    'payment',
    'add',
    '4',
    '500',
    '--for',
    '2026-0004,2026-0005',
    '--across-clients',
    '--on',
    '2026-10-07',
  )
  ok('payment', 'delete', '1')
  ok('invoice', 'credit', '2026-0002', '--line', '2', '--on', '2026-10-08')
  ok('invoice', 'write-off', '2026-0006', '20', '--on', '2026-10-09')
  ok('client', 'edit', '5', '--name', 'Coffee')
  for (const kind of ['hledger', 'ledger', 'beancount']) {
    ok('export', 'journal', '--format', kind, '--out', file(`all.${kind}`))
  }
  ok('export', 'journal', '--since-last', '--out', file('b2.journal'))
  ok('export', 'journal', '--batch', '2', '--out', file('b2.beancount'))
  const { rows } = JSON.parse(ok('report', 'receivables', '--json')) as {
    rows: { client_id: number; balance: number }[]
  }
  owed = Object.fromEntries(rows.map((row) => [row.client_id, row.balance]))
}, 240_000)

/** Sums of accounts by the number at the end of their names, from lines `ACCOUNT,SUM EUR`. */
function sums(lines: string): Record<string, number> {
  const all: Record<string, number> = {}
  for (const line of lines.split('\n')) {
    const match = /Receivable.*?[ -](\d+)"?\s*,\s*"?(-?[\d.]+) EUR/.exec(line)
    if (!match) continue
    const [, client = '', sum] = match
    const total = (all[client] ?? 0) + Number(sum)
    all[client] = Math.round(total * 100) / 100
  }
  return Object.fromEntries(Object.entries(all).filter(([, sum]) => sum !== 0))
}

describe('programs of plain-text accounting', () => {
  it('find what clients owe as the report does: hledger, strictly', () => {
    run('hledger', '-f', 'all.hledger', 'check', '-s')
    expect(
      sums(run('hledger', '-f', 'all.hledger', 'bal', '--flat', 'Receivable', '-O', 'csv')),
    ).toEqual(owed)
  })

  it('so does ledger, pedantically', () => {
    const format = ['--flat', '--balance-format', '"%(account)",%(display_total)\n']
    expect(
      sums(run('ledger', '--pedantic', '-f', 'all.ledger', 'bal', 'Receivable', ...format)),
    ).toEqual(owed)
  })

  it('so does beancount', () => {
    run('bean-check', 'all.beancount')
    const query = "SELECT account, sum(position) WHERE account ~ 'Receivable' GROUP BY account"
    expect(sums(run('bean-query', '-f', 'csv', 'all.beancount', query))).toEqual(owed)
  })

  it('find the same in batches together', () => {
    const both = ['-f', 'b1.journal', '-f', 'b2.journal']
    run('hledger', ...both, 'check', '-s')
    expect(sums(run('hledger', ...both, 'bal', '--flat', 'Receivable', '-O', 'csv'))).toEqual(owed)
    execFileSync(
      'sh',
      ['-c', 'printf \'include "b1.beancount"\\ninclude "b2.beancount"\\n\' > both.beancount'],
      {
        cwd: folder,
      },
    )
    run('bean-check', 'both.beancount')
    const query = "SELECT account, sum(position) WHERE account ~ 'Receivable' GROUP BY account"
    expect(sums(run('bean-query', '-f', 'csv', 'both.beancount', query))).toEqual(owed)
  })
})
