import type { Store } from '../../book/store/store.ts'
import { ADDRESS_PARTS, type Address, isOtherPlace } from '../../domain/address.ts'
import { Fault } from '../../domain/fault.ts'
import type { Likeness } from './agree.ts'
import { claimBook } from './claims.ts'
import type { ClientDraft } from './draft.ts'
import { KeyTable } from './key-table.ts'
import { maxOf } from '../../domain/lists.ts'
import { nameKey } from '../../domain/name.ts'

/** What a client can be recognised by, best first. */
export const MATCH_KEYS = ['ref', 'vat-id', 'email', 'phone', 'tax-number', 'name'] as const
export type MatchKey = (typeof MATCH_KEYS)[number]

/** A client that a row stands for, and what it was recognised by. */
interface KnownClient {
  id: number
  by: MatchKey
  hasOtherName: boolean
}

/** The client of an earlier row of the file, which has the same name but is another. */
interface Apart {
  id: number
  /** What the two differ in. */
  by: string
}

/** Another client that shares something with a new one. */
export interface Lookalike {
  id: number
  by: MatchKey
}

/** What a row was recognised as. */
interface Recognised {
  /** Null for a new client. */
  known: KnownClient | null
  /** Another client that shares an address or a VAT ID with a new one, if there is one. */
  lookalike: Lookalike | null
  apart: Apart | null
}

/** The clients of the book and of the file so far, by what they can be recognised by. */
export interface ClientIndex {
  /** The client that a row stands for. */
  find: (draft: ClientDraft) => Recognised
  /** Records a row that became a client. */
  add: (id: number, draft: ClientDraft) => void
}

interface Found {
  id: number
  ref: string | null
  key: string
  /** 1 if it matches by something it took over from a client merged into it. */
  other?: 0 | 1
}

function keysOf(draft: ClientDraft, by: MatchKey): string[] {
  if (by === 'ref') return draft.ref === null ? [] : [draft.ref]
  if (by === 'name') return [draft.key]
  if (by === 'vat-id') return draft.vat_id === null ? [] : [draft.vat_id]
  if (by === 'tax-number') return draft.tax_number === null ? [] : [draft.tax_number]
  return draft.points.filter((point) => point.kind === by).map((point) => point.key)
}

/** How many clients of one name are looked at. */
const MOST_NAMESAKES = 200
/** The same for those the file itself has added; the same row again is recognised however many there are. */
const MOST_OF_FILE = 4

function statements(store: Store) {
  const points = `SELECT c.id AS id, c.ref AS ref, c.name_key AS key FROM contact_points p
    JOIN clients c ON c.id = p.client_id WHERE p.kind = ? AND p.key = ? ORDER BY c.id LIMIT 5`
  // Its own first, then what it took over from clients merged into it.
  const own = (column: string, kind: MatchKey): string =>
    `SELECT id, ref, name_key AS key, 0 AS other FROM clients WHERE ${column} = :key
     UNION ALL SELECT c.id, c.ref, a.key, 1 FROM client_aliases a JOIN clients c ON c.id = a.client_id
       WHERE a.kind = '${kind}' AND a.key = :key
     ORDER BY other, id LIMIT ${kind === 'name' ? MOST_NAMESAKES : 5}`
  const byPoint = store.prepare(points)
  const byRef = store.prepare(own('ref', 'ref'))
  const byName = store.prepare(own('name_key', 'name'))
  const byNumber = (column: string) =>
    store.prepare(
      `SELECT id, ref, name_key AS key FROM clients WHERE ${column} = ? ORDER BY id LIMIT 5`,
    )
  const [byVatId, byTaxNumber] = [byNumber('vat_id'), byNumber('tax_number')]
  return (by: MatchKey, key: string): Found[] => {
    if (by === 'ref') return byRef.all({ key }) as Found[]
    if (by === 'name') return byName.all({ key }) as Found[]
    if (by === 'vat-id') return byVatId.all(key) as Found[]
    if (by === 'tax-number') return byTaxNumber.all(key) as Found[]
    return byPoint.all(by, key) as Found[]
  }
}

// Mailboxes that a whole company, or an agency for many, reads.
const SHARED =
  /^(?:info|office|sales|contact|mail|hello|admin|support|service|post|buero|kontakt|vertrieb|verkauf|zakaz|ventas|contacto|commercial|accueil|reception|marketing|orders|enquiries)@/

/** One person's mailbox identifies them; a shared one or a switchboard does not. */
function tells(by: MatchKey, value: string): boolean {
  return by === 'email' && !SHARED.test(value)
}

/** `acme` and `acme ltd` may be one; `acme` and `pier nine` are not. */
function namesAgree(draft: ClientDraft, key: string): boolean {
  const own = draft.key
  return !draft.hasOwnName || own === key || own.startsWith(key) || key.startsWith(own)
}

/**
 * The index of clients. Rows of the file are kept in memory; clients that were in the book before are
 * looked up by its indexes.
 * @param by the keys to use. The usual ones are careful: a phone, a tax number or a mailbox such as info@ counts
 *   only if the names agree, since companies may share it; so does a VAT ID that several clients have, or one with
 *   another address, since a company may have branches.
 * @param flush writes rows to the book that are still collected.
 * @param likeness how a row compares with a client of its name.
 * @throws Fault `usage` from `find`, if the row has the reference of another client, or may be
 *   several of its name.
 */
export function clientIndex(
  store: Store,
  by: readonly MatchKey[] | null,
  flush: () => void,
  likeness: (client: number, draft: ClientDraft) => Likeness,
): ClientIndex {
  const keys = by ?? MATCH_KEYS
  const careful = by === null
  const ask = statements(store)
  const wasEmpty = store.prepare('SELECT 1 FROM clients LIMIT 1').get() === undefined
  const fresh = {
    ref: new KeyTable(),
    'vat-id': new KeyTable(),
    'tax-number': new KeyTable(),
    email: new KeyTable(),
    phone: new KeyTable(),
    name: new KeyTable(),
  }
  const byId = store.prepare('SELECT id, ref, name_key AS key FROM clients WHERE id = ?')
  /** More clients of a name than the first. */
  const namesakes = new Map<string, number[]>()
  const claims = claimBook(store)

  const candidates = (key: MatchKey, value: string): Found[] => {
    const before = wasEmpty ? [] : ask(key, value)
    const first = fresh[key].get(value)
    if (first === undefined) return before
    const more = key === 'name' ? (namesakes.get(value) ?? []) : []
    const ids = [first, ...more].filter((id) => !before.some((found) => found.id === id))
    if (ids.length > 0) flush()
    return [...before, ...ids.map((id) => byId.get(id) as Found)]
  }
  const place = store.prepare(
    `SELECT ${ADDRESS_PARTS.join(', ')}, region FROM clients WHERE id = ?`,
  )
  /** Is a client the only one with the VAT ID of a row, and not known to be elsewhere? */
  const isAtPlace = (draft: ClientDraft, { id }: Found, all: readonly Found[]): boolean => {
    if (all.length > 1) return false
    flush()
    const has = place.get(id) as Address & { region: string | null }
    const isOtherRegion =
      has.region !== null && draft.region !== null && nameKey(has.region) !== nameKey(draft.region)
    return !isOtherRegion && !isOtherPlace(has, draft)
  }
  const fits = (
    key: MatchKey,
    value: string,
    draft: ClientDraft,
    found: Found,
    all: readonly Found[],
  ): boolean => {
    if (key === 'ref') return true
    // Two references are two clients, whatever else they share.
    if (draft.ref !== null && found.ref !== null && draft.ref !== found.ref) return false
    if (!careful || key === 'name' || tells(key, value) || namesAgree(draft, found.key)) return true
    return key === 'vat-id' && isAtPlace(draft, found, all)
  }
  /** A reference belongs to one client, even if clients are not recognised by it. */
  const requireOwnRef = ({ ref }: ClientDraft, known: number | null): void => {
    if (ref === null || keys.includes('ref')) return
    const holder = candidates('ref', ref)[0]
    if (!holder || holder.id === known) return
    const hint = 'recognise clients by it: --match ref, or leave its column out: --ignore'
    throw new Fault('usage', `the reference ${ref} belongs to client ${holder.id}`, hint)
  }
  /**
   * Which of several clients of its name a row is: of those that do not contradict it, the one with the most
   * in common. A row that differs from all is another client.
   */
  const byName = (draft: ClientDraft, all: readonly Found[]): Found | Apart | undefined => {
    const fitting = all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at)
    const [only] = fitting
    if (!only || !careful || (fitting.length === 1 && !claims.has(only.id))) return only
    const again = claims.rowAgain(draft)
    if (again !== undefined) return byId.get(again) as Found
    const isCrowd = (namesakes.get(draft.key)?.length ?? 0) >= MOST_OF_FILE
    const looked = (isCrowd ? fitting.slice(0, 1) : fitting).map((found) => ({
      found,
      ...likeness(found.id, draft),
    }))
    const same = looked.filter(({ differs }) => differs === null)
    if (same.length === 0) return { id: only.id, by: looked[0]?.differs ?? '' }
    const most = maxOf(same.map(({ shared }) => shared))
    const alike = same.filter(({ shared }) => shared === most)
    const own = alike.filter(({ found }) => found.other !== 1)
    const likely = own.length > 0 ? own : alike
    if (likely.length > 1 && likely.every(({ found }) => !claims.isOfFile(found.id))) {
      throw new Fault(
        'usage',
        `the book has several clients “${draft.name}”; a reference, an e-mail or a phone tells them apart`,
      )
    }
    return likely[0]?.found
  }
  return {
    find(draft) {
      let lookalike: Lookalike | null = null
      let apart: Apart | null = null
      for (const key of keys) {
        for (const value of keysOf(draft, key)) {
          const all = candidates(key, value)
          const fitting = all.filter((candidate) => fits(key, value, draft, candidate, all))
          const found = key === 'name' ? byName(draft, fitting) : fitting[0]
          if (found && 'key' in found) {
            requireOwnRef(draft, found.id)
            if (key === 'name') claims.keepRow(draft, found.id)
            claims.add(found.id)
            const hasOtherName = !namesAgree(draft, found.key)
            return { known: { id: found.id, by: key, hasOtherName }, lookalike: null, apart: null }
          }
          if (found) apart = found
          const [other] = all
          if (other && (key === 'email' || key === 'phone' || key === 'vat-id')) {
            lookalike ??= { id: other.id, by: key }
          }
        }
      }
      requireOwnRef(draft, null)
      return { known: null, lookalike, apart }
    },
    add(id, draft) {
      for (const key of keys.includes('ref') ? keys : ['ref' as const, ...keys]) {
        for (const value of keysOf(draft, key)) {
          const first = fresh[key].get(value)
          fresh[key].add(value, id)
          if (key !== 'name' || first === undefined || first === id) continue
          claims.keepRow(draft, id)
          const more = namesakes.get(value) ?? []
          if (more.length < MOST_OF_FILE && !more.includes(id)) namesakes.set(value, [...more, id])
        }
      }
    },
  }
}
