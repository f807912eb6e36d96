import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { removeLeftovers } from '../../book/files/leftovers.ts'
import { removeFile, temporaryName } from '../../book/files/new-file.ts'
import { type Context, shortPath } from '../../cli/context.ts'
import { progressBar } from '../../cli/progress.ts'
import { Fault } from '../../domain/fault.ts'
import { addAll } from '../../domain/lists.ts'
import { counted } from '../../domain/text.ts'
import type { Proposal } from '../../money/proposals/find.ts'
import { notesOf } from '../shared/made-files.ts'
import { proposalWriter } from './files.ts'

/**
 * Makes sure that a folder can be made.
 * @throws Fault `usage` if there is one with something in it, a file, or no folder to make it in.
 */
export function requireNewFolder(context: Context, name: string): void {
  const folder = path.resolve(context.io.cwd, name)
  const hint = 'name a new folder: --out DIR'
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw new Fault('usage', `${name} is a file`, hint)
    if (readdirSync(folder).length > 0) {
      throw new Fault('usage', `the folder ${name} is not empty`, hint)
    }
    return
  }
  const parent = path.dirname(folder)
  if (existsSync(parent) && statSync(parent).isDirectory()) return
  throw new Fault(
    'usage',
    `there is no folder ${path.dirname(name)}`,
    'make it first, or name another',
  )
}

function cannotWrite(name: string, error: unknown): unknown {
  const { code, syscall, message } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return error
  return new Fault(
    'failed',
    `the proposals are in the book, but the files cannot be written to ${name}: ${message}`,
    'run the same command again: it makes nothing twice; or: funnel proposal show NUMBER --out FILE',
    error,
  )
}

/**
 * Writes the files of proposals into a new folder, which appears under its name when all of them are there.
 * @throws Fault `failed` if that is not possible: the proposals are in the book all the same.
 */
export async function writeFolder(
  context: Context,
  name: string,
  proposals: readonly Proposal[],
  how: { format?: Proposal['format'] | undefined; template?: string | undefined },
): Promise<{ names: string[]; missing: string[] }> {
  const { db, settings } = await context.book()
  const folder = path.resolve(context.io.cwd, name)
  const { removed } = removeLeftovers(folder, context.io.now().getTime())
  const gone = removed.map((one) => shortPath(context.io, one)).join(', ')
  if (gone !== '') context.say(`removed what a killed command had left: ${gone}`)
  const temporary = temporaryName(folder)
  const shows = context.io.stderr.isTTY === true && !context.globals.quiet
  const bar = shows ? progressBar(context.io, 'files') : undefined
  const names: string[] = []
  const missing: string[] = []
  try {
    const write = await proposalWriter(db, settings)
    mkdirSync(temporary, { mode: 0o700 })
    for (const proposal of proposals) {
      const file = await write(proposal, how)
      await writeFile(path.join(temporary, file.name), file.bytes, { mode: 0o600, flag: 'wx' })
      names.push(file.name)
      addAll(missing, notesOf(file.name, file))
      bar?.show(names.length, proposals.length, names.length)
    }
    if (existsSync(folder)) rmdirSync(folder)
    renameSync(temporary, folder)
  } catch (error) {
    throw cannotWrite(name, error)
  } finally {
    bar?.stop()
    rmSync(temporary, { recursive: true, force: true })
    removeFile(temporary)
  }
  const most = 5
  const more = missing.length > most ? [`and ${counted(missing.length - most, 'file')} more`] : []
  return { names, missing: [...missing.slice(0, most), ...more] }
}
