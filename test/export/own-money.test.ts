import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'

it('exports the history of deals in yen and dinars with the decimals and codes of their currencies', () => {
  const { ok } = desk()
  ok('client', 'add', 'Harbour')
  ok('rate', 'add', 'JPY', '160', '--on', '2026-11-20')
  ok('rate', 'add', 'KWD', '0.35', '--on', '2026-11-20')
  ok('deal', 'add', 'harbour', 'Winch', '--amount', '16000 JPY')
  ok('deal', 'add', 'harbour', 'Rope', '--amount', '1234.505 KWD', '--cost', '1005.005')
  ok('deal', 'add', 'harbour', 'Buoy', '--amount', '500.25')
  ok('deal', 'edit', '1', '--amount', '17000')
  const [header = '', ...rows] = ok('export', 'history').trim().split('\n')
  const names = header.trim().split(',')
  const wanted = ['amount', 'cost', 'currency'].map((name) => names.indexOf(name))
  const money = rows.map((row) => wanted.map((at) => row.trim().split(',')[at]).join(' '))
  expect(money).toEqual(['16000  JPY', '17000  JPY', '1234.505 1005.005 KWD', '500.25  EUR'])
})

it('passes over the history of such deals in another book, and reads that of the others', () => {
  const { ok } = desk()
  ok('client', 'add', 'Harbour')
  ok('rate', 'add', 'JPY', '160', '--on', '2026-11-20')
  ok('deal', 'add', 'harbour', 'Winch', '--amount', '16000 JPY')
  ok('deal', 'add', 'harbour', 'Buoy', '--amount', '500.25')
  ok('advance', 'winch')
  ok('advance', 'buoy')
  const made = ['clients', 'deals', 'history'].map((what) => ok('export', what))
  const other = desk()
  for (const [at, what] of ['clients', 'deals', 'history'].entries()) {
    writeFileSync(other.file(`${what}.csv`), made[at] ?? '')
    other.ok('import', what, `${what}.csv`, '--create', 'all')
  }
  const again = other.json('import', 'history', 'history.csv')
  expect(again).toMatchObject({
    unchanged: 2,
    skipped: 2,
    notes: [
      expect.stringContaining('1 deal skipped: histories can be imported only for deals in EUR'),
    ],
  })
  expect(other.ok('export', 'deals')).toBe(ok('export', 'deals'))
})
