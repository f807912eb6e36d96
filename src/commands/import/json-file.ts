import { readFileSync } from 'node:fs'
import { Fault } from '../../domain/fault.ts'
import { sizeOf, unreadable } from '../../import/read/file.ts'
import type { NamedFile } from './spool.ts'

/** A logo of 512 KiB in Base64, and the rest many times over. */
const MOST_BYTES = 4 << 20

/** The text of a file of settings. @param what what it is to be: `a file of a company`. */
export function jsonFileText({ file, name }: NamedFile, what: string): string {
  try {
    if (sizeOf(file, name, true) > MOST_BYTES) {
      throw new Fault('usage', `${name} is too large for ${what}`)
    }
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw unreadable(error, name)
  }
}
