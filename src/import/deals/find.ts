import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import { nameKey, tidyText } from '../../domain/name.ts'
import { DEAL_TEXTS, type DealTexts, namesOf } from '../../domain/text-fields.ts'
import { KeyTable } from '../clients/key-table.ts'
import { byMadeRef } from '../made-refs.ts'
import type { DealDraft } from './draft.ts'

/** What a row can say about a deal of the book. */
export interface Known extends DealTexts {
  id: number
  status: string
  stage_id: number | null
  /** Amount and cost in its currency. */
  amount: number | null
  cost: number | null
  /** Null is the book's. */
  currency: string | null
  owner_id: number | null
  expected_close: Day | null
  chance: number | null
  source_id: number | null
  client_id: number
  contact_id: number | null
  opened_on: Day
  opened_known: 0 | 1
  closed_on: Day | null
  owner: string | null
  source: string | null
  reason: string | null
  stage: string | null
  contact: string | null
}

/** A row's client and process, by their numbers in the book. */
export interface Place {
  client: number
  process: number
}

const named = (table: string, column: string): string =>
  `(SELECT name FROM ${table} AS n WHERE n.id = deals.${column})`
const TEXTS = namesOf(DEAL_TEXTS)
const COLUMNS = `id, status, stage_id, coalesce(own_amount, amount) AS amount, coalesce(own_cost, cost) AS cost,
  currency, owner_id, expected_close, chance, source_id, client_id, contact_id, opened_on,
  opened_known, closed_on, ${TEXTS.join(', ')},
  ${named('owners', 'owner_id')} AS owner, ${named('sources', 'source_id')} AS source,
  ${named('reasons', 'reason_id')} AS reason, ${named('stages', 'stage_id')} AS stage,
  ${named('contacts', 'contact_id')} AS contact`
const NAMED = `client_id = :client AND title_key = :title AND process_id = :process
  AND (ref IS NULL OR :ref IS NULL) AND id <= :last`
// What a row does not say does not differ from anything.
const TOLD_ALIKE = `status = :status
  AND CASE WHEN opened_known = 1 THEN coalesce(:opened, opened_on) = opened_on
    ELSE coalesce(:opened <= opened_on, true) END
  AND (:closed IS NULL OR closed_on = :closed)`
// Another file would know the opening day only of a deal that came from a file. A deal that ended
// before the other began is a different one.
const NOT_ANOTHER = `(import_id IS NULL OR opened_known = 0 OR coalesce(:opened, opened_on) = opened_on)
  AND coalesce(closed_on >= :opened, true) AND (opened_known = 0 OR coalesce(opened_on <= :closed, true))`

/** The deal of an earlier row, which has the same client, title and days but is another. */
export interface Apart {
  id: number
  /** What the two differ in. */
  by: string
}

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && nameKey(one) !== nameKey(other)
}

/** What a row contradicts a deal in that it could be; null if it can be that deal again. */
function differenceOf(known: Known, draft: DealDraft): string | null {
  const isOther = draft.currency !== known.currency
  if (
    draft.amount !== null &&
    known.amount !== null &&
    (isOther || draft.amount !== known.amount)
  ) {
    return 'amount'
  }
  if (draft.cost !== null && known.cost !== null && draft.cost !== known.cost) return 'cost'
  if (differ(known.expected_close, draft.expectedClose)) return 'expected close'
  if (draft.chance !== null && known.chance !== null && draft.chance !== known.chance) {
    return 'chance'
  }
  const term = (['owner', 'source', 'reason', 'contact', ...TEXTS] as const).find((column) =>
    differ(known[column], draft[column]),
  )
  if (term !== undefined) return term
  if (draft.status === 'open' && differ(known.stage, draft.stage)) return 'stage'
  // A deal has one note: another one would be lost, and rows of one title often differ in nothing else.
  return draft.note !== null && tidyText(draft.note) !== known.note ? 'note' : null
}

/** The property that has another value in a row than in a deal. */
function propertyOf(known: ReadonlyMap<string, string>, { properties }: DealDraft): string | null {
  const other = properties.find(({ name, value }) =>
    differ(known.get(nameKey(name)) ?? null, value),
  )
  return other?.name ?? null
}

/**
 * Recognises the deals that rows are about: by reference; without one by client, title and process.
 * Many deals may have one title, such as a licence that is renewed every year. Each deal of the book
 * matches one row of the file: the one with the same outcome, opening and closing day, else,
 * if it is the only one left, one that may say what became of it. Rows that differ in these, or in
 * anything else that both state, are different deals; the same row again is the same deal.
 * @param settle writes deals to the book that are still collected.
 */
export function dealFinder(store: Store, settle: () => void) {
  const byRef = store.prepare(`SELECT ${COLUMNS} FROM deals WHERE ref = ?`)
  const byId = store.prepare(`SELECT ${COLUMNS} FROM deals WHERE id = ?`)
  const ofClient = store.prepare(`SELECT ${COLUMNS} FROM deals WHERE id = ? AND client_id = ?`)
  const ofNumber = byMadeRef(store, 'deals', settle)
  const alike = store
    .prepare(`SELECT id FROM deals WHERE ${NAMED} AND ${TOLD_ALIKE} ORDER BY id`)
    .pluck()
  const others = store
    .prepare(`SELECT id FROM deals WHERE ${NAMED} AND ${NOT_ANOTHER} ORDER BY id`)
    .pluck()
  /** Deals from here on are the file's own. */
  const last = store.prepare('SELECT coalesce(max(id), 0) FROM deals').pluck().get() as number
  const propertiesOf = store
    .prepare(
      `SELECT n.name_key, p.value FROM deal_properties p JOIN properties n ON n.id = p.property_id
       WHERE p.deal_id = ?`,
    )
    .raw()
  /** Deals of the file by their references. */
  const refs = new KeyTable()
  const rowsOf = new Map<string, number[]>()
  /** Exact rows, by the deal of the book that they stood for. */
  const rows = new KeyTable()
  /** Deals of the book that a row stood for. */
  const taken = new Set<number>()

  /** What distinguishes a row without a reference from others of its title. */
  const tellsApart = (
    { ref, status, opened, closed, title }: DealDraft,
    { client, process }: Place,
  ): string => [client, process, status, opened, closed, ref, nameKey(title)].join('\n')

  /** The only deal that no other row of the file stands for. */
  const onlyOne = (ids: readonly unknown[]): number | undefined => {
    const free = (ids as number[]).filter((id) => !taken.has(id))
    return free.length === 1 ? free[0] : undefined
  }

  const differenceFrom = (known: Known, draft: DealDraft): string | null => {
    const difference = differenceOf(known, draft)
    if (difference !== null || draft.properties.length === 0) return difference
    return propertyOf(new Map(propertiesOf.all(known.id) as [string, string][]), draft)
  }

  const toTheLetter = (draft: DealDraft, at: Place): string => JSON.stringify([draft, at])

  const read = (id: number): Known => {
    if (id > last) settle()
    return byId.get(id) as Known
  }
  const knownBy = (id: number | undefined): Known | undefined =>
    id === undefined ? undefined : read(id)

  /** The deal with a reference; most rows are the first with theirs, and many books have no deal yet. */
  const withRef = (ref: string): Known | undefined => {
    if (refs.get(ref) !== undefined) settle()
    else if (last === 0) return undefined
    return byRef.get(ref) as Known | undefined
  }

  /** The first deal that agrees with the row, else the first, of those that no other row stands for. */
  const alikeOne = (ids: readonly unknown[], draft: DealDraft): number | undefined => {
    let first: number | undefined
    for (const id of ids as number[]) {
      if (taken.has(id)) continue
      if (differenceFrom(byId.get(id) as Known, draft) === null) return id
      first ??= id
    }
    return first
  }

  /** The deal that was in the book before and that a row may repeat. */
  const ofBook = (draft: DealDraft, at: Place): number | undefined => {
    const { ref, status, opened, closed } = draft
    const looked = { title: nameKey(draft.title), ref, last, status, opened, closed, ...at }
    return alikeOne(alike.all(looked), draft) ?? onlyOne(others.all(looked))
  }

  return {
    /** The deal of the book, or of an earlier row, that a row is about. */
    find(draft: DealDraft, at: Place): { known: Known | undefined; apart: Apart | null } {
      const { ref, closed, title } = draft
      // As the book counts it: never after the day it closed.
      const opened =
        draft.opened !== null && closed !== null && draft.opened > closed ? closed : draft.opened
      const titleKey = nameKey(title)
      if (ref !== null) {
        const found = withRef(ref)
        if (found) return { known: found, apart: null }
        const own = ofNumber(ref, titleKey)
        if (own !== null) {
          return { known: ofClient.get(own, at.client) as Known | undefined, apart: null }
        }
      }
      const again = last === 0 || ref !== null ? undefined : rows.get(toTheLetter(draft, at))
      if (again !== undefined) return { known: knownBy(again), apart: null }
      const told = ref === null ? rowsOf.get(tellsApart(draft, at)) : undefined
      const earlier = (told ?? []).map(read)
      const differences = earlier.map((known) => differenceFrom(known, draft))
      const same = earlier[differences.indexOf(null)]
      if (same) return { known: same, apart: null }
      const id = last === 0 ? undefined : ofBook({ ...draft, opened }, at)
      const [other] = earlier
      const apart = other && id === undefined ? { id: other.id, by: differences[0] ?? '' } : null
      return { known: knownBy(id), apart }
    },
    /** Remembers which deal a row stood for, once it is written. */
    keep(draft: DealDraft, at: Place, id: number): void {
      if (id <= last) taken.add(id)
      if (draft.ref !== null) {
        if (id > last) refs.add(draft.ref, id)
        return
      }
      if (id <= last) rows.add(toTheLetter(draft, at), id)
      const key = tellsApart(draft, at)
      const deals = rowsOf.get(key)
      if (!deals) rowsOf.set(key, [id])
      else if (!deals.includes(id)) deals.push(id)
    },
  }
}
