import { closeSync, openSync, readSync } from 'node:fs'
import { maxOf } from '../../domain/lists.ts'

const CHUNK = 1 << 20
/** Shorter texts occur in any file by chance. */
const SHORTEST = 4

/** A text as files may hold it, in the encodings of lists and of databases. */
function spellings(text: string): Buffer[] {
  return [...new Set([text, text.toLowerCase(), text.toUpperCase()])].flatMap((one) => [
    Buffer.from(one, 'utf8'),
    Buffer.from(one, 'latin1'),
    Buffer.from(one, 'utf16le'),
  ])
}

/** Compressed files, such as workbooks: their content cannot be seen. */
function isPacked(start: Buffer): boolean {
  return start.subarray(0, 2).toString('latin1') === 'PK' || start.readUInt16BE(0) === 0x1f8b
}

/**
 * Can a file contain one of the texts? False only if it was read completely and contains none: after an
 * erasure, it is better to report too much than too little.
 */
export function mayHold(file: string, texts: readonly string[]): boolean {
  const long = texts.filter((text) => text.length >= SHORTEST)
  if (long.length < texts.length || long.length === 0) return true
  const wanted = long.flatMap(spellings)
  const overlap = maxOf(wanted.map(({ length }) => length))
  const piece = Buffer.alloc(CHUNK + overlap)
  try {
    const opened = openSync(file, 'r')
    try {
      let kept = 0
      for (let at = 0; ;) {
        const read = readSync(opened, piece, kept, CHUNK, at)
        if (read === 0) return false
        const held = piece.subarray(0, kept + read)
        if (at === 0 && held.length > 1 && isPacked(held)) return true
        if (wanted.some((one) => held.includes(one))) return true
        at += read
        kept = Math.min(overlap, held.length)
        held.copy(piece, 0, held.length - kept)
      }
    } finally {
      closeSync(opened)
    }
  } catch {
    return true
  }
}
