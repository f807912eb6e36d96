import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { Fault } from '../../src/domain/fault.ts'
import { openTable, type Table, type TableOptions } from '../../src/import/recognise/table.ts'
import type { TypedValue } from '../../src/import/read/source.ts'

const folders: string[] = []

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A folder that is gone after the tests of a file. */
export function tempFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'funnel-'))
  folders.push(folder)
  return folder
}

/** Writes a file in a folder of its own. */
export function save(name: string, content: string | Uint8Array): string {
  const file = path.join(tempFolder(), name)
  writeFileSync(file, content)
  return file
}

interface Read extends Table {
  rows: string[][]
  numbers: number[]
  typed: (TypedValue | undefined)[][]
  /** Row number and reason. */
  rejects: [number, string][]
}

/** A table with all its rows; those that are no records are in `rejects` alone. */
export async function read(file: string, options?: TableOptions): Promise<Read> {
  const table = await openTable(file, options)
  const found: Read = { ...table, rows: [], numbers: [], typed: [], rejects: [] }
  for await (const batch of table.batches())
    for (const { number, cells, typed, reject } of batch) {
      if (reject !== undefined) {
        found.rejects.push([number, reject])
        continue
      }
      found.rows.push(cells)
      found.numbers.push(number)
      found.typed.push([...(typed ?? [])])
    }
  return found
}

/** What a person is told of a file that is refused: message | hint. */
export async function failure(file: string, options?: TableOptions): Promise<string> {
  try {
    await read(file, options)
  } catch (error) {
    if (error instanceof Fault && error.code === 'usage') return `${error.message} | ${error.hint}`
    throw error
  }
  throw new Error('it was read')
}
