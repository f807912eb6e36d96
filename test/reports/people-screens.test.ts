import { rmSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBook } from '../../src/book/open.ts'
import { run } from '../../src/main.ts'
import { perform, SETTINGS } from '../support/book.ts'
import { newFolder, TODAY } from '../support/funnel.ts'
import { liveTwoYears } from '../support/two-years.ts'

const folder = newFolder()

beforeAll(async () => {
  const book = createBook(path.join(folder, 'funnel.db'), SETTINGS)
  await perform(book, liveTwoYears)
  book.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

async function report(args: string[], columns: number | null, env = {}): Promise<string> {
  let text = ''
  const code = await run(['report', ...args], {
    stdin: Readable.from([]),
    stdout: {
      write: (part) => (text += String(part)),
      ...(columns === null ? {} : { isTTY: true, columns }),
    },
    stderr: { write: (part) => (text += String(part)) },
    env: { FUNNEL_TODAY: TODAY, ...env },
    cwd: folder,
    now: () => new Date(`${TODAY}T12:00:00Z`),
  })
  expect(code, text).toBe(0)
  return text
}

const ASKED = {
  owners: [],
  bottlenecks: ['--period', '2026', '--by', 'owner'],
  velocity: ['--period', '2026-Q3', '--compare', 'previous'],
  activity: ['--period', 'last-30d'],
}

const SCREENS = (Object.keys(ASKED) as (keyof typeof ASKED)[]).flatMap((name) =>
  [60, 80, 120].map((columns) => ({ name, columns })),
)

describe('screens of two years', () => {
  it.each(SCREENS)('$name at $columns columns', async ({ name, columns }) => {
    const args = [name, ...ASKED[name]]
    const coloured = await report(args, columns)
    const plain = await report([...args, '--no-color'], columns)
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain)
    for (const line of plain.split('\n')) {
      // A subtitle or a note may be longer; tables and pictures may not.
      if (/[█▒─]|\d {2}/.test(line)) expect(line.length).toBeLessThanOrEqual(columns)
    }
    await expect(plain).toMatchFileSnapshot(`../golden/reports/two-years-${name}-${columns}.golden`)
    if (columns !== 80) return
    await expect(coloured).toMatchFileSnapshot(`../golden/reports/two-years-${name}-colour.golden`)
  })
})
