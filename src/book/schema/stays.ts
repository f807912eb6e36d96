/**
 * Compact histories of deals for `book/stays`: a row has the client, process, terms and every stay of the
 * deals of 256 numbers. Derived from deals and events; `settleStays` keeps it up to date.
 */
export interface StaysTable {
  block: number
  deals: Uint8Array
}

/** The counts of the stays that ended, by place, as JSON that `book/stays/counts` reads. */
export interface StayCountsTable {
  process_id: number
  /** 0 in a process without stages. */
  stage_id: number
  outcome_only: 0 | 1
  counts: string
}
