import { Fault } from '../domain/fault.ts'
import { shortened } from '../domain/plain-text.ts'
import { counted } from '../domain/text.ts'
import type { Outcome } from './outcome.ts'
import { firstReasons } from './reasons.ts'

/** A row that could not be imported, as it came. */
export interface Reject {
  row: number
  reason: string
  cells: string[]
}

/** Reasons quote a cell, however long it is; what is written can be shorter. */
const LONGEST_REASON = 1000

/** Counts what becomes of rows, and keeps those that are rejected. */
export class Tally {
  readonly counts: Record<Outcome, number> = { created: 0, updated: 0, unchanged: 0, skipped: 0 }
  readonly rejects: Reject[] = []
  readonly #most: number | null

  /** @param most rejects that are allowed; null for any number. */
  constructor(most: number | null) {
    this.#most = most
  }

  take(outcome: Outcome): void {
    this.counts[outcome] += 1
  }

  /** @throws Fault `failed` if it is one too many. */
  reject(row: number, reason: string, cells: string[]): void {
    this.rejects.push({ row, reason: shortened(reason, LONGEST_REASON), cells })
    if (this.#most === null || this.rejects.length <= this.#most) return
    const first = firstReasons(this.rejects).map((line) => `\n  ${line}`)
    const many = this.#most === 0 ? 'a row is' : `more than ${counted(this.#most, 'row')} are`
    const message = `${many} rejected; nothing was imported${first.join('')}`
    throw new Fault('failed', message, 'fix the file, or allow more with --max-rejects')
  }
}
