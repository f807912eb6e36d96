import type { Share } from '../share.ts'
import { compareNames } from './compare-names.ts'
import type { SharedKey } from './contact-keys.ts'

/** One of a pair that may be the same client. */
export interface Candidate {
  name: string
  kind: 'company' | 'person'
  region: string | null
}

/** Something that both have, and how many clients have it. */
export interface Shared extends SharedKey {
  holders: number
}

/** How likely two records are one client, with the evidence in words. */
export interface Likeness {
  score: Share
  why: string
}

/** The weight of something that only these two clients share. */
const WEIGHTS: Record<SharedKey['kind'], number> = {
  number: 0.85,
  email: 0.8,
  phone: 0.7,
  website: 0.6,
  domain: 0.5,
  ref: 0.4,
}

/** Namesakes among people are commoner than among companies. */
const PEOPLE = 0.75
/** Two firms may share a switchboard; two offices may share a name. */
const OTHER_NAME = 0.6
const OTHER_REGION = 0.85

const WORDS: Record<SharedKey['kind'], string> = {
  number: 'same',
  email: 'same e-mail',
  phone: 'same phone',
  website: 'same website',
  domain: 'same domain',
  ref: 'references alike:',
}

function inWords({ kind, text, holders }: Shared): string {
  const sharing = holders > 2 ? ` (shared by ${holders})` : ''
  return `${WORDS[kind]} ${text}${sharing}`
}

/** A shared address already implies a shared domain. */
function isImplied(domain: Shared, all: readonly Shared[]): boolean {
  return (
    domain.kind === 'domain' &&
    all.some(({ kind, key }) => kind === 'email' && key.endsWith(`@${domain.key}`))
  )
}

/**
 * Scores a pair by what they share and by their names, each piece of evidence as if it were independent:
 * score = 1 − Π(1 − w). Something that *n* clients have counts 2/n of its weight, and 0.6 of that if the
 * names have nothing in common; a name shared by two people counts 0.75 of a company's; different regions
 * multiply the total by 0.85. The same phone, shared with no others, and 1 letter of 12 off:
 * `1 − (1 − 0.7)(1 − 0.53)` = 0.86.
 */
export function scorePair(a: Candidate, b: Candidate, shared: readonly Shared[]): Likeness {
  const names = compareNames(a.name, b.name)
  const byName = names.likeness * (a.kind === 'person' && b.kind === 'person' ? PEOPLE : 1)
  const telling = shared
    .filter((one) => !isImplied(one, shared))
    .toSorted((one, other) => WEIGHTS[other.kind] - WEIGHTS[one.kind])
  const share = byName > 0 ? 1 : OTHER_NAME
  const doubt = telling.reduce(
    (rest, { kind, holders }) => rest * (1 - (share * WEIGHTS[kind] * 2) / Math.max(2, holders)),
    1 - byName,
  )
  const apart = a.region !== null && b.region !== null && a.region !== b.region
  const why = [...telling.map(inWords), names.why]
  if (apart) why.push(`regions differ (${a.region}, ${b.region})`)
  return { score: ((1 - doubt) * (apart ? OTHER_REGION : 1)) as Share, why: why.join('; ') }
}
