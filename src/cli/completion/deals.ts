import type { Statements } from '../../book/store/store.ts'
import { nameKey } from '../../domain/name.ts'
import type { Suggestion } from './suggest.ts'
import { addAll } from '../../domain/lists.ts'

interface Candidate {
  id: number
  client: string
  title: string
  stage: string | null
  status: string
}

const SELECT = `SELECT d.id, c.name AS client, d.title, s.name AS stage, d.status
  FROM deals AS d JOIN clients AS c ON c.id = d.client_id
  LEFT JOIN stages AS s ON s.id = d.stage_id`

/** The most digits that the number of a deal may have. */
const DIGITS = 10

/** Numbers that begin with given digits form one span for each count of digits that may follow. */
function byNumber(store: Statements, digits: string, most: number): Candidate[] {
  if (digits === '') {
    return store
      .prepare(`${SELECT} WHERE d.closed_on IS NULL ORDER BY d.id DESC LIMIT ?`)
      .all(most) as Candidate[]
  }
  const within = store.prepare(`${SELECT} WHERE d.id BETWEEN ? AND ? ORDER BY d.id LIMIT ?`)
  const found: Candidate[] = []
  for (let more = 0; more + digits.length <= DIGITS && found.length < most; more += 1) {
    const first = Number(digits) * 10 ** more
    const rows = within.all(first, first + 10 ** more - 1, most - found.length)
    addAll(found, rows as Candidate[])
  }
  return found
}

function state({ stage, status }: Candidate): string {
  return `(${stage === null ? '' : `${stage}, `}${status})`
}

/** Names that deals go by; one that several share is offered once, with their numbers. */
function byName(
  found: readonly Candidate[],
  nameOf: (deal: Candidate) => string,
  helpOf: (deal: Candidate) => string,
): Suggestion[] {
  const named = new Map<string, Candidate[]>()
  for (const deal of found) {
    const name = nameOf(deal)
    named.set(name, [...(named.get(name) ?? []), deal])
  }
  return [...named].map(([value, deals]) => {
    const [deal] = deals
    const help =
      deals.length === 1 && deal
        ? `${deal.id}  ${helpOf(deal)}`
        : `${deals.length} deals: ${deals.map(({ id }) => id).join(', ')}`
    return { value, help }
  })
}

/**
 * The deals that a word may be the start of: their number, their title, or `CLIENT: TITLE`. Before
 * anything is typed, the numbers of open deals, the newest first.
 * @param most of each kind.
 */
export function dealsBeginning(store: Statements, beginning: string, most: number): Suggestion[] {
  const numbers = /^\d{0,9}$/.test(beginning) ? byNumber(store, beginning, most) : []
  const found = numbers.map((deal): Suggestion => {
    const help = `${deal.client}: ${deal.title} ${state(deal)}`
    return { value: String(deal.id), help, listed: `${deal.id}  ${help}` }
  })
  const from = nameKey(beginning)
  if (from === '') return found
  const ask = (key: string): Candidate[] => {
    const rows = store
      .prepare(`${SELECT} WHERE ${key} >= :from AND ${key} < :to ORDER BY ${key}, d.id LIMIT :most`)
      .all({ from, to: `${from}\u{10ffff}`, most })
    return rows as Candidate[]
  }
  return [
    ...found,
    ...byName(
      ask('d.title_key'),
      ({ title }) => title,
      (deal) => `${deal.client} ${state(deal)}`,
    ),
    ...byName(ask('c.name_key'), ({ client, title }) => `${client}: ${title}`, state),
  ]
}
