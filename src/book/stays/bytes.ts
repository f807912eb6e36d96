import { Fault } from '../../domain/fault.ts'

/**
 * Writes whole numbers in as few bytes as they need: seven bits a byte, lowest first, the eighth bit
 * set where more follow (LEB128). 5 takes one byte, 300 two.
 */
export class ByteWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  /** @param value 0 or more, up to the largest safe integer. */
  number(value: number): void {
    let rest = value
    if (this.#length + 8 > this.#bytes.length) this.#grow(8)
    while (rest >= 0x80) {
      this.#bytes[this.#length] = (rest % 0x80) + 0x80
      this.#length += 1
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.#length] = rest
    this.#length += 1
  }

  /** A number that may be unknown: stored plus one, with 0 for null. */
  optional(value: number | null): void {
    this.number(value === null ? 0 : value + 1)
  }

  bytes(values: Uint8Array): void {
    if (this.#length + values.length > this.#bytes.length) this.#grow(values.length)
    this.#bytes.set(values, this.#length)
    this.#length += values.length
  }

  get length(): number {
    return this.#length
  }

  /** Returns what was written, and starts afresh. */
  take(): Uint8Array {
    const taken = this.#bytes.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  #grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + by))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** The fault of unreadable stays: they are derived from the events, and can be rebuilt. */
export function damagedStays(): Fault {
  const hint = 'funnel doctor --repair makes it again from the events of the deals'
  return new Fault('book', 'what the book keeps for its reports is damaged', hint)
}

const NONE = new Uint8Array(0)

/** Reads what `ByteWriter` wrote. */
export class ByteReader {
  #bytes: Uint8Array = NONE
  at = 0

  /** Starts reading bytes at a position. */
  open(bytes: Uint8Array, at = 0): void {
    this.#bytes = bytes
    this.at = at
  }

  number(): number {
    const first = this.#bytes[this.at] as number
    this.at += 1
    return first < 0x80 ? first : this.#more(first - 0x80)
  }

  #more(first: number): number {
    let value = first
    let unit = 0x80
    for (;;) {
      const next = this.#bytes[this.at] as number
      this.at += 1
      if (!(next >= 0x80)) return value + next * unit
      value += (next - 0x80) * unit
      unit *= 0x80
    }
  }

  /**
   * How many items follow, each at least a byte.
   * @throws Fault `book` if the bytes end too soon: they are damaged.
   */
  count(): number {
    const value = this.number()
    if (value <= this.#bytes.length - this.at) return value
    throw damagedStays()
  }

  /** Null for a number that is not known. */
  optional(): number | null {
    const value = this.number()
    return value === 0 ? null : value - 1
  }
}
