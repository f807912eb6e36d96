/**
 * The course of deals in few bytes, as `book/stays` reads it: client, process, terms and every stay of
 * the deals of 256 numbers in one row. Follows from deals and events; `settleStays` keeps it.
 */
export interface StaysTable {
  block: number
  deals: Uint8Array
}

/** What the stays that ended came to, by place, as JSON that `book/stays/counts` reads. */
export interface StayCountsTable {
  process_id: number
  /** 0 in a process without stages. */
  stage_id: number
  outcome_only: 0 | 1
  counts: string
}
