import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { run } from '../../src/main.ts'
import { call } from '../support/call.ts'
import { changedProgram } from '../support/changed-program.ts'
import { newFolder, temporaryFolder } from '../support/funnel.ts'

const SEAL = "seal: { label: 'Seal', option: '', column: '', kind:"
const MIGRATION = `ALTER TABLE clients ADD COLUMN seal TEXT; ALTER TABLE deals ADD COLUMN seal TEXT`

/** What a new text takes: a declaration, here one for clients and one for deals, and a migration. */
const ADDED = {
  'text-fields.ts': [
    ['export const CLIENT_TEXTS = {', `$& ${SEAL} 'word' },`],
    ['export const DEAL_TEXTS = {', `$& ${SEAL} 'prose' },`],
  ],
  'migrations/index.ts': [
    ['\n]', `{ number: 1000, name: 'seal', up: (database) => database.exec('${MIGRATION}') },$&`],
  ],
} as const

const sealed: Plugin = {
  name: 'sealed',
  setup(building) {
    for (const [file, lines] of Object.entries(ADDED)) {
      building.onLoad({ filter: new RegExp(`${file}$`) }, ({ path: name }) => {
        let contents = readFileSync(name, 'utf8')
        for (const [place, added] of lines) {
          expect(contents).toContain(place)
          contents = contents.replace(place, added)
        }
        return { loader: 'ts', contents }
      })
    }
  },
}

const BUILT = newFolder()
let changed: typeof run

beforeAll(async () => {
  changed = await changedProgram(BUILT, sealed)
})

afterAll(() => rmSync(BUILT, { recursive: true }))

/** An empty book, of the changed program by default, and what is done with it. */
async function newBook(program = changed) {
  const folder = temporaryFolder()
  const funnel = async (...words: string[]): Promise<string> => {
    const { code, out, err } = await call(folder, words, {}, program)
    expect(code, `${words.join(' ')}: ${err}`).toBe(0)
    return out
  }
  const card = async (...of: string[]) =>
    JSON.parse(await funnel(...of, '--json')) as Record<string, unknown>
  await funnel('init', '--currency', 'EUR', '--timezone', 'UTC', '--no-input')
  return {
    funnel,
    card,
    /** The seal of a client or a deal, as its card has it. */
    seal: async (...of: string[]): Promise<unknown> => (await card(...of)).seal,
    file: (name: string, text: string): string => {
      writeFileSync(path.join(folder, name), text)
      return name
    },
  }
}

it('takes a text that is declared in one place through commands, cards, lists and the search', async () => {
  const { funnel, seal } = await newBook()
  await funnel('client', 'add', 'Pier One', '--seal', ' red  wax ')
  expect(await seal('client', 'show', 'Pier One')).toBe('red wax')
  await funnel('client', 'edit', 'Pier One', '--seal', 'lead')
  expect(await funnel('client', 'show', 'Pier One')).toContain('Seal: lead')
  await funnel('client', 'add', 'Pier Two', '--seal', 'tin')
  expect(await funnel('client', 'list', '--where', 'seal=lead', '--csv')).toMatch(/Pier One/)
  expect(await funnel('client', 'list', '--where', 'seal=lead', '--csv')).not.toMatch(/Pier Two/)
  await funnel('deal', 'add', 'Pier One', 'Crane', '--seal', 'round\nand blue')
  expect(await seal('deal', 'show', 'Crane')).toBe('round\nand blue')
  await funnel('deal', 'edit', 'Crane', '--seal', 'square and blue')
  expect(await funnel('deal', 'show', 'Crane')).toContain('Seal: square and blue')
  expect(await funnel('deal', 'list', '--where', 'deal:seal~square', '--sort', 'seal')).toMatch(
    /Crane/,
  )
  expect(await funnel('find', 'square')).toMatch(/square and blue +seal/)

  await funnel('client', 'merge', 'Pier One', 'Pier Two')
  expect(await funnel('client', 'show', 'Pier One')).toContain('seal of client 2 (Pier Two): tin')
  await funnel('undo')
  expect(await seal('client', 'show', 'Pier Two')).toBe('tin')
  await funnel('client', 'erase', 'Pier One', '--yes')
  expect(await seal('client', 'show', '1')).toBe('lead')
  expect(await seal('deal', 'show', '1')).toBeNull()
})

it('reads it from the column of its name, and brings it back by every export', async () => {
  const { funnel, seal, file } = await newBook()
  await funnel('import', 'clients', file('clients.csv', 'Name,Seal\nQuay Two,gold\n'))
  expect(await seal('client', 'show', 'Quay Two')).toBe('gold')
  const others = file('others.csv', 'Name,Seal\nQuay Two,tin\n')
  expect(await funnel('import', 'clients', others, '--json')).toMatch(/"column": ?"Seal"/)
  expect(await seal('client', 'show', 'Quay Two')).toBe('gold')
  await funnel('import', 'clients', others, '--on-duplicate', 'update')
  expect(await seal('client', 'show', 'Quay Two')).toBe('tin')
  const deals = file('deals.csv', 'Client,Title,Amount,Seal\nQuay Two,Crane,500,round and blue\n')
  await funnel('import', 'deals', deals)
  expect(await seal('deal', 'show', 'Crane')).toBe('round and blue')

  for (const format of ['--csv', '--json']) {
    const again = await newBook()
    const name = (what: string): string => `${what}.${format.slice(2)}`
    for (const what of ['clients', 'deals']) {
      const exported = await funnel('export', what, format)
      expect(exported).toContain(what === 'clients' ? 'tin' : 'round and blue')
      await again.funnel('import', what, again.file(name(what), exported))
      expect(await again.funnel('export', what, format)).toBe(exported)
    }
    expect(await again.seal('client', 'show', 'Quay Two')).toBe('tin')
    expect(await again.seal('deal', 'show', 'Crane')).toBe('round and blue')
  }
})

it('is missing from files of a release that did not have it, which are read as its own all the same', async () => {
  const { funnel } = await newBook(run)
  await funnel('client', 'add', 'Quay Two', '--size', 'big', '--property', 'Region=twofold')
  await funnel('deal', 'add', 'Quay Two', 'Crane', '--need', 'a lift', '--cost', '7')
  for (const format of ['--csv', '--json']) {
    const later = await newBook()
    for (const what of ['clients', 'deals']) {
      const exported = later.file(
        `${what}.${format.slice(2)}`,
        await funnel('export', what, format),
      )
      await later.funnel('import', what, exported)
    }
    const { size, region, properties } = await later.card('client', 'show', 'Quay Two')
    expect({ size, region, properties }).toEqual({
      size: 'big',
      region: null,
      properties: [{ name: 'Region', value: 'twofold' }],
    })
    expect(await later.card('deal', 'show', 'Crane')).toMatchObject({ need: 'a lift', cost: 7 })
  }
})
