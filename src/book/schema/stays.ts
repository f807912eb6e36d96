/**
 * The course of deals in few bytes, as `book/stays` reads it: client, process, terms and every stay of
 * the deals of 256 numbers in one row. Follows from deals and events; `settleStays` keeps it.
 */
export interface StaysTable {
  block: number
  deals: Uint8Array
}
