import { closeSync, openSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import path from 'node:path'
import { requireNotImported } from '../book/imported.ts'
import { removeLeftovers } from '../book/files/leftovers.ts'
import {
  isWrittenThrough,
  removeFile,
  requireNoBook,
  temporaryName,
} from '../book/files/new-file.ts'
import { type Context, shortPath, shown } from './context.ts'
import { onInterrupt } from './interrupt.ts'
import type { Io } from './io.ts'
import { Fault } from '../domain/fault.ts'
import { diskFull, unwritable } from './errors.ts'

/** What files are made of, piece by piece. */
export type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>

/** How much is written at once, in characters. */
const AT_ONCE = 1 << 16

/** Joins pieces of text into fewer, larger ones. */
async function* gathered(pieces: Pieces): AsyncGenerator<string | Uint8Array> {
  let text = ''
  for await (const piece of pieces) {
    if (typeof piece !== 'string') yield piece
    else if ((text += piece).length > AT_ONCE) {
      yield text
      text = ''
    }
  }
  if (text !== '') yield text
}

async function toStdout(io: Io, pieces: Pieces): Promise<void> {
  const { stdout } = io
  for await (const made of gathered(pieces)) {
    if (stdout.isGone?.()) return
    const piece = typeof made === 'string' ? shown(io, made) : made
    if (stdout.write(piece) !== false || !stdout.once) continue
    await new Promise<void>((resolve) => stdout.once?.('drain', resolve))
  }
}

function cannotWrite(error: unknown, file: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error
  const what = `${file} cannot be written: ${unwritable(error, file)}`
  if (diskFull(error)) return new Fault('failed', what, 'make room', error)
  return new Fault('usage', what, 'name another file', error)
}

async function fill(handle: FileHandle, pieces: Pieces): Promise<void> {
  try {
    for await (const piece of gathered(pieces)) await handle.writeFile(piece)
  } finally {
    await handle.close()
  }
}

/**
 * A file appears under its name only when it is complete, replacing a link too; only its owner
 * can read it. A pipe or a device is written to.
 * @returns the whole name.
 * @throws Fault `usage` if it cannot be written, is a book, or was imported; what was there
 *   stays.
 */
export async function toFile(context: Context, name: string, pieces: Pieces): Promise<string> {
  const file = path.resolve(context.io.cwd, name)
  requireNotImported(await context.book(), file)
  const temporary = temporaryName(file)
  const calm = onInterrupt()
  try {
    requireNoBook(file)
    if (isWrittenThrough(file)) {
      await fill(await open(file, 'w'), pieces)
      return file
    }
    const { removed } = removeLeftovers(file, context.io.now().getTime())
    const names = removed.map((one) => shortPath(context.io, one)).join(', ')
    if (names !== '') context.say(`removed what a killed command had left: ${names}`)
    // At once: what an interrupted program is still opening would appear after it has cleaned up.
    closeSync(openSync(temporary, 'wx', 0o600))
    await fill(await open(temporary, 'r+'), pieces)
    await rename(temporary, file)
    return file
  } catch (error) {
    throw cannotWrite(error, file)
  } finally {
    removeFile(temporary)
    calm()
  }
}

/**
 * Writes a file, or to stdout if none is named.
 * @throws Fault `usage` if the file may not be written: see `toFile`.
 */
export async function writeOut(
  context: Context,
  pieces: Pieces,
  name: string | undefined,
): Promise<void> {
  if (name === undefined || name === '-') return toStdout(context.io, pieces)
  const file = await toFile(context, name, pieces)
  context.say(`wrote ${shortPath(context.io, file)}`)
}
