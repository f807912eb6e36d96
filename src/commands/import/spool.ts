import { createWriteStream, rmSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { temporaryFolder } from '../../book/files/leftovers.ts'
import type { Context } from '../../cli/context.ts'
import { onInterrupt } from '../../cli/interrupt.ts'
import { Fault } from '../../domain/fault.ts'

/** A file to import, and what it is called. */
export interface NamedFile {
  file: string
  name: string
}

/**
 * Hands the work a file: the one named, or for `-` what comes in on stdin, written to a temporary
 * file that only its owner can read and that is gone afterwards.
 */
export async function withFile<T>(
  { io }: Context,
  name: string,
  work: (file: NamedFile) => Promise<T>,
): Promise<T> {
  if (name !== '-') {
    const file = path.resolve(io.cwd, name)
    return work({ file, name: path.basename(file) })
  }
  if (io.stdin.isTTY) {
    throw new Fault('usage', 'nothing is piped in', 'pipe a file in: funnel import … - < FILE')
  }
  let folder: string | undefined
  const remove = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
  const calm = onInterrupt(remove)
  try {
    folder = temporaryFolder()
    const file = path.join(folder, 'stdin')
    await pipeline(io.stdin, createWriteStream(file, { mode: 0o600, flags: 'wx' }))
    return await work({ file, name: 'stdin' })
  } finally {
    remove()
    calm()
  }
}
