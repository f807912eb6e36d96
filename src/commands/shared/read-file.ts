import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'

/** No letter and no template is as large. */
const MOST_READ = 64 << 20

/** The bytes of a file. @param what it should be, for the hint. @throws Fault `usage` if it cannot be read. */
export function readBytes({ io }: Context, name: string, what: string): Buffer {
  const file = path.resolve(io.cwd, name)
  try {
    if (statSync(file).size > MOST_READ) {
      throw new Fault('usage', `${name} is too large`, `name ${what}`)
    }
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('usage', `${name} cannot be read`, `name ${what}`, error)
  }
}

/** A text from a file. @throws Fault `usage` if it cannot be read, or is not text in UTF-8. */
export function readTextFile(context: Context, name: string): string {
  const bytes = readBytes(context, name, 'a text file')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new Fault('usage', `${name} is not a text in UTF-8`, 'name a text file', error)
  }
}
