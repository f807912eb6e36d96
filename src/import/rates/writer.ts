import { bulkInsert } from '../../book/store/bulk.ts'
import { rowChanger } from '../../book/store/put.ts'
import type { Store } from '../../book/store/store.ts'
import type { Rate } from '../../domain/rate.ts'
import { type DatedRate, rateRow } from '../../records/rows/rate.ts'
import type { Outcome } from '../outcome.ts'

/** What an import of rates did, rate by rate. */
export interface RateCounts {
  added: number
  changed: number
}

/** Brings rates into the book: those of a day that it has are changed, if they differ. */
export function rateWriter(store: Store, source: string) {
  const rates = bulkInsert(store, 'rates')
  const change = rowChanger(store, 'rates')
  const known = new Map<string, { id: number; rate: Rate }>()
  const key = ({ currency, per, day }: DatedRate): string => `${day}${currency}${per}`
  const rows = store.prepare('SELECT id, currency, per, day, rate FROM rates').all()
  for (const { id, ...rate } of rows as (DatedRate & { id: number })[]) {
    known.set(key(rate), { id, rate: rate.rate })
  }
  const counts: RateCounts = { added: 0, changed: 0 }

  const bring = (rate: DatedRate): Outcome => {
    const there = known.get(key(rate))
    if (there?.rate === rate.rate) return 'unchanged'
    if (there) {
      // It may be one of this file that has not been inserted yet.
      rates.flush()
      change(there.id, { rate: rate.rate, source })
      there.rate = rate.rate
      counts.changed += 1
      return 'updated'
    }
    known.set(key(rate), { id: rates.add(rateRow(rate, source)), rate: rate.rate })
    counts.added += 1
    return 'created'
  }
  return {
    counts,
    /** Writes the rates of a row. @returns what became of the row: `skipped` if it has none. */
    write(some: readonly DatedRate[]): Outcome {
      const outcomes = new Set(some.map(bring))
      const order = ['created', 'updated', 'unchanged'] as const
      return order.find((outcome) => outcomes.has(outcome)) ?? 'skipped'
    },
    finish: () => rates.flush(),
  }
}
