/** How full a table gets before it grows. */
const FULL = 0.7
const FIRST_SIZE = 1 << 12
const FNV_PRIME = 0x01000193
const FNV_START = 0x811c9dc5
const OTHER_PRIME = 0x85ebca6b

/** Two independent hashes of a text: FNV-1a, and a second one by another multiplier. */
function hashes(text: string): [number, number] {
  let first = FNV_START
  let second = text.length
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    first = Math.imul(first ^ code, FNV_PRIME)
    second = Math.imul(second ^ code, OTHER_PRIME)
    second ^= second >>> 15
  }
  return [first ^ (first >>> 16), second ^ (second >>> 13)]
}

/**
 * The first number given for each text, in about 12 bytes per text: a map of a million texts
 * would take ten times as much. Texts are compared by 64 bits of hash; with four million texts, one pair
 * is confused in one of a million such tables.
 */
export class KeyTable {
  #first = new Int32Array(FIRST_SIZE)
  #second = new Int32Array(FIRST_SIZE)
  /** 0 if a place is free. */
  #ids = new Int32Array(FIRST_SIZE)
  #count = 0

  /** The place of a text: its own, or the free one where it would go. */
  #place(first: number, second: number): number {
    const mask = this.#ids.length - 1
    let place = first & mask
    while (this.#ids[place] !== 0) {
      if (this.#first[place] === first && this.#second[place] === second) return place
      place = (place + 1) & mask
    }
    return place
  }

  #put(first: number, second: number, id: number): void {
    const place = this.#place(first, second)
    if (this.#ids[place] !== 0) return
    this.#first[place] = first
    this.#second[place] = second
    this.#ids[place] = id
    this.#count += 1
  }

  #grow(): void {
    const [firsts, seconds, ids] = [this.#first, this.#second, this.#ids]
    const size = ids.length * 2
    this.#first = new Int32Array(size)
    this.#second = new Int32Array(size)
    this.#ids = new Int32Array(size)
    this.#count = 0
    ids.forEach((id, place) => {
      if (id !== 0) this.#put(firsts[place] ?? 0, seconds[place] ?? 0, id)
    })
  }

  /** The number of a text; undefined for one that was not added. */
  get(text: string): number | undefined {
    const [first, second] = hashes(text)
    return this.#ids[this.#place(first, second)] || undefined
  }

  /** @param id from 1 on. A text that has a number keeps it. */
  add(text: string, id: number): void {
    if (this.#count >= this.#ids.length * FULL) this.#grow()
    const [first, second] = hashes(text)
    this.#put(first, second, id)
  }
}
