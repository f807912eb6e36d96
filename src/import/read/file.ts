import { statSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Fault } from '../../domain/fault.ts'
import { systemReason } from '../../domain/system-error.ts'

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
}

/** What a failure to read `name` means, for people. Faults are passed on as they are. */
export function unreadable(error: unknown, name: string): Fault {
  if (error instanceof Fault) return error
  const { code, message } = error as NodeJS.ErrnoException
  const why = REASONS[String(code)] ?? systemReason(error) ?? message
  return new Fault('usage', `${name} cannot be read: ${why}`, 'check the name of the file', error)
}

/**
 * The size of a file in bytes.
 * @throws Fault `usage` if it cannot be read, is empty, or is a folder, a pipe or a device,
 * which might never end.
 * @param mayBeEmpty is an empty file a list without records?
 */
export function sizeOf(file: string, name: string, mayBeEmpty = false): number {
  try {
    const about = statSync(file)
    if (about.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
    if (!about.isFile()) {
      const hint = 'save what it gives to a file and import that'
      throw new Fault('usage', `${name} cannot be read: it is a pipe or a device, not a file`, hint)
    }
    if (about.size === 0 && !mayBeEmpty) {
      throw new Fault('usage', `${name} is empty`, 'the first row must name the columns')
    }
    return about.size
  } catch (error) {
    throw unreadable(error, name)
  }
}

const PIECE = 1 << 18

async function* readPieces(handle: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(PIECE), 0, PIECE)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** The bytes of a file, 256 KiB at a time. */
export async function* piecesOf(file: string, name: string): AsyncGenerator<Buffer> {
  let handle: FileHandle | undefined
  try {
    handle = await open(file, 'r')
    yield* readPieces(handle)
  } catch (error) {
    throw unreadable(error, name)
  } finally {
    await handle?.close()
  }
}

/** The first bytes of a file, at most 256 KiB. */
export async function startOf(file: string, name: string): Promise<Buffer> {
  for await (const piece of piecesOf(file, name)) return piece
  return Buffer.alloc(0)
}
