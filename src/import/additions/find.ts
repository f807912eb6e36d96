import type { Store } from '../../book/store/store.ts'
import type { Book } from '../../book/open.ts'
import { erasedBefore, type KnownBy } from '../../book/erase/keys.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey, tidyName } from '../../domain/name.ts'
import { type Cells, rowReader } from '../row-cells.ts'
import { type ClientName, clientNames } from '../client-names.ts'
import { draftClient } from '../clients/draft.ts'
import { knownBy } from '../clients/writer.ts'
import { type Creatable, nameBook } from '../names.ts'
import type { Origin } from '../outcome.ts'
import type { ImportPlan } from '../plan.ts'
import type { TableRow } from '../recognise/table.ts'
import type { Settled, Surroundings } from '../run.ts'
import { type Needs, needsReader } from './needs.ts'

/** Names that a file has and the book lacks, in the order in which they first occur in the file. */
export interface Addition {
  what: Exclude<Creatable, 'stages'>
  names: string[]
}

/** What a file would add to the book besides its own records. */
export interface Additions {
  lacking: Addition[]
  /** Rows that are rejected unless it is added. */
  rows: number
  /** Names of clients that were erased from this book and would come back. */
  erased: string[]
}

const KINDS: Addition['what'][] = [
  'clients',
  'processes',
  'owners',
  'sources',
  'reasons',
  'products',
]

/** A reason is needed if the deal is lost, the other names in any row. */
function isCertain(what: Creatable): boolean {
  return what !== 'reasons'
}

/**
 * Says whether the book lacks a client, looking each up once.
 * @throws Fault `usage` if several match.
 */
function clientsLacking(store: Store, today: Day): (client: ClientName) => boolean {
  const origin: Origin = { row: 0, today, importId: () => 0 }
  const answers = new Map<string, boolean>()
  let isMissing = false
  const clientOf = clientNames(store, () => {
    isMissing = true
    return 0
  })
  return ({ ref, name }) => {
    const key = JSON.stringify([ref, name])
    const before = answers.get(key)
    if (before !== undefined) return before
    isMissing = false
    clientOf({ ref, name }, origin)
    answers.set(key, isMissing)
    return isMissing
  }
}

/** Collects names, each once. */
class Names {
  readonly #found = new Map<string, string>()

  has(name: string): boolean {
    return this.#found.has(nameKey(name))
  }

  add(name: string, key = nameKey(name)): void {
    if (!this.#found.has(key)) this.#found.set(key, name)
  }

  all(): string[] {
    return [...this.#found.values()]
  }
}

/** Notices clients that the book once had, as long as they are to stay away. */
function erasedTraces(store: Store, { includeErased }: ImportPlan) {
  const trace = erasedBefore(store)
  return (client: KnownBy): boolean => !includeErased && trace(client) !== null
}

function hasErased(store: Store): boolean {
  return store.prepare('SELECT 1 FROM erased_keys LIMIT 1').get() !== undefined
}

/**
 * Reads a file once to see which of its names the book lacks and would not create anyway.
 * Rows that are rejected for another reason do not count. Writes nothing.
 */
export async function findAdditions(
  book: Book,
  plan: ImportPlan,
  { table, columns, evidence }: Settled,
  { moment, toLocal, onProgress }: Surroundings,
): Promise<Additions> {
  const { store, settings } = book
  const { currency, country } = settings
  const { isOwnCurrency } = plan
  const read = rowReader(columns, { ...evidence, currency, isOwnCurrency, toLocal }, plan.defaults)
  const names = nameBook(store, new Set())
  const reader = needsReader(book, plan, names, moment.today)
  const isErased = erasedTraces(store, plan)
  const mayBeErased = hasErased(store) && !plan.includeErased
  const looksForErased = plan.kind === 'clients' && mayBeErased
  const looksForClients = mayBeErased || !plan.create.has('clients')
  const found = new Map<Creatable, Names>(KINDS.map((what) => [what, new Names()]))
  const erased = new Names()
  const lacksClient = clientsLacking(store, moment.today)
  const lacks = ([what, text]: Needs['names'][number]): boolean => {
    const name = tidyName(text ?? '')
    return name !== '' && !plan.create.has(what) && names.known(what, name) === null
  }
  let rows = 0

  /** Has an earlier row reported everything that is missing for this one? Then it need not be read in full. */
  const isCovered = ({ names: lacking, client }: Needs): boolean =>
    lacking.every(([what, name]) => isCertain(what) && found.get(what)?.has(name ?? '') === true) &&
    (client === null ||
      (client.ref === null && found.get('clients')?.has(client.name ?? '') === true))

  const see = async (cells: Cells): Promise<void> => {
    const needs = reader.needs(cells)
    const isLacking = looksForClients && needs.client !== null && lacksClient(needs.client)
    const client = isLacking ? needs.client : null
    const lacking = { names: needs.names.filter(lacks), client }
    if (lacking.names.length === 0 && client === null) return
    if (isCovered(lacking)) {
      rows += 1
      return
    }
    const settled = await reader.settled(cells, lacking)
    let isWanting = settled.names.length > 0
    for (const [what, name] of settled.names) {
      found.get(what)?.add(tidyName(name ?? ''))
    }
    const called = settled.client?.name ?? settled.client?.ref
    if (settled.client && called) {
      const { ref } = settled.client
      if (isErased({ ref, names: [called], points: [] })) erased.add(called)
      else if (!plan.create.has('clients')) {
        found.get('clients')?.add(called, ref === null ? nameKey(called) : `ref ${ref}`)
        isWanting = true
      }
    }
    if (isWanting) rows += 1
  }
  const seeErased = (cells: Cells): void => {
    const draft = draftClient(cells, country)
    if (isErased(knownBy(draft)) && lacksClient(draft)) erased.add(draft.name)
  }
  let count = 0
  const progress = onProgress && ((done: number, total: number) => onProgress(done, total, count))
  const take = async (row: TableRow): Promise<void> => {
    if (row.reject !== undefined) return
    const cells = read(row)
    try {
      if (looksForErased) seeErased(cells)
      await see(cells)
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'book') throw error
    }
  }
  for await (const batch of table.batches(progress)) {
    for (const row of batch) {
      count += 1
      await take(row)
    }
  }
  const lacking = KINDS.map((what) => ({ what, names: found.get(what)?.all() ?? [] }))
  return { lacking: lacking.filter((one) => one.names.length > 0), rows, erased: erased.all() }
}
