import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from '../book/files/leftovers.ts'
import { Fault } from '../domain/fault.ts'
import { onInterrupt } from './interrupt.ts'
import type { Io } from './io.ts'

function start(editor: string, file: string): { status: number | null } {
  if (process.platform === 'win32') {
    return spawnSync(`${editor} "${file}"`, { stdio: 'inherit', shell: true })
  }
  // The variable may hold options as well: EDITOR="code --wait".
  return spawnSync('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' })
}

/** The editor that a person has chosen; undefined if none. */
export function editorOf(io: Io): string | undefined {
  return io.env.VISUAL || io.env.EDITOR || undefined
}

/**
 * Lets a person write a text in their editor. Returns what was left in the file.
 * @throws Fault `failed` if the editor ends with an error.
 */
export function writeInEditor(editor: string): string {
  const folder = temporaryFolder()
  // Ctrl-C is for the editor; what it leaves behind is removed below.
  const calm = onInterrupt()
  try {
    const file = path.join(folder, 'note.txt')
    writeFileSync(file, '', { mode: 0o600 })
    const { status } = start(editor, file)
    if (status !== 0) {
      throw new Fault('failed', `the editor “${editor}” ended with an error; nothing was changed`)
    }
    return readFileSync(file, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
    calm()
  }
}
