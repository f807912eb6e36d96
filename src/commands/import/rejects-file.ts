import path from 'node:path'
import { requireNotImported } from '../../book/imported.ts'
import { isSameFile } from '../../book/files/new-file.ts'
import type { Context } from '../../cli/context.ts'
import { diskFull, unwritable } from '../../cli/errors.ts'
import { Fault } from '../../domain/fault.ts'
import type { Table } from '../../import/recognise/table.ts'
import { writeRejects } from '../../import/rejects.ts'
import type { ImportResult } from '../../import/run.ts'
import type { NamedFile } from './spool.ts'

/** The file is CSV, and would not open under these names. */
const NOT_CSV = /\.(?:xls[xmb]?|ods|xml|vcf|jsonl?|pdf|docx?|html?)$/i

/** Where the rejected rows go. @throws Fault `usage` if that is the file itself, the book or not CSV. */
export async function rejectsFile(
  context: Context,
  source: NamedFile,
  name?: string,
): Promise<string | undefined> {
  if (name === undefined) return undefined
  if (NOT_CSV.test(name)) {
    throw new Fault(
      'usage',
      'the rejected rows are written as CSV',
      'name the file such as rest.csv',
    )
  }
  const file = path.resolve(context.io.cwd, name)
  const book = context.bookPath()
  const kept = [source.file, book, `${book}-wal`, `${book}-shm`]
  const replaced = kept.find((one) => one === file || isSameFile(one, file))
  if (replaced === undefined) {
    requireNotImported(await context.book(), file)
    return file
  }
  const what = replaced === source.file ? 'the file itself' : 'the book'
  throw new Fault('usage', `the rejected rows would replace ${what}`, 'name another file')
}

/** Writes the rejected rows. @throws Fault if that fails; nothing is imported then. */
export function saveRejects(
  file: string,
  { headers, delimiter }: Table,
  result: ImportResult,
): void {
  try {
    writeRejects(file, headers, result.rejects, delimiter)
  } catch (error) {
    const why = error instanceof Fault ? error.message : unwritable(error, file)
    const what = `${file} cannot be written: ${why}; nothing was imported`
    if (diskFull(error)) throw new Fault('failed', what, 'make room and try again', error)
    throw new Fault('usage', what, 'name another file with --rejects', error)
  }
}
