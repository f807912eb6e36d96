import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import type { Plugin } from 'esbuild'
import { expect, it } from 'vitest'
import { call } from '../support/call.ts'
import { changedProgram } from '../support/changed-program.ts'
import { temporaryFolder, TODAY } from '../support/funnel.ts'

/** The tables that hold what commands and files enter. */
const TABLES = (
  'clients contacts contact_points client_categories client_properties deals deal_properties ' +
  'events interactions tasks owners sources categories properties processes process_stages stages'
).split(' ')

/** The functions of `records/rows` that make whole rows. */
const MAKES_ROWS = /^(?:\w+Row|taskColumns)\b/

/** Gives every row that `records/rows` makes one column more. */
const oneColumnMore: Plugin = {
  name: 'one-column-more',
  setup(building) {
    building.onLoad({ filter: /src[\\/]records[\\/]rows[\\/][\w-]+\.ts$/ }, ({ path: file }) => {
      const mark = 'export function '
      const functions = readFileSync(file, 'utf8').split(mark)
      const changed = functions.map((text) =>
        MAKES_ROWS.test(text) ? text.replace('return {', "return { seal: 'new',") : text,
      )
      return { loader: 'ts', contents: changed.join(mark) }
    })
  },
}

it('writes a new column of a record by commands and imports alike, once it is added to its row', async () => {
  const folder = temporaryFolder()
  const program = await changedProgram(folder, oneColumnMore)
  const funnel = async (...words: string[]): Promise<string> => {
    const { code, out, err } = await call(folder, words, {}, program)
    expect(code, `${words.join(' ')}: ${err}`).toBe(0)
    return out
  }
  await funnel('init', '--currency', 'EUR', '--timezone', 'UTC', '--no-input')
  const before = new Database(path.join(folder, 'funnel.db'))
  for (const table of TABLES) before.exec(`ALTER TABLE ${table} ADD COLUMN seal TEXT`)
  before.exec(TABLES.map((table) => `UPDATE ${table} SET seal = 'old';`).join(''))
  before.close()
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text)
    return name
  }

  await funnel('owner', 'add', 'Ann')
  await funnel('source', 'add', 'Fair')
  await funnel(
    'client',
    'add',
    'Pier One',
    '--contact',
    'Bo',
    '--email',
    'a@b.example',
    '--phone',
    '+4930123456',
    '--category',
    'expo',
    '--property',
    'Fleet=3',
  )
  await funnel('deal', 'add', 'Pier One', 'Ten freezers', '--amount', '900')
  await funnel('log', 'call', 'Pier One', 'they agreed')
  await funnel('task', 'add', 'Call Bo', '--client', 'Pier One', '--due', TODAY, '--every', '1w')
  await funnel('task', 'done', 'Call Bo')
  await funnel('process', 'add', 'Service', '--kind', 'free', '--stages', 'Visit, Repair')
  const clients =
    'Name,Contact,Email,Phone,Category,Fleet,Owner,Source\nQuay Two,Cy,c@d.example,+4930123457,fair,4,Dee,Web\n'
  const deals = 'Client,Title,Amount,Stage,Process,Colour\nQuay Two,Crane,500,Survey,Rental,red\n'
  const calls = 'Client,Date,Kind,Text\nQuay Two,2026-11-02,call,hello\n'
  const tasks = 'Client,Task,Due\nQuay Two,Write,2026-12-01\n'
  const create = ['--create', 'owners,sources,stages,processes']
  await funnel('import', 'clients', file('clients.csv', clients), ...create)
  await funnel(
    'import',
    'deals',
    file('deals.csv', deals),
    ...create,
    '--map',
    'Colour=property:Colour',
  )
  await funnel('import', 'interactions', file('calls.csv', calls))
  await funnel('import', 'tasks', file('tasks.csv', tasks))

  const book = new Database(path.join(folder, 'funnel.db'), { readonly: true })
  const unsealed = TABLES.flatMap((table) => {
    const rows = book.prepare(`SELECT seal, count(*) AS rows FROM ${table} GROUP BY seal`).all()
    return (rows as { seal: string | null }[])
      .filter(({ seal }) => seal === null)
      .map((row) => ({ table, ...row }))
  })
  const sealed = TABLES.filter(
    (table) => book.prepare(`SELECT count(*) FROM ${table} WHERE seal = 'new'`).pluck().get() === 0,
  )
  book.close()
  expect(unsealed).toEqual([])
  expect(sealed).toEqual([])
})
