import type { Day } from '../../domain/day.ts'
import type { DealStatus } from '../../domain/deal-state.ts'
import type { HistoryRow } from './events-from-rows.ts'
import type { EventRow } from './read-event.ts'
import { addAll } from '../../domain/lists.ts'

/** Terms, or a reopening, which belong to the next step on their day if there is one. */
interface Waiting extends Pick<HistoryRow, 'at' | 'amount' | 'ownerId'> {
  reopened: boolean
}

/** What an event says about the deal's steps. */
type Step = Pick<EventRow, 'kind' | 'at' | 'stage_id' | 'amount' | 'owner_id'>

function isFollowedBy(waiting: Waiting | null, { at, kind }: Step): waiting is Waiting {
  if (waiting?.at !== at || kind === 'opened' || kind === 'amended') return false
  return kind === 'moved' || !waiting.reopened
}

/**
 * The rows of a history that events came from, as far as they can still be recovered: the reverse of
 * `courseOf`. Rows that changed nothing are gone.
 * @param events of one deal in their order, without those that no history gave.
 */
export function rowsFromEvents(events: readonly Step[]): HistoryRow[] {
  const rows: HistoryRow[] = []
  let stageId: number | null = null
  let outcome: DealStatus = 'open'
  let waiting: Waiting | null = null

  const settle = (left: Waiting | null): void => {
    if (!left) return
    const { at, amount, ownerId } = left
    rows.push({ at, amount, ownerId, outcome, stageId: outcome === 'open' ? stageId : null })
  }
  for (const event of events) {
    const { kind, at } = event
    const goesOn: boolean = isFollowedBy(waiting, event)
    if (!goesOn) settle(waiting)
    const { amount, ownerId }: Pick<HistoryRow, 'amount' | 'ownerId'> =
      goesOn && waiting ? waiting : { amount: event.amount, ownerId: event.owner_id }
    waiting = null
    if (kind === 'amended') {
      waiting = { at, amount, ownerId, reopened: false }
      continue
    }
    outcome = kind === 'won' || kind === 'lost' ? kind : 'open'
    if (kind === 'reopened') {
      waiting = { at, amount, ownerId, reopened: true }
      continue
    }
    if (outcome === 'open') stageId = event.stage_id
    rows.push({ at, amount, ownerId, outcome, stageId: event.stage_id })
  }
  settle(waiting)
  return rows
}

/** How two lists of the same deal are merged. */
interface Joining<T> {
  isSame: (inBook: T, inFile: T) => boolean
  /** Does it end a deal? */
  isEnd: (one: T) => boolean
  both: (inBook: T, inFile: T) => T
  /** Does the one in the file change the one in the book, so that it must come after it? */
  overrides?: (inBook: T, inFile: T) => boolean
}

/**
 * What is known and what a file says, each once, by day. Within a day, the file's order holds if
 * it shares rows with what is known; else its rows come last, before an end on that day. What
 * changes what is known of that day comes after it, and so holds.
 * @param inBook in order.
 * @param inFile in order.
 * @param both what is kept of one that is in both.
 */
export function joined<T extends { at: Day }>(
  inBook: readonly T[],
  inFile: readonly T[],
  how: Joining<T>,
): T[] {
  const days = [...new Set([...inBook, ...inFile].map(({ at }) => at))].toSorted()
  return days.flatMap((day) => {
    const isOfDay = ({ at }: T): boolean => at === day
    return joinedDay(inBook.filter(isOfDay), inFile.filter(isOfDay), how)
  })
}

function joinedDay<T>(
  inBook: readonly T[],
  inFile: readonly T[],
  { isSame, isEnd, both, overrides = () => false }: Joining<T>,
): T[] {
  const day: T[] = []
  let next = 0
  let loose: T[] = []
  const isOverridden = (one: T | undefined, row: T): one is T =>
    one !== undefined && overrides(one, row) && !inFile.some((other) => isSame(one, other))
  for (const row of inFile) {
    const place = inBook.findIndex((one, index) => index >= next && isSame(one, row))
    const found = inBook[place]
    if (found) {
      addAll(day, [...inBook.slice(next, place), ...loose, both(found, row)])
      next = place + 1
      loose = []
    } else if (next > 0) {
      for (let one = inBook[next]; isOverridden(one, row); one = inBook[next]) {
        day.push(one)
        next += 1
      }
      day.push(row)
    } else loose.push(row)
  }
  const rest = inBook.slice(next)
  const last = rest.at(-1)
  const comesBefore = last !== undefined && isEnd(last) && !loose.some(isEnd)
  return comesBefore ? [...day, ...rest.slice(0, -1), ...loose, last] : [...day, ...rest, ...loose]
}
