import type { Day } from './day.ts'

/** A task, by names in place of numbers; null is unknown. */
export interface TaskRecord {
  id: number
  text: string
  due: Day | null
  status: 'open' | 'done' | 'dropped'
  owner: string | null
  client: string | null
  clientRef: string | null
  deal: string | null
  dealRef: string | null
  stage: string | null
  closed: Day | null
  result: string | null
  repeat: string | null
  /** The day that repetitions are counted from. */
  repeatFrom: Day | null
  /** Did the loss of its deal make it? */
  followUp: boolean
  added: Day
}
