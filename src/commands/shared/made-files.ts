import { existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Context } from '../../cli/context.ts'
import { toFile, writeOut } from '../../cli/write-out.ts'
import { Fault } from '../../domain/fault.ts'
import { madeNotes } from './made-notes.ts'

/** A file that was made, and not written yet. */
interface Unwritten {
  name: string
  bytes: Uint8Array
}

/** What is to be known of a file, a line each, with its name. */
export function notesOf(name: string, made: Parameters<typeof madeNotes>[0]): string[] {
  return madeNotes(made).map((note) => `${name}: ${note}`)
}

/** Is there a folder of that name? */
export function isFolder({ io }: Context, name: string): boolean {
  const place = path.resolve(io.cwd, name)
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Does a name mean a folder: is there one, or does it end as only folders do? */
export function namesFolder(context: Context, name: string): boolean {
  return /[/\\]$/.test(name) || isFolder(context, name)
}

/**
 * Where files are written: all in a folder under their own names; a single one also under the name that is given, or to
 * standard output.
 * @param out what `--out` says; the current folder by default.
 * @throws Fault `usage` for several files in one, or a file on a terminal.
 */
export function placesOf(
  context: Context,
  out: string | undefined,
  files: readonly { name: string }[],
): string[] {
  if (out === undefined) return files.map(({ name }) => name)
  if (out !== '-' && (files.length > 1 || namesFolder(context, out))) {
    return files.map(({ name }) => path.join(out, name))
  }
  if (out !== '-') return [out]
  const [only, other] = files
  if (other) {
    const hint = 'name a folder: --out FOLDER'
    throw new Fault('usage', 'several files cannot be written to standard output', hint)
  }
  if (context.io.stdout.isTTY === true) {
    const hint = `name a file: --out ${only?.name ?? 'FILE'}; to read it here: --preview`
    throw new Fault('usage', 'a file of this kind cannot be shown on a terminal', hint)
  }
  return ['-']
}

/**
 * Writes files where {@link placesOf} has them. Two of one name are told apart by their numbers before that.
 * @throws Fault `usage` if one cannot be written.
 */
export async function writeFiles(
  context: Context,
  files: readonly Unwritten[],
  places: readonly string[],
): Promise<void> {
  for (const [at, { bytes }] of files.entries()) {
    const place = places[at] ?? ''
    if (place === '-') await writeOut(context, [bytes], '-')
    else {
      makeFolder(context, path.dirname(place))
      await toFile(context, place, [bytes])
    }
  }
}

/** Makes a folder if there is nothing of its name. @throws Fault `usage` if there can be none. */
export function makeFolder(context: Context, name: string): void {
  const folder = path.resolve(context.io.cwd, name)
  if (existsSync(folder)) return
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Fault('usage', `${name} is not a folder to write to`, 'name another folder', error)
  }
}
