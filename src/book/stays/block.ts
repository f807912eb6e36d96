import { ByteReader, ByteWriter, damagedStays } from './bytes.ts'

/**
 * How many deal numbers share a row of `stays`. That makes rows of about 8 KB: with fewer deals, reports have
 * more rows to read; with more, a step of one deal has more bytes to write.
 */
export const BLOCK = 256

/** The row that a deal is in. */
export function blockOf(deal: number): number {
  return Math.floor(deal / BLOCK)
}

const scratch = new ByteWriter()

/** The histories of one block in bytes: for each, its place in the block, its length and its bytes. */
export function joinBlock(histories: ReadonlyMap<number, Uint8Array>): Uint8Array {
  for (const [id, bytes] of [...histories].toSorted(([a], [b]) => a - b)) {
    scratch.number(id % BLOCK)
    scratch.number(bytes.length)
    scratch.bytes(bytes)
  }
  return scratch.take()
}

const reader = new ByteReader()

/** Goes through the histories of a block: `take` gets the start and end of each. */
export function eachIn(
  block: number,
  bytes: Uint8Array,
  take: (id: number, from: number, to: number) => void,
): void {
  let at = 0
  while (at < bytes.length) {
    reader.open(bytes, at)
    const id = block * BLOCK + reader.number()
    const length = reader.number()
    const from = reader.at
    at = from + length
    take(id, from, at)
  }
}

/**
 * The bytes of a block from a row of `stays`.
 * @throws Fault `book` if something else is there, as in a damaged file.
 */
export function storedBytes(deals: unknown): Uint8Array {
  if (deals instanceof Uint8Array) return deals
  throw damagedStays()
}

/** The same histories one by one, by the deal's id. */
export function splitBlock(block: number, bytes: Uint8Array): Map<number, Uint8Array> {
  const histories = new Map<number, Uint8Array>()
  eachIn(block, bytes, (id, from, to) => histories.set(id, bytes.subarray(from, to)))
  return histories
}
