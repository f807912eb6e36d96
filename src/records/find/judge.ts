import { fold } from '../../domain/fold.ts'
import { fitOf, snippet } from '../../domain/occurrences.ts'
import type { FoundKind, Place } from './candidates.ts'
import type { RecordTexts } from './texts.ts'

/** A record that was found. */
export interface Hit {
  kind: FoundKind
  id: number
  client_id: number | null
  client: string | null
  /** What of it matched: `name`, `email`, `note`, the kind of an interaction … */
  field: string
  /** The text there, cut down to the part around the words. */
  text: string
  day: string | null
}

/** A hit with what it is ranked by: lower is better, the first number that differs decides. */
export interface Judged {
  hit: Hit
  rank: number[]
}

const KIND_ORDER: FoundKind[] = [
  'client',
  'deal',
  'proposal',
  'invoice',
  'product',
  'task',
  'interaction',
]

interface Match {
  field: string
  text: string
  rank: number
  fit: number
}

/** The place where a word fits best: in the name before people and addresses before the rest. */
function bestMatch({ fields }: RecordTexts, word: string): Match | null {
  let best: Match | null = null
  for (const { field, text, rank } of fields) {
    const fit = fitOf(fold(text), word)
    if (fit === null) continue
    if (!best || rank < best.rank || (rank === best.rank && fit < best.fit)) {
      best = { field, text, rank, fit }
    }
  }
  return best
}

/** How much of a name the words are: 0 all of it, 1 its beginning, 2 anything else. */
function closeness(name: string, words: readonly string[]): number {
  const folded = fold(name)
  const typed = words.join(' ')
  return folded === typed ? 0 : folded.startsWith(typed) ? 1 : 2
}

/**
 * Judges how well a record matches the words (folded), all of which it must contain. The worst match decides:
 * a word that is only in a note makes it a hit in a note.
 * @param place where a client or deal was looked for: a hit of another place is left to that one.
 * @param names words that the client's name holds; the record need not hold those itself.
 */
export function judge(
  record: RecordTexts,
  words: readonly string[],
  place: Pick<Place, 'column'> = {},
  names: readonly string[] = [],
): Judged | null {
  const matches: Match[] = []
  for (const word of words) {
    const match = bestMatch(record, word)
    if (match) matches.push(match)
    else if (!names.includes(word)) return null
  }
  const worst = matches.toSorted((a, b) => b.rank - a.rank || b.fit - a.fit)[0]
  if (!worst) return null
  if (place.column && worst.rank < 2 !== (place.column === 'name')) return null
  const hit: Hit = {
    kind: record.kind,
    id: record.id,
    client_id: record.clientId,
    client: record.client,
    field: worst.field,
    text: snippet(worst.text, words),
    day: record.day,
  }
  const close = worst.rank === 0 ? closeness(worst.text, words) : 2
  const length = worst.rank === 0 ? worst.text.length : 0
  const age = record.day === null ? 0 : -Number(record.day.replaceAll('-', ''))
  const order = [worst.rank, close, worst.fit, KIND_ORDER.indexOf(record.kind), length, age]
  return { hit, rank: [...order, -record.id] }
}

/** Best first. */
export function byRank(a: Judged, b: Judged): number {
  const at = a.rank.findIndex((value, index) => value !== b.rank[index])
  return at < 0 ? 0 : (a.rank[at] ?? 0) - (b.rank[at] ?? 0)
}
