import {
  countStay,
  LOST,
  MOVED,
  noStays,
  type StayCounts,
  together,
  WON,
} from '../../domain/chance/stay-counts.ts'
import type { Statements } from '../store/store.ts'
import { damagedStays } from './bytes.ts'
import type { DealCursor } from './cursor.ts'

/** Counts of the stays in a stage of a process. */
export interface PlaceCounts {
  process: number
  /** 0 in a process without stages. */
  stage: number
  /** Those of deals imported with only an outcome. */
  outcomeOnly: boolean
  /** Where moved deals went, by stage. */
  stays: StayCounts
  /** Deals that are won and lost, and were last in the stage. */
  won: number
  lost: number
}

const END = { moved: MOVED, won: WON, lost: LOST }

/** Counts of the stays of deals, by place. */
export class DealCounts {
  /** By process, then stage and whether outcomes only: `stage * 2 + outcomeOnly`. */
  readonly #processes = new Map<number, Map<number, PlaceCounts>>()

  /** The counts of a place, zero at first. */
  at(process: number, stage: number, outcomeOnly: boolean): PlaceCounts {
    const known = this.#processes.get(process)?.get(stage * 2 + (outcomeOnly ? 1 : 0))
    if (known) return known
    const made = { process, stage, outcomeOnly, stays: noStays(), won: 0, lost: 0 }
    this.put(made)
    return made
  }

  /** Takes the stored counts of a place. */
  put(counts: PlaceCounts): void {
    const places = this.#processes.get(counts.process) ?? new Map<number, PlaceCounts>()
    this.#processes.set(counts.process, places)
    places.set(counts.stage * 2 + (counts.outcomeOnly ? 1 : 0), counts)
  }

  /**
   * Counts a deal: how its stays ended, and its status. A stay that has not ended is left out.
   * @param times −1 takes the deal out again.
   */
  add(deal: DealCursor, times = 1): void {
    const { process, outcomeOnly } = deal
    for (let index = 0; index < deal.stays; index += 1) {
      const end = deal.ends[index] ?? null
      if (end === null) continue
      const [came, gone] = [deal.came[index] as number, deal.gone[index] as number]
      const isAgeless = index === 0 && !deal.openedKnown
      const isUntimed = (isAgeless && gone === came) || deal.endsKnown[index] === false
      const { stays } = this.at(process, deal.stages[index] as number, outcomeOnly)
      const next = end === 'moved' ? (deal.stages[index + 1] as number) : 0
      countStay(stays, gone - came + 1, END[end], isAgeless, isUntimed, next, times)
    }
    if (deal.status === 'open') return
    this.at(process, deal.stages[deal.stays - 1] as number, outcomeOnly)[deal.status] += times
  }

  *[Symbol.iterator](): IterableIterator<PlaceCounts> {
    for (const places of this.#processes.values()) yield* places.values()
  }
}

/** Counts as stored in the book: JSON that is the same for the same counts; null for none. */
function written({ stays, won, lost }: PlaceCounts): string | null {
  const { days, next, ageless, untimed } = stays
  const column = (counts: Float64Array): number[] => Array.from(counts)
  const kept = {
    days: column(days),
    moved: column(stays.moved),
    won: column(stays.won),
    lost: column(stays.lost),
    ageless,
    untimed,
    next: [...next].filter(([, count]) => count !== 0).toSorted(([a], [b]) => a - b),
    standing: [won, lost],
  }
  const isEmpty = Object.values(kept)
    .flat(2)
    .every((count) => count === 0)
  return isEmpty ? null : JSON.stringify(kept)
}

/** A row of `stay_counts`. */
interface CountsRow {
  process_id: number
  stage_id: number
  outcome_only: 0 | 1
  counts: string
}

/**
 * Reads a row of `stay_counts`.
 * @throws Fault `book` if something else is there, as in a damaged file.
 */
export function countsOf(row: CountsRow): PlaceCounts {
  try {
    const kept = JSON.parse(row.counts) as Record<string, number[]> & {
      next: [number, number][]
      ageless: number
      untimed: number
    }
    const column = (key: string): Float64Array => Float64Array.from(kept[key] as number[])
    const [won = 0, lost = 0] = kept.standing as number[]
    return {
      process: row.process_id,
      stage: row.stage_id,
      outcomeOnly: row.outcome_only === 1,
      stays: {
        days: column('days'),
        moved: column('moved'),
        won: column('won'),
        lost: column('lost'),
        ageless: kept.ageless,
        untimed: kept.untimed,
        next: new Map(kept.next),
      },
      won,
      lost,
    }
  } catch {
    throw damagedStays()
  }
}

const KEY = 'process_id = ? AND stage_id = ? AND outcome_only = ?'

/** Brings the counts that the book keeps up to date with a change. */
export function addCounts(store: Statements, change: DealCounts): void {
  const read = store.prepare(`SELECT * FROM stay_counts WHERE ${KEY}`)
  const remove = store.prepare(`DELETE FROM stay_counts WHERE ${KEY}`)
  const write = store.prepare('INSERT INTO stay_counts VALUES (?, ?, ?, ?)')
  for (const counts of change) {
    const { process, stage, outcomeOnly } = counts
    if (written(counts) === null) continue
    const key = [process, stage, outcomeOnly ? 1 : 0] as const
    const before = read.get(...key) as CountsRow | undefined
    const kept = before && countsOf(before)
    const now = kept
      ? {
          ...counts,
          stays: together(kept.stays, counts.stays),
          won: kept.won + counts.won,
          lost: kept.lost + counts.lost,
        }
      : counts
    remove.run(...key)
    const text = written(now)
    if (text !== null) write.run(...key, text)
  }
}

/** All counts as the book stores them, one line per place, for comparing. */
export function countLines(counts: Iterable<PlaceCounts>): string[] {
  return [...counts]
    .flatMap((one) => {
      const text = written(one)
      return text === null ? [] : `${one.process}:${one.stage}:${Number(one.outcomeOnly)} ${text}`
    })
    .toSorted()
}

/** Those that the book keeps. */
export function keptCounts(store: Statements): PlaceCounts[] {
  return (store.prepare('SELECT * FROM stay_counts').all() as CountsRow[]).map(countsOf)
}
