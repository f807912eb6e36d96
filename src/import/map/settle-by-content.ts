import { lookOf } from './content.ts'
import { findField, type ImportKind } from './fields.ts'
import type { Settled } from './settled.ts'

/** Days that may be in the cells of a column whose header says nothing. */
const DATES: Record<ImportKind, readonly string[]> = {
  clients: [],
  deals: ['opened', 'closed', 'expected-close'],
  history: ['at'],
  interactions: ['at'],
  tasks: ['due'],
  products: [],
  prices: [],
  goals: [],
  invoices: ['issued'],
  payments: ['on'],
  bookings: ['booked'],
  lines: [],
}

/** Settles columns by what their cells look like, if only one field can be meant. */
export function settleByContent(
  columns: readonly number[],
  samples: readonly (readonly string[])[],
  settled: Settled,
): void {
  const { kind } = settled
  const dated: number[] = []
  for (const index of columns) {
    const look = lookOf(samples, index)
    if (look === 'date') dated.push(index)
    else if (look && findField(kind, look))
      settled.settle(index, { to: 'field', field: look }, 'content')
  }
  // An open deal's expected close may be under `closed`; then none is missing.
  const missing = DATES[kind].filter(
    (field) =>
      !settled.isTaken(field) && !(field === 'expected-close' && settled.isTaken('closed')),
  )
  const [column, ...otherColumns] = dated
  const [field, ...otherFields] = missing
  if (column === undefined || field === undefined) return
  if (otherColumns.length > 0 || otherFields.length > 0) return
  settled.settle(column, { to: 'field', field }, 'content')
}
