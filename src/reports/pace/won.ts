import type { DealCursor } from '../../book/stays/cursor.ts'
import { closedIn, type DayWindow } from './days.ts'

/** What is kept of a deal won in a window whose opening day is known. */
export interface Win {
  id: number
  client: number
  owner: number | null
  opened: number
  closed: number
}

/** What is kept of a deal won in a window; null if it was not, or nobody knows when it was opened. */
export function winIn(deal: DealCursor, window: DayWindow): Win | null {
  if (deal.status !== 'won' || !deal.openedKnown || !closedIn(deal, window)) return null
  const { id, client, owner, opened } = deal
  return { id, client, owner, opened, closed: deal.closed as number }
}
