import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { addAll, maxOf, minOf } from '../../src/domain/lists.ts'

/** A list spread over the arguments of a call: one as long as a book overflows the stack. */
const SPREAD =
  /(?:Math\.(?:max|min)|\.push|\.unshift|fromCharCode|fromCodePoint)\((?:[^()[\]{}]|\([^()]*\))*\.\.\./g

/** Those whose length has a bound that has nothing to do with the book. */
const BOUNDED = new Map([
  ['src/book/store/bulk.ts', 'the columns of one row'],
  ['src/commands/import/command.ts', 'the notes on one file'],
])

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '')

it('knows a list that is spread over the arguments of a call', () => {
  const samples = [
    'Math.max(0, ...rows.map(width))',
    'Math.min(\n  ...values)',
    'found.push(...deals)',
    'found.push(first(a, b), ...rest)',
    'lines.unshift(...own)',
  ]
  expect(samples.filter((sample) => sample.match(SPREAD) === null)).toEqual([])
  expect('list.push([...own], { ...row }); Math.max(a, b)'.match(SPREAD)).toBeNull()
})

it('spreads no list that grows with the book', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => path.join('src', name))
    .filter((file) => file.endsWith('.ts') && !BOUNDED.has(file))
  const found = files.flatMap((file) =>
    [...withoutComments(readFileSync(file, 'utf8')).matchAll(SPREAD)].map(
      ([text]) => `${file}: ${text}`,
    ),
  )
  expect(found).toEqual([])
})

it('takes lists of a million', () => {
  const numbers = Array.from({ length: 1_000_000 }, (_, at) => at)
  const list: number[] = []
  addAll(list, numbers)
  expect([maxOf(numbers), minOf(numbers), list.length]).toEqual([999_999, 0, 1_000_000])
  expect([maxOf([], 0), minOf([], 3), maxOf([-2], 0)]).toEqual([0, 3, 0])
})
