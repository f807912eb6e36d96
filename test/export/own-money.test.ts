import path from 'node:path'
import { expect, it } from 'vitest'
import { reports } from '../../src/reports/index.ts'
import { desk, temporaryFolder } from '../support/funnel.ts'
import { type Inside, inside, runInside } from '../support/inside.ts'

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

const FIGURES = [
  ...reports.map(({ name }) => ['report', name]),
  ['report', 'closed', '--period', 'all', '--by', 'owner'],
  ['report', 'open', '--as-of', '2026-11-04'],
  ['report', 'closed', '--period', 'all', '--as-of', '2026-11-12'],
  ['report', 'products', '--period', 'all'],
  ['forecast'],
  ['snapshot'],
  ['deal', 'list', '--status', 'all'],
  ['deal', 'line', 'list', 'Winch'],
]

/** What a book says in figures, but for the numbers of tasks, and the references that an export gives to deals. */
async function figures({ ok }: Inside): Promise<[string, unknown][]> {
  const all: [string, unknown][] = []
  for (const args of FIGURES) {
    const json = await ok(...args, '--json')
    all.push([
      args.join(' '),
      JSON.parse(json.replaceAll(/"(task_id|ref)": ("deal-)?(\d+"?|null)/g, '"$1": 0')),
    ])
  }
  return all
}

/** Deals that were in another currency all along, for a while, or closed with a rate, without one, or with another. */
async function abroad(folder: string): Promise<Inside> {
  const made = await inside(folder, 'abroad')
  const { ok } = made
  await ok('client', 'add', 'Harbour')
  for (const day of ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23']) {
    await ok('rate', 'add', 'USD', `1.${day.slice(-2)}`, '--on', day)
  }
  await ok('product', 'add', 'Hoist', '--price', '500 USD', '--cost', '300')
  const on = (day: number): string[] => ['--on', `2026-11-${String(day).padStart(2, '0')}`]
  const add = (title: string, amount: string, ...more: string[]): Promise<string> =>
    ok('deal', 'add', 'harbour', title, '--amount', amount, ...more)
  await add('Winch', '900 USD', ...on(2))
  await ok('advance', 'winch', ...on(4))
  await ok('deal', 'line', 'add', 'winch', 'Hoist', '--quantity', '2', ...on(10))
  await add('Rope', '500', '--cost', '200', ...on(3))
  await ok('deal', 'edit', 'rope', '--amount', '550 USD', '--cost', '220', ...on(9))
  await ok('win', 'rope', ...on(10))
  await ok('deal', 'edit', 'rope', '--rate', '1.2', ...on(12))
  await add('Mast', '700 USD', ...on(3))
  await ok('win', 'mast', ...on(5))
  await ok('reopen', 'mast', ...on(11))
  await ok('deal', 'edit', 'mast', '--amount', '710.5', ...on(12))
  await ok('lose', 'mast', ...on(17))
  await add('Deck', '90000 JPY', ...on(5))
  await ok('win', 'deck', ...on(18))
  made.save(
    'old.csv',
    'Client,Title,Amount,Currency,Outcome,Closed\nHarbour,Buoy,80000,JPY,won,2026-11-18\n',
  )
  await ok('import', 'deals', 'old.csv')
  await ok('rate', 'add', 'JPY', '160', ...on(17))
  await add('Oar', '80 USD', ...on(6))
  await ok('deal', 'edit', 'oar', '--amount', '75 EUR', ...on(8))
  return made
}

it('brings deals in other currencies into another book with the same figures in every report', async () => {
  const folder = temporaryFolder()
  const first = await abroad(folder)
  const second = await inside(folder, 'second')
  const bring = async (what: string): Promise<Record<string, unknown>> => {
    const file = path.join(second.folder, `${what}.csv`)
    await first.ok('export', what, '--out', file)
    const create = what === 'rates' ? [] : ['--create', 'all']
    return JSON.parse(await second.ok('import', what, file, ...create, '--json')) as never
  }
  const whats = ['rates', 'clients', 'products', 'deals', 'history', 'lines', 'tasks']
  for (const what of whats) expect([what, await bring(what)]).toMatchObject([what, { rejects: [] }])
  expect(await bring('history')).toMatchObject({ operation: null, updated: 0 })
  const [before, after] = [await figures(first), await figures(second)]
  for (const [index, [args, json]] of before.entries()) {
    expect([args, after[index]?.[1]]).toEqual([args, json])
  }
  expect(await second.ok('export', 'history')).toBe(await first.ok('export', 'history'))
  await second.ok('doctor')
}, 240_000)

it('takes a history of another program in the currency that it names, at the rates of its days', async () => {
  const folder = temporaryFolder()
  const { ok, save, folder: own } = await inside(folder, 'history')
  await ok('rate', 'add', 'USD', '1.10', '--on', '2026-11-02')
  await ok('rate', 'add', 'USD', '1.25', '--on', '2026-11-10')
  const deals = [
    'Ref,Client,Title,Amount,Currency,Status,Closed',
    'A1,Pier,Winch,1000,USD,won,2026-11-12',
  ]
  save('deals.csv', deals.join('\n'))
  await ok('import', 'deals', 'deals.csv', '--create', 'all')
  const steps = [
    'Deal,Stage,Date,Amount,Currency',
    'A1,Qualification,2026-11-02,800,USD',
    'A1,Proposal,2026-11-06,1000,USD',
    'A1,Decision,2026-11-07,1000,EUR',
    'A1,Contract,2026-11-08,1000,',
  ]
  save('history.csv', steps.join('\n'))
  const { out } = await runInside(own, ['import', 'history', 'history.csv', '--json'])
  const why = 'deal 1 is in USD, and the amount'
  expect(JSON.parse(out)).toMatchObject({
    updated: 2,
    rejects: [
      { row: 4, reason: `${why} of the row in EUR` },
      { row: 5, reason: expect.stringContaining('deal 1 is in USD, and the amounts') as string },
    ],
  })
  // 800 USD at 1.10 until the 6th, when 1,000 at 1.10 are 909.09 EUR; won at 1.25, it is 800.
  const amountOn = async (...args: string[]): Promise<unknown> =>
    (JSON.parse(await ok('report', ...args, '--json')) as { totals: unknown }).totals
  expect(await amountOn('open', '--as-of', '2026-11-03')).toMatchObject({ amount: 727.27 })
  expect(await amountOn('open', '--as-of', '2026-11-06')).toMatchObject({ amount: 909.09 })
  expect(await amountOn('closed', '--period', 'all')).toMatchObject({ amount_won: 800 })
})
