import { cpSync, rmSync } from 'node:fs'
import path from 'node:path'
import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reports } from '../../src/reports/index.ts'
import { newFolder } from '../support/funnel.ts'
import { type Inside, inside } from '../support/inside.ts'
import { yearBook } from '../support/year.ts'

const PARENT = newFolder()
afterAll(() => rmSync(PARENT, { recursive: true }))
const WHAT = ['clients', 'products', 'deals', 'history', 'lines', 'interactions', 'tasks']

const FIGURES = [
  ...reports.map(({ name }) => ['report', name]),
  ['report', 'closed', '--period', 'all', '--by', 'owner'],
  ['report', 'open', '--as-of', '2026-06-30'],
  ['forecast'],
  ['plan', '--wins', '5'],
  ['snapshot'],
]

let source: Inside
let told: string[]

/** Everything that a book says in figures. */
async function figures(book: Inside): Promise<string[]> {
  const all: string[] = []
  for (const args of FIGURES) {
    // A book numbers its tasks itself, and those of stages come into it with their deals.
    const json = await book.ok(...args, '--json')
    all.push(json.replaceAll(/"task_id": \d+/g, '"task_id": 0'), await book.ok(...args))
  }
  return all
}

beforeAll(async () => {
  source = await yearBook(PARENT)
  const { ok, save } = source
  await ok('log', 'call', 'Harbour Foods', 'asked for a price', '--owner', 'Ann')
  await ok('log', 'note', 'Pier Nine', "'=1+1 & <b>", '--on', '2026-10-01')
  await ok('task', 'add', 'Send; the "list"', '--client', 'Pier Nine', '--due', '2026-12-01')
  await ok('task', 'add', 'Call back', '--due', '2026-11-20')
  await ok('task', 'done', 'call back')
  save(
    'old.csv',
    'Ref,Client,Title,Amount,Status,Closed,Stage\n007,Pier Nine,Winch,"1,200.50",won,2026-05-04,\nX-1,Harbour Foods,Pump,900,open,,Proposal\n',
  )
  await ok('import', 'deals', 'old.csv', '--decimal', '.')
  await ok('product', 'add', 'Cold room', '--code', 'CR-20', '--price', '900', '--cost', '500')
  await ok('deal', 'line', 'add', 'Pump', 'CR-20', '--quantity', '2', '--discount', '12.5%')
  await ok('deal', 'line', 'add', 'Pump', '--text', 'Transport', '--price', '80', '--optional')
  await ok('deal', 'line', 'add', '007', 'CR-20', '--price', '0.125')
  told = await figures(source)
}, 240_000)

it.each(['csv', 'xlsx', 'json'])(
  'a whole book goes as %s into an empty one, whose figures are the same to the byte',
  async (format) => {
    const other = await inside(PARENT, `from-${format}`)
    for (const what of WHAT) {
      const file = path.join(other.folder, `${what}.${format}`)
      await source.ok('export', what, '--out', file)
      const done = JSON.parse(await other.ok('import', what, file, '--create', 'all', '--json'))
      expect([what, done.rejects, done.skipped]).toEqual([what, [], 0])
    }
    const found = await figures(other)
    for (const [index, args] of FIGURES.entries()) {
      const both = [found[2 * index], found[2 * index + 1]]
      expect([args, ...both]).toEqual([args, told[2 * index], told[2 * index + 1]])
    }
    // What comes from a pipe is what comes from a file, and nothing of it is new.
    const again = await source.ok(
      'import',
      'deals',
      path.join(other.folder, `deals.${format}`),
      '--json',
    )
    expect(JSON.parse(again)).toMatchObject({
      operation: null,
      created: 0,
      updated: 0,
      rejected: 0,
    })
  },
  240_000,
)

it('figures stay the same where a process with chances is made before its deals come, as the import says', async () => {
  const process = ['process', 'add', 'Sales', '--stages', 'Lead=10%, Offer=40%, Deal=80%']
  const first = await inside(PARENT, 'own-process')
  await first.ok(...process)
  const deals = ['Client,Deal,Stage,Amount,Opened', 'Pier,Mast,Offer,1000,2026-10-05']
  first.save('deals.csv', deals.join('\n'))
  await first.ok('import', 'deals', 'deals.csv', '--process', 'Sales', '--create', 'clients')
  const chances = async ({ ok }: Inside): Promise<string[]> => [
    await ok('report', 'open', '--json'),
    await ok('forecast', '--json'),
  ]
  const bring = async (name: string, before: string[][]): Promise<[Inside, string[]]> => {
    const other = await inside(PARENT, name)
    for (const args of before) await other.ok(...args)
    const notes: string[] = []
    for (const what of ['clients', 'deals', 'history']) {
      other.save('own.csv', await first.ok('export', what))
      const done = await other.ok('import', what, 'own.csv', '--create', 'all', '--json')
      notes.push(...(JSON.parse(done) as { notes: string[] }).notes)
    }
    return [other, notes]
  }
  const [made] = await bring('own-made-first', [process])
  expect(await chances(made)).toEqual(await chances(first))
  const [bare, notes] = await bring('own-made-of-file', [])
  expect(notes.join()).toContain('no chances to win yet')
  expect(await chances(bare)).not.toEqual(await chances(first))
})

/** What an export writes each kind of record as. */
const FORMATS: Record<string, string[]> = {
  csv: WHAT,
  xlsx: WHAT,
  json: WHAT,
  jsonl: WHAT,
  vcf: ['clients'],
  ics: ['tasks'],
}

it.each(Object.keys(FORMATS))('an empty book goes as %s into another one', async (format) => {
  const { ok, folder } = await inside(PARENT, `empty-${format}`)
  for (const what of FORMATS[format] ?? []) {
    await ok('export', what, '--out', path.join(folder, `${what}.${format}`))
    const done = JSON.parse(await ok('import', what, `${what}.${format}`, '--json'))
    expect([what, done]).toEqual([what, expect.objectContaining({ operation: null, read: 0 })])
  }
})

it('cards bring the same names, people and addresses', async () => {
  const { ok, folder } = await inside(PARENT, 'from-cards')
  await source.ok('export', 'clients', '--out', path.join(folder, 'c.vcf'))
  await ok('import', 'clients', 'c.vcf')
  const columns = [
    '--columns',
    'ref,name,kind,region,note,email,phone,website,category,contact,role',
  ]
  expect(await ok('export', 'clients', ...columns)).toBe(
    await source.ok('export', 'clients', ...columns),
  )
  cpSync(path.join(folder, 'c.vcf'), path.join(source.folder, 'c.vcf'))
  expect(JSON.parse(await source.ok('import', 'clients', 'c.vcf', '--json'))).toMatchObject({
    created: 0,
    updated: 0,
  })
})

it('a calendar has the same open tasks', async () => {
  const { tasks } = JSON.parse(await source.ok('export', 'tasks', '--json')) as {
    tasks: { text: string; due: string | null; status: string }[]
  }
  const open = tasks.filter(({ status }) => status === 'open').map(({ text, due }) => [text, due])
  const calendar = new ICAL.Component(
    ICAL.parse(await source.ok('export', 'tasks', '--format', 'ics')) as unknown[],
  )
  const value = (todo: ICAL.Component, name: string): string | null => {
    const found = todo.getFirstPropertyValue(name)
    return found === null ? null : String(found)
  }
  const found = calendar
    .getAllSubcomponents('vtodo')
    .filter((todo) => value(todo, 'status') === 'NEEDS-ACTION')
    .map((todo) => [value(todo, 'summary'), value(todo, 'due')])
  expect(open.length).toBeGreaterThan(3)
  expect(found).toEqual(open)
})

it('a calendar brings the same open tasks into an empty book', async () => {
  const { ok, folder, save } = await inside(PARENT, 'from-calendar')
  await source.ok(
    'task',
    'add',
    'Go; through\\ the, "list"',
    '--due',
    '2026-12-03',
    '--every',
    '2w',
  )
  const tasks = async (book: Inside): Promise<string> => {
    const columns = [
      '--columns',
      'text,due,status,owner,client,deal,stage,result,repeat,repeat-from,added',
    ]
    return book.ok('export', 'tasks', ...columns)
  }
  const calendar = await source.ok('export', 'tasks', '--format', 'ics')
  for (const what of ['clients', 'deals', 'history']) {
    await source.ok('export', what, '--out', path.join(folder, `${what}.csv`))
    await ok('import', what, `${what}.csv`, '--create', 'all')
  }
  save('tasks.ics', calendar)
  const done = JSON.parse(await ok('import', 'tasks', 'tasks.ics', '--create', 'owners', '--json'))
  expect(done).toMatchObject({ rejected: 0, left_out: [] })
  const lines = async (book: Inside): Promise<string[]> =>
    (await tasks(book)).split('\n').toSorted()
  expect(await lines({ ok, folder, save })).toEqual(await lines(source))
  expect(JSON.parse(await ok('import', 'tasks', 'tasks.ics', '--json'))).toMatchObject({
    operation: null,
    unchanged: done.read,
  })
  save('own.ics', calendar)
  source.save('own.ics', calendar)
  expect(JSON.parse(await source.ok('import', 'tasks', 'own.ics', '--json'))).toMatchObject({
    operation: null,
    rejected: 0,
  })
})
