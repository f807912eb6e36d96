import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../support/funnel.ts'

const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as ICruiseOptions & {
  options: ICruiseOptions
}

/** Who breaks a rule in a tree of these files, and which. */
async function violations(files: Record<string, string>): Promise<string[]> {
  const folder = temporaryFolder()
  symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  const { tsConfig: _, ...options } = rules.options as ICruiseOptions & { tsConfig: unknown }
  const { output } = await cruise(['src'], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet: rules as NonNullable<ICruiseOptions['ruleSet']>,
  })
  return (output as ICruiseResult).summary.violations.map(
    ({ from, rule }) => `${from}: ${rule.name}`,
  )
}

it('only a store in SQLite and the outbox may know its library, types included', async () => {
  const library = "import Sqlite from 'better-sqlite3'\nexport const db = new Sqlite('x')\n"
  const found = await violations({
    'src/book/store/sqlite/driver.ts': library,
    'src/mail/outbox.ts': library,
    'src/records/deals.ts': library,
    'src/import/run.ts':
      "import type { Database } from 'better-sqlite3'\nexport type X = Database\n",
  })
  expect(found.toSorted()).toEqual([
    'src/import/run.ts: sqlite-in-one-place',
    'src/records/deals.ts: sqlite-in-one-place',
  ])
})

it('one file says which kind of store there is', async () => {
  const found = await violations({
    'src/book/store/sqlite/driver.ts': 'export const a = 1\n',
    'src/book/store/kind.ts': "export { a } from './sqlite/driver.ts'\n",
    'src/book/store/sql.ts': "export { a } from './sqlite/driver.ts'\n",
    'src/book/open.ts': "export { a } from './store/sqlite/driver.ts'\n",
    'src/book/files/backup.ts': "export { a } from '../store/sqlite/driver.ts'\n",
    'src/book/undo.ts': "export { a } from './store/kind.ts'\n",
  })
  expect(found.toSorted()).toEqual([
    'src/book/files/backup.ts: one-kind-of-store',
    'src/book/open.ts: one-kind-of-store',
    'src/book/store/sql.ts: one-kind-of-store',
  ])
})
