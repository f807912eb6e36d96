import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

interface Protection {
  name: string
  file: string
  cut: [from: string, to: string][]
  test: string
}

const ROOT = path.join(import.meta.dirname, '../..')

it('each protection names a test, and lines that are there to be cut', async () => {
  const list = './list.mjs'
  const { PROTECTIONS } = (await import(list)) as { PROTECTIONS: Protection[] }
  const stale = PROTECTIONS.flatMap(({ name, file, cut, test }) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8')
    const isSound = existsSync(path.join(ROOT, test)) && cut.every(([from]) => text.includes(from))
    return isSound ? [] : name
  })
  expect(PROTECTIONS.length).toBeGreaterThan(50)
  expect(stale).toEqual([])
})
