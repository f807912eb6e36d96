/** A record of a JSON text, not yet parsed. */
export interface RecordText {
  /** The name of the list that it is in; empty if the list has none. */
  list: string
  text: string
}

/** How deep the records of a text are: `{…}` lines, a list `[{…}]`, or lists with names `{"deals": [{…}]}`. */
export type RecordDepth = 0 | 1 | 2

const SIGNS = /["{}[\]]/g
const IN_STRING = /["\\]/g
const LIST_NAME = /"((?:[^"\\]|\\.)*)"\s*:\s*$/
const LONGEST_NAME = 1000

/**
 * Cuts a JSON text into its records, piece by piece, so that a file of any length takes little memory.
 * What is around the records is kept in `frame`, each record as `0`: parsed as JSON it shows whether
 * the whole was sound.
 */
export class RecordSplitter {
  frame = ''
  /** The length of the record that has begun; 0 between records. */
  pending = 0
  /** How deep the text has gone so far. */
  deepest = 0
  readonly #recordDepth: RecordDepth
  #depth = 0
  #inString = false
  #isEscaped = false
  #isRecord = false
  #list = ''
  #parts: string[] = []

  constructor(recordDepth: RecordDepth) {
    this.#recordDepth = recordDepth
  }

  /** The records that end in the next piece of the text. */
  *push(piece: string): Generator<RecordText> {
    let kept = 0
    let at = 0
    const keep = (end: number): void => {
      const part = piece.slice(kept, end)
      kept = end
      if (!this.#isRecord) this.frame += part
      else if (part !== '') {
        this.#parts.push(part)
        this.pending += part.length
      }
    }
    while (at < piece.length) {
      if (this.#isEscaped) {
        this.#isEscaped = false
        at += 1
        continue
      }
      const signs = this.#inString ? IN_STRING : SIGNS
      signs.lastIndex = at
      const found = signs.exec(piece)
      if (!found) break
      at = found.index + 1
      const [sign] = found
      if (sign === '\\') this.#isEscaped = true
      else if (sign === '"') this.#inString = !this.#inString
      else if (sign === '{' || sign === '[') {
        if (sign === '{' && this.#depth === this.#recordDepth && !this.#isRecord) {
          keep(found.index)
          this.#isRecord = true
        } else if (sign === '[' && this.#depth === 1 && !this.#isRecord) {
          keep(found.index)
          this.#list = LIST_NAME.exec(this.frame.slice(-LONGEST_NAME))?.[1] ?? ''
        }
        this.#depth += 1
        this.deepest = Math.max(this.deepest, this.#depth)
      } else {
        this.#depth -= 1
        if (this.#isRecord && this.#depth === this.#recordDepth) {
          keep(at)
          yield { list: this.#list, text: this.#parts.join('') }
          this.#parts = []
          this.pending = 0
          this.#isRecord = false
          this.frame += '0'
        }
      }
    }
    keep(piece.length)
  }
}
