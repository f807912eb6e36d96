import { unindexed } from '../../book/store/sql.ts'
import type { Store } from '../../book/store/store.ts'
import { rowChanger } from '../../book/store/put.ts'
import { carefulInsert } from '../../book/store/bulk.ts'
import type { InteractionResult } from '../../book/schema/work.ts'
import { Fault } from '../../domain/fault.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import { nameKey } from '../../domain/name.ts'
import type { Moment } from '../../records/moment.ts'
import { interactionRow } from '../../records/rows/interaction.ts'
import type { Cells } from '../row-cells.ts'
import type { ClientName, clientNames } from '../client-names.ts'
import { nearestDeals } from '../deal-names.ts'
import { leftAlone } from '../left-alone.ts'
import { madeNumber } from '../made-refs.ts'
import type { NameBook } from '../names.ts'
import { noDay } from '../no-day.ts'
import type { Writer } from '../outcome.ts'
import type { RowTimes, TimeReader } from '../times.ts'
import { titledDeals } from '../titled-deals.ts'
import { DIRECTIONS, interactionResult, KINDS, RESULTS } from '../values/contact-words.ts'
import { wordKey } from '../values/words.ts'

/** How interactions are written. */
export interface InteractionWriting {
  store: Store
  names: NameBook
  clientOf: ReturnType<typeof clientNames>
  moment: Moment
  times: TimeReader
  /** A large file: in an empty book the indexes are better built at the end. */
  large: boolean
}

/** @throws Fault `usage` if the words do not include it. */
function word<T extends string>(
  text: string | null,
  words: ReadonlyMap<string, T>,
  what: string,
): T | null {
  if (text === null) return null
  const found = words.get(wordKey(text))
  if (found !== undefined) return found
  const allowed = [...new Set(words.values())].join(', ')
  throw new Fault('usage', `the ${what} “${text}” is not one of: ${allowed}`)
}

function resultOf(text: string | null): InteractionResult | null {
  if (text === null) return null
  const found = interactionResult(text)
  if (found) return found
  throw new Fault('usage', `the result “${text}” is not one of: ${RESULTS.join(', ')}`)
}

/** Reads a row as an interaction. @throws Fault `usage` if one of its words is not known. */
export function draftInteraction(cells: Cells) {
  return {
    kind: word(cells.one('kind'), KINDS, 'kind') ?? 'note',
    direction: word(cells.one('direction'), DIRECTIONS, 'direction'),
    result: resultOf(cells.one('result')),
    at: cells.day('at'),
    owner: cells.one('owner'),
    contact: cells.one('contact'),
    deal: cells.one('deal'),
    text: cells.all('text').join('\n'),
  }
}

/** What may differ in an interaction that is recognised. */
const FIELDS = ['result', 'owner', 'contact', 'minutes'] as const
/** The number of an owner that the book lacks. */
const NOBODY = -1

interface Held extends Record<(typeof FIELDS)[number], string | number | null> {
  id: number
  time: TimeOfDay | null
}

/** The place of the one with that time, else of one without, or of any if no time is given; -1 for none. */
function placeOf(held: readonly Held[], time: TimeOfDay | null): number {
  const same = held.findIndex((one) => one.time === time)
  if (same >= 0) return same
  return time === null ? Math.min(0, held.length - 1) : held.findIndex((one) => one.time === null)
}

interface Deal {
  id: number
  client: number
}

/** What the book does not know yet of when and how long: an earlier import may have left it out. */
function newTimes({ time, minutes }: RowTimes, held: Held): Partial<RowTimes> {
  return {
    ...(time !== null && held.time === null && { time }),
    ...(minutes !== null && held.minutes === null && { minutes }),
  }
}

/** Turns the rows of a list of calls, mails and meetings into interactions. */
export function interactionWriter(how: InteractionWriting): Writer {
  const dealByRef = how.store.prepare('SELECT id, client_id AS client FROM deals WHERE ref = ?')
  const dealByNumber = how.store.prepare(
    `SELECT d.id, d.client_id AS client FROM deals d JOIN clients c ON c.id = d.client_id
     WHERE d.id = ? AND d.ref IS NULL AND c.name_key = ?`,
  )
  const contactOf = how.store
    .prepare('SELECT id FROM contacts WHERE client_id = ? AND name_key = ? ORDER BY id')
    .pluck()
  // Looked up by client and day, not among all others of the day.
  const same = how.store.prepare(
    `SELECT id, time, minutes, result, owner_id AS owner, contact_id AS contact FROM interactions
     WHERE client_id = ? AND at = ? AND ${unindexed('kind')} = ?
       AND text IS NOT DISTINCT FROM ? AND deal_id IS NOT DISTINCT FROM ?
       AND direction IS NOT DISTINCT FROM ?
     ORDER BY id`,
  )
  const change = rowChanger(how.store, 'interactions')
  const left = leftAlone(how.store, 'interactions')
  const wasEmpty = how.store.prepare('SELECT 1 FROM interactions LIMIT 1').get() === undefined
  const makeIndexes = how.store.manyRows(how.large && wasEmpty ? ['interactions'] : [])
  const rows = carefulInsert(how.store, 'interactions')
  /** The deal whose number a reference may stand for: what the file says about it must be known. */
  const byNumber = (ref: string | null, client: string | null): Deal | undefined =>
    dealByNumber.get(madeNumber('deals', ref), nameKey(client ?? '')) as Deal | undefined
  const dealById = how.store.prepare('SELECT id, client_id AS client FROM deals WHERE id = ?')
  const titled = titledDeals(how.store)
  const near = nearestDeals(how.store)
  const noDeal = (ref: string | null): Fault => {
    const nearest = near('either', ref ?? '', null)
    return new Fault('usage', `the book has no deal with the reference or title “${ref}”${nearest}`)
  }
  const byTitle = (title: string | null, client: ClientName): Deal | undefined => {
    const id = title === null ? null : titled({ title, ref: null, client })
    return id === null ? undefined : (dealById.get(id) as Deal)
  }
  /** Those of the book that no row has stood for yet; two unanswered calls on one day are two. */
  const waiting = new Map<string, Held[]>()
  /** The interaction of the book that a row stands for, among several with the same words. */
  const heldAs = (what: readonly unknown[], time: TimeOfDay | null): Held | undefined => {
    const key = JSON.stringify(what)
    const held = waiting.get(key) ?? (same.all(...what) as Held[])
    waiting.set(key, held)
    const place = placeOf(held, time)
    return place < 0 ? undefined : held.splice(place, 1)[0]
  }
  return {
    keep: rows.keep,
    write(cells, origin) {
      const row = draftInteraction(cells)
      if (row.at === null) throw noDay(cells.one('at'))
      const times = how.times.read(cells, 'at', row.at)
      how.names.check('owners', row.owner)
      const byRef = row.deal === null ? null : (dealByRef.get(row.deal) as Deal | undefined)
      const named = { ref: cells.one('client-ref'), name: cells.one('client') }
      const meant = byRef === undefined ? byTitle(row.deal, named) : byRef
      const deal = meant === undefined ? byNumber(row.deal, named.name) : meant
      if (deal === undefined) throw noDeal(row.deal)
      const client = deal?.client ?? how.clientOf(named, origin)
      const contactId =
        row.contact === null
          ? null
          : (contactOf.get(client, nameKey(row.contact)) as number | undefined)
      // A person unknown to the book is kept in the text.
      const text = contactId === undefined ? `${row.contact}: ${row.text}`.trim() : row.text || null
      const what = [client, row.at, row.kind, text, deal?.id ?? null, row.direction]
      // Those that the file itself has added are never as many as its rows.
      const existing = wasEmpty ? undefined : heldAs(what, times.time)
      if (existing) {
        const owner = row.owner === null ? null : (how.names.known('owners', row.owner) ?? NOBODY)
        const given = { result: row.result, owner, contact: contactId ?? null, ...times }
        const news = newTimes(times, existing)
        const others = FIELDS.filter(
          (field) => given[field] !== null && given[field] !== existing[field] && !(field in news),
        )
        left.add(origin.row, existing.id, others, cells)
        if (Object.keys(news).length === 0) return 'unchanged'
        change(existing.id, news)
        return 'updated'
      }
      if (meant === undefined) throw noDeal(row.deal)
      const { kind, direction, result } = row
      const interaction = {
        kind,
        clientId: client,
        dealId: deal?.id ?? null,
        contactId: contactId ?? null,
        ownerId: how.names.id('owners', row.owner),
        direction,
        result,
        ...times,
        text: text ?? '',
        origin: { importId: origin.importId(), row: origin.row },
      }
      rows.add(interactionRow(interaction, { ...how.moment, on: row.at }))
      return 'created'
    },
    takenBack() {
      rows.takeBack()
      how.names.forget()
      how.clientOf.forget()
    },
    finish() {
      rows.flush()
      makeIndexes()
      const loud = [...left.notes('value'), ...how.times.notes()]
      return Promise.resolve({ late: [], notes: loud, loud, left: left.found() })
    },
  }
}
