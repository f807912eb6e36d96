import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { desk } from '../support/funnel.ts'

it('an import of which nothing could be taken has failed, and says so however quiet it is to be', () => {
  const { run, file } = desk()
  writeFileSync(file('list.csv'), 'name,owner\nPier Nine,Nobody\nHarbour Foods,Nobody\n')
  const { code, out, err } = run('import', 'clients', 'list.csv', '--quiet')
  expect([code, out]).toEqual([1, ''])
  expect(err).toContain('all 2 rows were rejected')
  writeFileSync(file('list.csv'), 'name,owner\nPier Nine,Nobody\nHarbour Foods,\n')
  const some = run('import', 'clients', 'list.csv', '--quiet')
  expect(some).toMatchObject({ code: 0, err: expect.stringContaining('1 of 2 rows were rejected') })
})

it('a header that may say whether a deal is closed, or when, is read by its cells', () => {
  const { ok, file, json } = desk()
  const rows = ['Pier;Winch;gewonnen;13.04.2026', 'Pier;Crane;verloren;22.05.2026']
  writeFileSync(file('d.csv'), ['Kunde;Titel;Status;Abgeschlossen', ...rows].join('\n'))
  ok('import', 'deals', 'd.csv', '--create', 'clients')
  const { totals } = json<{ totals: object }>(
    'report',
    'closed',
    '--period',
    '2026-04-01..2026-05-31',
  )
  expect(totals).toMatchObject({ won: 1, lost: 1 })
})

it('a file that looks like another program’s is not written', () => {
  const { run, file } = desk()
  const { code, err } = run('export', 'clients', '--out', 'list.pdf')
  expect([code, existsSync(file('list.pdf'))]).toEqual([2, false])
  expect(err).toContain('.csv, .xlsx, .json, .jsonl, .vcf')
})

it('nothing is written over a file that was imported, as it was then', () => {
  const { run, ok, file } = desk()
  const list = 'client,title\nPier Nine,Winch\n'
  writeFileSync(file('deals.csv'), list)
  ok('import', 'deals', 'deals.csv', '--create', 'clients')
  writeFileSync(file('more.csv'), 'client,title\nPier Nine,Crane\n')
  for (const args of [
    ['export', 'deals', '--out', 'deals.csv'],
    ['report', 'open', '--html', 'deals.csv'],
    ['today', '--ics', 'deals.csv'],
    ['check', '--max', 'stuck=9', '--junit', 'deals.csv'],
    ['import', 'deals', 'more.csv', '--rejects', 'deals.csv'],
  ]) {
    const { code, out, err } = run(...args)
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('would be lost')])
    expect(err).toContain('name another file, or remove that one first')
  }
  expect(readFileSync(file('deals.csv'), 'utf8')).toBe(list)
  writeFileSync(file('deals.csv'), 'something else')
  ok('export', 'deals', '--out', 'deals.csv')
})

it('nothing is written over a book, this one or another, nor over what belongs to one', () => {
  const { run, ok, file } = desk()
  ok('client', 'add', 'Pier Nine')
  ok('--book', 'other.db', 'init', '--currency', 'EUR', '--timezone', 'UTC')
  const outputs = [
    ['snapshot', '--out', 'funnel.db'],
    ['export', 'clients', '--out', 'other.db'],
    ['export', 'tasks', '--format', 'ics', '--out', './funnel.db'],
    ['export', 'report', 'open', '--out', 'funnel.db'],
    ['report', 'open', '--html', 'funnel.db'],
    ['forecast', '--html', 'other.db'],
    ['check', '--max', 'stuck=9', '--junit', 'funnel.db'],
    ['today', '--ics', 'funnel.db-wal'],
    ['backup', 'funnel.db-journal'],
  ]
  for (const args of outputs) {
    const { code, err } = run(...args)
    expect([code, err], args.join(' ')).toEqual([2, expect.stringMatching(/book|keeps for itself/)])
  }
  expect(ok('client', 'list')).toContain('Pier Nine')
  expect(ok('--book', 'other.db', 'doctor')).toContain('is sound')
  expect(existsSync(file('funnel.db-journal'))).toBe(false)
})

it('a list of deals is not split into groups', () => {
  expect(desk().run('report', 'open', '--list', '--by', 'owner')).toMatchObject({ code: 2 })
})

it('a plan from deals without a history goes by how long they took, and no stage before another', () => {
  const { ok, file, json } = desk()
  const rows = Array.from({ length: 30 }, (_, deal) => {
    const outcome = deal % 3 === 0 ? 'won' : 'lost'
    return `Pier,Deal ${deal},${outcome},2026-03-01,2026-04-${String(10 + (deal % 10)).padStart(2, '0')}`
  })
  writeFileSync(file('d.csv'), ['Client,Title,Status,Opened,Closed', ...rows].join('\n'))
  ok('import', 'deals', 'd.csv', '--create', 'clients')
  const plan = json<{ start_by: string; stages: { by: string }[] }>(
    'plan',
    '--wins',
    '10',
    '--by',
    '2027-06-30',
  )
  const days = plan.stages.map(({ by }) => by)
  expect(days).toEqual(days.toSorted())
  // Wins took 40 to 49 days.
  expect(plan.start_by > '2027-05-10' && plan.start_by < '2027-05-22').toBe(true)
})

it('what is kept of a report writes no file and reads no other book', () => {
  const { run, ok, file } = desk()
  for (const words of [['--html', 'x.html'], ['--book=other.db'], ['--json'], ['-q'], ['--help']]) {
    expect(run('report', 'save', 'mine', '--', 'closed', ...words)).toMatchObject({ code: 2 })
  }
  expect(run('report', 'save', '7', '--', 'closed')).toMatchObject({ code: 2 })
  expect(run('report', 'save', 'bad', '--', 'closed', '--md', '--period', 'never').code).toBe(2)
  ok('report', 'save', 'page', '--', 'closed', '--md')
  expect(ok('report', 'run', 'page')).toMatch(/^## Closed/)
  ok('report', 'run', 'page', '--html', 'x.html')
  expect(existsSync(file('x.html'))).toBe(true)
})

it('a target of nothing is no target to be covered', () => {
  const { run, ok } = desk()
  ok('settings', 'set', 'target-amount', '0')
  const { code, out } = run('check', 'coverage>=3')
  expect([code, out]).toEqual([1, expect.not.stringMatching(/Infinity|NaN/)])
})

it('a plan for any amount is made at once', () => {
  const { ok } = desk()
  ok('client', 'add', 'Pier')
  for (const deal of ['1', '2', '3']) ok('deal', 'add', 'pier', `Deal ${deal}`, '--amount', '10')
  ok('win', '1')
  ok('lose', '2', '--reason', 'no need')
  const began = performance.now()
  expect(ok('plan', '--amount', '9999999999')).toContain('over a million')
  expect(performance.now() - began).toBeLessThan(5000)
})

it('refuses to compare standards, and says why and what there is instead', () => {
  const { run } = desk()
  const { code, err } = run('report', 'standards', '--compare', 'previous')
  expect(code).toBe(2)
  expect(err).toContain('the book keeps no earlier ratings and standards')
  expect(err).toContain('report standards --as-of DAY')
})
