import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { Fault } from '../../../domain/fault.ts'

/** The files of an archive by their names, in its order. */
export type Archive = Map<string, Uint8Array>

/** The most that a template may have: more is not a letter. */
export const MOST_BYTES = 4 << 20
const MOST_UNPACKED = 40 << 20
const MOST_FILES = 1000

/** Local parts make the same bytes in every time zone. */
const FIXED = new Date(1980, 0, 1)

const tooLarge = (name: string): Fault =>
  new Fault('usage', `${name} is too large for a template`, 'take large pictures out of it')

/** Is it an archive, as DOCX and ODT are? */
export const isArchive = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04

/**
 * Unpacks an archive, within limits.
 * @throws Fault `usage` if it is damaged, or holds more than a template can.
 */
export function unpack(bytes: Uint8Array, name: string): Archive {
  if (bytes.length > MOST_BYTES) throw tooLarge(name)
  let [total, count] = [0, 0]
  try {
    const files = unzipSync(bytes, {
      filter({ size, originalSize }) {
        total += originalSize
        count += 1
        // What is said to be smaller than it is packed is not an honest archive.
        const isFalse = size > originalSize * 1.01 + 1024
        if (isFalse || total > MOST_UNPACKED || count > MOST_FILES) throw tooLarge(name)
        return true
      },
    })
    return new Map(Object.entries(files).filter(([file]) => !file.endsWith('/')))
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('usage', `${name} is damaged`, 'save it again, and add it then', error)
  }
}

/** Packs files: the same ones always make the same bytes. `mimetype` goes first, as it is, as ODF asks for. */
export function pack(files: Archive): Uint8Array {
  const names = [...files.keys()].toSorted(
    (a, b) => Number(b === 'mimetype') - Number(a === 'mimetype'),
  )
  const all: Zippable = {}
  for (const name of names) {
    const bytes = files.get(name) ?? new Uint8Array()
    all[name] = [bytes, { level: name === 'mimetype' ? 0 : 6, mtime: FIXED }]
  }
  return zipSync(all)
}

export const textOf = (bytes: Uint8Array): string => strFromU8(bytes)
export const bytesOf = (text: string): Uint8Array => strToU8(text)
