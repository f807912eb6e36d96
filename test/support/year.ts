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

/** Offers four open deals of that book: one proposal is accepted, one declined, one open and one expired. */
export async function offered(book: Inside): Promise<void> {
  const { deals } = JSON.parse(await book.ok('deal', 'list', '--json')) as {
    deals: { id: number; amount: number | null; opened_on: string | null }[]
  }
  const ready = deals.filter(
    ({ amount, opened_on: on }) => amount !== null && (on ?? '') < '2026-10-20',
  )
  const made = ready.slice(0, 4)
  for (const [at, { id }] of made.entries()) {
    const valid = at === 3 ? '14d' : '90d'
    await book.ok('proposal', 'make', String(id), '--on', '2026-10-20', '--valid', valid)
  }
  const [accepted, declined] = ['P-2026-0001', 'P-2026-0002']
  await book.ok(
    'proposal',
    'accept',
    accepted,
    '--on',
    '2026-10-20',
    '--no-advance',
    '--no-invoice',
  )
  await book.ok('proposal', 'decline', declined, '--on', '2026-11-02')
}
