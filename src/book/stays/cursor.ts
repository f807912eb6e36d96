import { ByteReader } from './bytes.ts'
import { ENDS, FIRST_UNDATED, type StayEnd, unsigned } from './history.ts'

/** The last day of a stay that has not ended. */
const NOT_GONE = Number.MAX_SAFE_INTEGER

/** Reads deals as they stand after all their events. */
export function cursorOfNow(): DealCursor {
  return new DealCursor(NOT_GONE, () => -1)
}

/** The rank of a stage in a process, earliest lowest; -1 if it has none. */
export type RankOf = (process: number, stage: number) => number

/**
 * Reads deals from bytes one after another, as they were at the end of a day. One object is reused for all of
 * them, since a report goes through a million: copy whatever must be kept. Days are counted from 1 January
 * 1970, amounts are in minor units.
 */
export class DealCursor {
  readonly #reader = new ByteReader()
  readonly #asOf: number
  readonly #rankOf: RankOf

  id = 0
  client = 0
  process = 0
  source: number | null = null
  owner: number | null = null
  amount: number | null = null
  cost: number | null = null
  outcomeOnly = false
  opened = 0
  openedKnown = true
  status: 'open' | 'won' | 'lost' = 'open'
  /** The day of its current outcome; null while the deal is open. */
  closed: number | null = null
  /** The latest stage of its process that it reached; null in a process without stages. */
  furthest: number | null = null
  /** How many terms it has had; the arrays below hold each from its day on, then leftovers. */
  terms = 0
  readonly termDays: number[] = []
  readonly owners: (number | null)[] = []
  readonly amounts: (number | null)[] = []
  readonly costs: (number | null)[] = []
  /** How many stays it has; the arrays below hold each of them, then leftovers. */
  stays = 0
  readonly stages: number[] = []
  readonly came: number[] = []
  readonly gone: number[] = []
  readonly ends: StayEnd[] = []
  /** False if nobody knows the day of an outcome. */
  readonly endsKnown: boolean[] = []

  constructor(asOf: number, rankOf: RankOf) {
    this.#asOf = asOf
    this.#rankOf = rankOf
  }

  /**
   * Reads the deal that begins at a place in bytes that `encodeHistory` made.
   * @returns false if it was opened after the day.
   */
  read(id: number, bytes: Uint8Array, at: number): boolean {
    const last = this.#readHead(id, bytes, at)
    if (this.opened > this.#asOf) return false
    this.#readTerms()
    this.#readStays()
    if (last > this.#asOf) this.#turnBack()
    else this.#stand()
    return true
  }

  /** Gives the deal an amount and a cost from a day on, as the last of its terms. */
  agree(day: number, { amount, cost }: { amount: number | null; cost: number | null }): void {
    const index = this.terms
    this.termDays[index] = day
    this.owners[index] = this.owner
    this.amounts[index] = amount
    this.costs[index] = cost
    this.terms = index + 1
    this.amount = amount
    this.cost = cost
  }

  /** Did anything happen after the day to the deal that begins there? It is not read further. */
  isLater(id: number, bytes: Uint8Array, at: number): boolean {
    return this.#readHead(id, bytes, at) > this.#asOf
  }

  /** @returns the day of the deal's last event. */
  #readHead(id: number, bytes: Uint8Array, at: number): number {
    const reader = this.#reader
    reader.open(bytes, at)
    const flags = reader.number()
    this.id = id
    this.outcomeOnly = flags % 2 === 1
    this.openedKnown = flags >= 2
    this.client = reader.number()
    this.process = reader.number()
    this.source = reader.optional()
    this.furthest = reader.optional()
    this.opened = unsigned(reader.number())
    return this.opened + reader.number()
  }

  #readTerms(): void {
    const reader = this.#reader
    const all = reader.count()
    let day = this.opened
    let terms = 0
    for (let index = 0; index < all; index += 1) {
      day += reader.number()
      this.termDays[index] = day
      this.owners[index] = reader.optional()
      this.amounts[index] = reader.optional()
      this.costs[index] = reader.optional()
      if (day <= this.#asOf) terms = index + 1
    }
    this.terms = terms
    this.owner = this.owners[terms - 1] ?? null
    this.amount = this.amounts[terms - 1] ?? null
    this.cost = this.costs[terms - 1] ?? null
  }

  #readStays(): void {
    const reader = this.#reader
    const stays = reader.count()
    let day = this.opened
    for (let index = 0; index < stays; index += 1) {
      const stage = reader.number()
      if (stage % 2 === 1) day += reader.number()
      const ended = reader.number()
      const end = ended % ENDS.length
      this.stages[index] = stage >> 1
      this.came[index] = day
      day += (ended - end) / ENDS.length
      this.gone[index] = end === 0 ? NOT_GONE : day
      this.ends[index] = ENDS[end] as StayEnd
      this.endsKnown[index] = end < FIRST_UNDATED
    }
    this.stays = stays
  }

  /** Its state after the remaining stays. */
  #stand(): void {
    const end = this.stays === 0 ? null : (this.ends[this.stays - 1] as StayEnd)
    const isClosed = end === 'won' || end === 'lost'
    this.status = isClosed ? end : 'open'
    this.closed = isClosed ? (this.gone[this.stays - 1] as number) : null
  }

  /** Drops what came after the day. */
  #turnBack(): void {
    const asOf = this.#asOf
    let stays = this.stays
    while (stays > 0 && (this.came[stays - 1] as number) > asOf) stays -= 1
    this.stays = stays
    if (stays > 0 && (this.gone[stays - 1] as number) > asOf) {
      this.gone[stays - 1] = NOT_GONE
      this.ends[stays - 1] = null
    }
    this.furthest = this.#furthestOfStays()
    this.#stand()
  }

  #furthestOfStays(): number | null {
    let furthest = 0
    let best = -1
    for (let index = 0; index < this.stays; index += 1) {
      const stage = this.stages[index] as number
      if (stage === 0) continue
      const rank = this.#rankOf(this.process, stage)
      if (furthest !== 0 && rank <= best) continue
      furthest = stage
      best = rank
    }
    return furthest === 0 ? null : furthest
  }
}
