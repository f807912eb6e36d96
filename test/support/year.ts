import { cpSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBook } from '../../src/book/open.ts'
import { liveThroughAYear } from '../../src/commands/demo/year.ts'
import { moment, perform } from './book.ts'
import { TODAY } from './funnel.ts'
import { type Inside, inside } from './inside.ts'

const CLIENTS = fileURLToPath(new URL('../../fixtures/demo/clients.csv', import.meta.url))

/** The book of the demo: 24 clients and a year with some 140 deals, always the same. */
export async function yearBook(parent: string): Promise<Inside> {
  const made = await inside(parent, 'year')
  cpSync(CLIENTS, path.join(made.folder, 'clients.csv'))
  await made.ok('import', 'clients', 'clients.csv', '--create', 'owners,sources')
  const book = openBook(path.join(made.folder, 'funnel.db'))
  try {
    await perform(book, (db) => liveThroughAYear(db, moment(TODAY, TODAY)))
  } finally {
    book.close()
  }
  return made
}
