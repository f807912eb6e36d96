import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { faultsIn, packagesIn } from './held.mjs'
import { ADVISORIES, TAKEN_ON } from './list.mjs'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8')
const lock = JSON.parse(read('package-lock.json')) as Parameters<typeof packagesIn>[0]

describe('what is installed', () => {
  it('has no known fault', () => {
    expect(faultsIn(lock, ADVISORIES)).toEqual([])
    const names = new Set(packagesIn(lock).map(({ name }) => name))
    for (const one of ADVISORIES) {
      expect([one.package, names.has(one.package)]).toEqual([one.package, true])
      expect(one.ids.join(' ')).toMatch(
        /^(?:CVE-\d{4}-\d+|GHSA(?:-\w{4}){3})(?: GHSA(?:-\w{4}){3})?$/,
      )
    }
    expect(TAKEN_ON).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it('is found out where it is older than what was mended, also below another package', () => {
    const versions = {
      'node_modules/xlsx': '0.18.5',
      'node_modules/a/node_modules/tar-fs': '2.1.4-0',
    }
    const packages = Object.fromEntries(
      Object.entries(versions).map(([place, version]) => [place, { version }]),
    )
    const found = faultsIn({ packages }, ADVISORIES)
    expect(found.map(({ name, advisory }) => [name, advisory.fixed])).toEqual([
      ['xlsx', '0.19.3'],
      ['xlsx', '0.20.2'],
      ['tar-fs', '2.1.4'],
    ])
  })
})

/** The packages that the sources name, but for what is installed beside the program. */
function imported(): string[] {
  const files = readdirSync(path.join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  const names = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      Array.from(
        read(path.join('src', file)).matchAll(
          /^(?:import (?!type)[^']*|\} from |.*import\()'((?:@[\w-]+\/)?[a-z][\w.-]*)(?:\/[^']*)?'/gm,
        ),
        ([, name = '']) => name,
      ),
    )
  return [...new Set(names)].filter((name) => name !== 'better-sqlite3').toSorted()
}

describe('the licences of what is bundled', () => {
  it('go with the program, of every package and of its version, with their texts', () => {
    const text = read('dist/LICENCES.txt')
    const require = createRequire(path.join(ROOT, 'package.json'))
    const names = imported()
    expect(names).toEqual(expect.arrayContaining(['commander', 'kysely', 'nodemailer', 'xlsx']))
    for (const one of names) {
      const folder = require.resolve.paths(one)?.[0] ?? ''
      const { name, version } = JSON.parse(
        readFileSync(path.join(folder, one, 'package.json'), 'utf8'),
      ) as { name: string; version: string }
      expect([one, text.includes(`\n${name} ${version} (`)]).toEqual([one, true])
    }
    const parts = text.split(/\n-{72}\n\n/).slice(1)
    for (const part of parts) {
      expect(part).toMatch(/^\S+ \S+ \(.+\)\n\n/)
      expect(part).toMatch(/permission|redistribution|Apache License|Mozilla Public License/i)
    }
    expect(new Set(parts.map((part) => part.split('\n')[0])).size).toBe(parts.length)
    expect((JSON.parse(read('package.json')) as { files: string[] }).files).toContain('dist')
  })
})
