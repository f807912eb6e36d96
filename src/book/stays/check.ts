import type { Statements } from '../store/store.ts'
import { splitBlock } from './block.ts'
import { blocksOfEvents } from './build.ts'

/** So many deals are named; one more says nothing new. */
const MOST_NAMED = 20

/** The deals of a block whose histories differ, or are on one side only. */
function differing(block: number, kept: Uint8Array, wanted: Uint8Array): number[] {
  if (Buffer.compare(kept, wanted) === 0) return []
  const [here, there] = [splitBlock(block, kept), splitBlock(block, wanted)]
  const ids = [...new Set([...here.keys(), ...there.keys()])].toSorted((a, b) => a - b)
  return ids.filter((id) => {
    const [own, other] = [here.get(id), there.get(id)]
    return !own || !other || Buffer.compare(own, other) !== 0
  })
}

const NOTHING = new Uint8Array(0)
const END: [number, Uint8Array] = [Infinity, NOTHING]

/** The deals whose stays are not what their events tell: their numbers, in order. */
function* wrongDeals(store: Statements): Generator<number> {
  const kept = store
    .prepare('SELECT block, deals FROM stays ORDER BY block')
    .raw()
    .iterate() as IterableIterator<[number, unknown]>
  const take = (): [number, Uint8Array] => {
    const next = kept.next()
    if (next.done === true) return END
    const [block, bytes] = next.value
    // What is not bytes, as in a damaged file, holds no deal.
    return [block, bytes instanceof Uint8Array ? bytes : NOTHING]
  }
  try {
    let [block, bytes] = take()
    for (const [wantedBlock, wanted] of blocksOfEvents(store)) {
      for (; block < wantedBlock; [block, bytes] = take()) yield* differing(block, bytes, NOTHING)
      yield* differing(wantedBlock, block === wantedBlock ? bytes : NOTHING, wanted)
      if (block === wantedBlock) [block, bytes] = take()
    }
    for (; block < Infinity; [block, bytes] = take()) yield* differing(block, bytes, NOTHING)
  } finally {
    // Whoever has seen enough leaves a query under way.
    kept.return?.()
  }
}

/** Compares the stays that are kept with those that the events of each deal tell. */
export function wrongStays(store: Statements): string[] {
  const found: string[] = []
  for (const deal of wrongDeals(store)) {
    found.push(
      `deal ${deal}: the stays kept for reports do not follow from the deal and its events`,
    )
    if (found.length === MOST_NAMED) break
  }
  return found
}
