// A list as long as a book cannot be spread into the arguments of a call: a few hundred thousand overflow the
// stack. These work for lists of any length.

/** The largest of some numbers, or `least` if none is larger. */
export function maxOf(values: Iterable<number>, least = -Infinity): number {
  let most = least
  for (const value of values) if (value > most) most = value
  return most
}

/** The smallest of some numbers, or `most` if none is smaller. */
export function minOf(values: Iterable<number>, most = Infinity): number {
  let least = most
  for (const value of values) if (value < least) least = value
  return least
}

/** Adds items to the end of a list. */
export function addAll<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item)
}

/**
 * An order with all items of an earlier one: those of `now` as they are there, each other one right after the
 * item that it followed. `[1, 2, 3, 4]` and now `[1, 4, 5]` is `[1, 2, 3, 4, 5]`.
 */
export function withOthers<T>(before: readonly T[], now: readonly T[]): T[] {
  const order = [...now]
  let after = -1
  for (const item of before) {
    if (!now.includes(item)) order.splice(after + 1, 0, item)
    after = order.indexOf(item)
  }
  return order
}
