import type { Meaning } from './synonyms/index.ts'

/** A column and what it may be, the likeliest first. */
export interface Contender {
  index: number
  meanings: readonly Meaning[]
}

/**
 * Gives each field that takes one column to the best of those that want it: every column asks for
 * the likeliest of its fields, and one that is outranked, even later, asks for its next. So with
 * `Name` and `Company` the company is the client's name whichever comes first, and `Name` goes on
 * to be the contact. (Deferred acceptance, Gale and Shapley 1962: the result is the same in
 * whatever order the columns are asked.)
 * @returns the field of each column that got one.
 */
export function contest(
  contenders: readonly Contender[],
  isFree: (field: string) => boolean,
  takesMany: (field: string) => boolean,
): Map<number, string> {
  const won = new Map<number, string>()
  const holders = new Map<string, { contender: Contender; rank: number; next: number }>()
  const queue = contenders.map((contender) => ({ contender, next: 0 }))
  for (let asking = queue.pop(); asking; asking = queue.pop()) {
    const { contender, next } = asking
    const meaning = contender.meanings[next]
    if (!meaning) continue
    const { field, rank } = meaning
    if (takesMany(field)) {
      won.set(contender.index, field)
      continue
    }
    const holder = holders.get(field)
    const better =
      !holder ||
      rank < holder.rank ||
      (rank === holder.rank && contender.index < holder.contender.index)
    if (!isFree(field) || !better) {
      queue.push({ contender, next: next + 1 })
      continue
    }
    if (holder) {
      won.delete(holder.contender.index)
      queue.push({ contender: holder.contender, next: holder.next })
    }
    holders.set(field, { contender, rank, next: next + 1 })
    won.set(contender.index, field)
  }
  return won
}
