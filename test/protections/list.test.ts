import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { PROTECTIONS } from './list.mjs'

it.each(PROTECTIONS)('$name: is where the list says, and has its test', ({ file, cut, test }) => {
  const text = readFileSync(file, 'utf8')
  expect(cut.length).toBeGreaterThan(0)
  for (const [from] of cut) expect([from, text.split(from).length - 1]).toEqual([from, 1])
  expect(existsSync(test)).toBe(true)
})
