import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PlainRows } from '../../src/import/read/plain-rows.ts'
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

/** What the patient reader alone makes of a text, or the message of its refusal. */
function patiently(text: string, delimiter: string): unknown {
  try {
    const sound = Buffer.from(text).toString()
    return parse(sound, csvOptions(delimiter, ''))
  } catch (error) {
    return (error as Error).message
  }
}

/** So many texts are read both ways: FUNNEL_FUZZ=200000 npx vitest run test/import/read-records. */
const TEXTS = Number(process.env.FUNNEL_FUZZ ?? 3000)

it('reads a plain row as the patient reader does, and leaves it every other one', () => {
  const unit = fc.constantFrom(...SIGNS, ';', '\t', "'", 'é', 'ไทย', '😀', '\uD83D')
  const cell = fc.oneof(
    fc.string({ unit, maxLength: 6 }),
    fc.string({ unit, maxLength: 6 }).map((text) => `"${text.replaceAll('"', '""')}"`),
  )
  const lineEnds = fc.constantFrom('\n', '\n', '\r\n', '\r')
  const delimiters = fc.constantFrom(',', ';', '\t', '|')
  const text = fc.tuple(
    fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 5 }),
    delimiters,
    lineEnds,
  )
  let plainRows = 0
  fc.assert(
    fc.property(text, fc.array(fc.nat(40)), ([rows, delimiter, lineEnd], cuts) => {
      const whole = rows.map((cells) => cells.join(delimiter)).join(lineEnd)
      const reader = new PlainRows(delimiter, 1000)
      const read: string[][] = []
      const ends = [0, ...cuts.toSorted((one, other) => one - other), whole.length]
      let done = 0
      for (const [index, end] of ends.slice(1).entries()) {
        if (reader.isOdd) break
        const piece = whole.slice(ends[index], end)
        read.push(...[...reader.take(piece)].flat().map((row) => row.cells))
        done = end
      }
      const last = reader.isOdd ? [] : [...reader.finish()].flat()
      read.push(...last.map((row) => row.cells))
      plainRows += read.length
      const rest = reader.rest + whole.slice(done)
      const more = reader.isOdd ? patiently(rest, delimiter) : []
      const all = patiently(whole, delimiter)
      expect(typeof more === 'string' ? 'refused' : [...read, ...(more as string[][])]).toEqual(
        typeof all === 'string' ? 'refused' : all,
      )
    }),
    { numRuns: TEXTS },
  )
  expect(plainRows).toBeGreaterThan(TEXTS)
})
