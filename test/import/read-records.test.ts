import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvOptions, readRecords } from '../../src/import/read/records.ts'
import type { RawRow } from '../../src/import/read/source.ts'

const OPTIONS = csvOptions(',', '')
const SIGNS = ['a', 'b', ' ', ',', ',', '"', '"', '""', '\n', '\r', '\r\n']

async function* streamed(pieces: readonly string[]): AsyncGenerator<string> {
  for (const piece of pieces) yield await Promise.resolve(piece)
}

/** The rows of pieces of text, or the message of the fault that ended them. */
async function rowsOf(pieces: readonly string[]): Promise<unknown> {
  const rows: RawRow[] = []
  try {
    for await (const batch of readRecords(streamed(pieces), OPTIONS, 'list.csv'))
      rows.push(...batch)
    return rows
  } catch (error) {
    return (error as Error).message
  }
}

it('any text makes the same rows, wherever its pieces end', async () => {
  const text = fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(60)), async (whole, cuts) => {
      const ends = [0, ...cuts.toSorted((one, other) => one - other), whole.length]
      const pieces = ends.slice(1).map((end, index) => whole.slice(ends[index], end))
      expect(await rowsOf(pieces)).toEqual(await rowsOf([whole]))
    }),
    { numRuns: 1000 },
  )
})
