import type { Statements } from '../store/store.ts'
import { eachIn, splitBlock } from './block.ts'
import { blocksOfEvents } from './build.ts'
import { countLines, DealCounts, keptCounts } from './counts.ts'
import { cursorOfNow } from './cursor.ts'

/** How many deals to name; more would add nothing. */
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

/** The numbers of the deals whose stays do not match their events, in order. */
function* wrongDeals(store: Statements, counts: DealCounts): Generator<number> {
  const deal = cursorOfNow()
  const kept = store
    .prepare('SELECT block, deals FROM stays ORDER BY block')
    .raw()
    .iterate() as IterableIterator<[number, unknown]>
  const take = (): [number, Uint8Array] => {
    const next = kept.next()
    if (next.done === true) return END
    const [block, bytes] = next.value
    // Anything but bytes, as in a damaged file, contains no deal.
    return [block, bytes instanceof Uint8Array ? bytes : NOTHING]
  }
  try {
    let [block, bytes] = take()
    for (const [wantedBlock, wanted] of blocksOfEvents(store)) {
      eachIn(wantedBlock, wanted, (id, from) => {
        deal.read(id, wanted, from)
        counts.add(deal)
      })
      for (; block < wantedBlock; [block, bytes] = take()) yield* differing(block, bytes, NOTHING)
      yield* differing(wantedBlock, block === wantedBlock ? bytes : NOTHING, wanted)
      if (block === wantedBlock) [block, bytes] = take()
    }
    for (; block < Infinity; [block, bytes] = take()) yield* differing(block, bytes, NOTHING)
  } finally {
    // A caller that has seen enough leaves the query unfinished.
    kept.return?.()
  }
}

/** Do the stored counts differ from those of the book's deals? */
function wrongCounts(store: Statements, wanted: DealCounts): boolean {
  try {
    const kept = countLines(keptCounts(store))
    return kept.join('\n') !== countLines(wanted).join('\n')
  } catch {
    return true
  }
}

/** Compares the stored stays and their counts with the events of each deal. */
export function wrongStays(store: Statements): string[] {
  const found: string[] = []
  const counts = new DealCounts()
  for (const deal of wrongDeals(store, counts)) {
    found.push(
      `deal ${deal}: the stays kept for reports do not follow from the deal and its events`,
    )
    if (found.length === MOST_NAMED) return found
  }
  if (wrongCounts(store, counts)) {
    found.push('the counts kept for chances to win do not follow from the stays of the deals')
  }
  return found
}
