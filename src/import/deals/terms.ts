import { readChance } from '../../domain/chance/typed.ts'
import { Fault } from '../../domain/fault.ts'
import type { Money } from '../../domain/money.ts'
import type { DealStatus } from '../../domain/deal-state.ts'
import type { Share } from '../../domain/share.ts'
import { parseRate } from '../../domain/rate-text.ts'
import type { Rate } from '../../domain/rate.ts'
import type { Cells } from '../row-cells.ts'
import { isBlankWord } from '../values/blank.ts'

/** What a deal is called by. */
export type NamedBy = 'title' | 'need' | 'ref' | 'client'

/** A longer text is a remark, not a name. */
const LONGEST_NAME = 60

/** Keys made by programs, such as 006bm00000LKJNNAA5, mean nothing to people. */
const MACHINE_KEY = /^(?=.*[a-z])[\w-]*(?=[a-z]*\d)[a-z\d]{12,}$|^[\da-f]{8}-[\da-f]{4}-/i

/** Programs make no longer ones; the pattern would be slow on them. */
const LONGEST_KEY = 1000

function isMachineKey(ref: string): boolean {
  return ref.length <= LONGEST_KEY && MACHINE_KEY.test(ref)
}

/** A row about a deal has at least one of these fields. */
const OF_A_DEAL = [
  'amount',
  'won-amount',
  'stage',
  'outcome',
  'opened',
  'closed',
  'expected-close',
  'won-on',
  'lost-on',
  'reason',
  'need',
  'ref',
] as const

/**
 * Who a deal is for: the client, or the person there if the row names neither a client nor its
 * reference, as in programs that keep companies and people apart.
 */
export function dealClient(cells: Cells): { client: string | null; contact: string | null } {
  const client = cells.one('client')
  const contact = cells.one('contact')
  const isClient = client === null && cells.one('client-ref') === null
  return isClient ? { client: contact, contact: null } : { client, contact }
}

function product(cells: Cells): string | null {
  const [text, ...more] = cells.all('need')
  const isName = text !== undefined && more.length === 0 && !text.includes('\n')
  return isName && text.length <= LONGEST_NAME ? text : null
}

/**
 * What a deal is called: its title; in a list without, the product that it is about, else its
 * reference, else its client. A reference that only programs can read comes last. The name is null
 * if it is that of a client that the row does not name.
 *
 * | the row has | it is called |
 * |---|---|
 * | title `Crane`, reference `A-7` | Crane |
 * | product `Winch`, reference `A-7`, client Pier | Winch |
 * | reference `A-7`, client Pier | A-7 |
 * | reference `006bm00000LKJNNAA5`, client Pier | Pier |
 * | client Pier, an amount | Pier |
 * @throws Fault `usage` if the row has nothing but a client.
 */
export function dealName(cells: Cells): { title: string | null; namedBy: NamedBy } {
  const title = cells.one('title')
  if (title !== null) return { title, namedBy: 'title' }
  const need = product(cells)
  if (need !== null) return { title: need, namedBy: 'need' }
  const ref = cells.one('ref')
  if (ref !== null && !isMachineKey(ref)) return { title: ref, namedBy: 'ref' }
  if (OF_A_DEAL.some((field) => cells.one(field) !== null)) {
    return { title: dealClient(cells).client, namedBy: 'client' }
  }
  throw new Fault('usage', 'the row has no title, and nothing else to name the deal by')
}

const BY: Record<Exclude<NamedBy, 'title'>, string> = {
  need: 'the product',
  ref: 'the reference',
  client: 'the client',
}

/** Says what deals without a title are called. @param counts of new deals. */
export function namingNotes(counts: ReadonlyMap<NamedBy, number>): string[] {
  return (Object.keys(BY) as (keyof typeof BY)[]).flatMap((by) => {
    const count = counts.get(by) ?? 0
    if (count === 0) return []
    const deals =
      count === 1 ? '1 deal has no title: it is' : `${count} deals have no title: they are`
    return [`${deals} called by ${BY[by]}`]
  })
}

/** The currency of a row's amounts; null is the book's. @throws Fault `usage` if they are in several. */
export function dealCurrency(cells: Cells): string | null {
  return cells.currency(['amount', 'won-amount', 'cost'])
}

/**
 * The rate that a deal in another currency was closed with; undefined if the file says nothing of rates.
 * @throws Fault `usage` if it is not a rate.
 */
export function dealRate(cells: Cells): Rate | null | undefined {
  if (!cells.has('exchange-rate')) return undefined
  const text = cells.one('exchange-rate')
  return text === null || isBlankWord(text) ? null : parseRate(text, {})
}

/** What a deal brings: once it is won, the value in a column for that, if there is one. */
export function dealAmount(
  cells: Cells,
  status: DealStatus,
  currency: string | null,
): Money | null {
  const amount = cells.money('amount', currency)
  const won = cells.money('won-amount', currency)
  return status === 'won' ? (won ?? amount) : (amount ?? won)
}

/** What programs write as the chance of a deal that is over. */
const CERTAIN = { won: /^1(?:00)?(?:[.,]0+)?\s*%?$/, lost: /^0(?:[.,]0+)?\s*%?$/ }

/**
 * The chance to win that was set by hand. 100 % of a won deal and 0 % of a lost one only repeat how it ended.
 * @throws Fault `usage` if the cell is not a chance.
 */
export function dealChance(cells: Cells, status: DealStatus): Share | null {
  const cell = cells.one('chance')
  if (cell === null || isBlankWord(cell)) return null
  if (status !== 'open' && CERTAIN[status].test(cell)) return null
  return readChance(cell)
}
