import { cpSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commands } from '../../src/commands/index.ts'
import { emptyDesk, newFolder, temporaryFolder } from '../support/funnel.ts'
import { runInside } from '../support/inside.ts'
import { BEFORE, FAILING, makeSample, words } from '../support/sample.ts'

/** The book of the examples, with something of everything. */
const BOOK = newFolder()

beforeAll(() => {
  makeSample(BOOK)
  const { ok } = emptyDesk({}, BOOK)
  ok(
    'client',
    'edit',
    'habour',
    '--region',
    'North',
    '--category',
    'fish',
    '--phone',
    '+49301234567',
  )
  ok('client', 'edit', 'habour', '--contact', 'Sam Roy', '--role', 'buyer', '--source', 'web')
  ok('client', 'edit', 'habour', '--property', 'Ships=3', '--rating', 'A', '--note', 'knows us')
  for (const title of ['Winch', 'Rope', 'Mast']) {
    const more = ['--amount', '700', '--cost', '300', '--source', 'web', '--on', '2026-09-01']
    ok('deal', 'add', 'habour', title, '--owner', 'Ann', '--expected-close', '2026-12-01', ...more)
  }
  ok('log', 'call', 'habour', 'rang about it', '--deal', 'Winch', '--result', 'interested')
  ok('win', 'Winch', '--on', '2026-11-20')
  ok('lose', 'Rope', '--reason', 'no budget', '--on', '2026-11-21')
})

afterAll(() => rmSync(BOOK, { recursive: true }))

/** The names and types of all that a value holds: `deals[].title: string`. */
function fieldsOf(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? [`${at}[]: none`] : value.flatMap((one) => fieldsOf(one, `${at}[]`))
  }
  if (value === null || typeof value !== 'object') {
    return [`${at}: ${value === null ? 'null' : typeof value}`]
  }
  return Object.entries(value).flatMap(([key, one]) =>
    fieldsOf(one, at === '' ? key : `${at}.${key}`),
  )
}

/** `a: null` and `a: string` as `a: null or string`, in the order in which fields first come. */
function merged(fields: readonly string[]): string[] {
  const types = new Map<string, Set<string>>()
  for (const field of fields) {
    const [name = '', type = ''] = field.split(': ')
    types.set(name, (types.get(name) ?? new Set()).add(type))
  }
  return [...types].map(([name, found]) => `${name}: ${[...found].toSorted().join(' or ')}`)
}

/** What the examples of a command write with `--json`; null where they write something else. */
async function fieldsOfCommand(
  path: string,
  examples: readonly string[],
): Promise<string[] | null> {
  const found: string[] = []
  for (const example of examples) {
    const folder = temporaryFolder()
    if (path !== 'init' && path !== 'demo') cpSync(BOOK, folder, { recursive: true })
    if (path.startsWith('outbox')) await runInside(folder, FAILING.args, { env: FAILING.env })
    for (const before of BEFORE[path] ?? []) await runInside(folder, before)
    const args = words(example).filter((word) => !/^--(?:json|csv|md)$/.test(word))
    const at = args.indexOf('--')
    const line = at < 0 ? [...args, '--json'] : args.toSpliced(at, 0, '--json')
    const { out } = await runInside(folder, line)
    try {
      found.push(...fieldsOf(JSON.parse(out)))
    } catch {
      continue
    }
  }
  return found.length === 0 ? null : merged(found)
}

it('are those that programs have come to rely on, with their types', async () => {
  const parts: string[] = []
  for (const { path, load } of commands) {
    const { examples } = await load()
    const fields = await fieldsOfCommand(path, examples)
    parts.push([`## ${path}`, ...(fields ?? ['(no JSON)'])].join('\n'))
  }
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot('../golden/json-fields.golden')
}, 180_000)
