import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import envPaths from 'env-paths'

/** Where this machine keeps who its user is: never in a book, which several may share. */
function userFile(): string {
  return path.join(envPaths('funnel', { suffix: '' }).config, 'user')
}

/** The user set on this machine; empty if none is. */
export function machineUser(): string {
  try {
    return readFileSync(userFile(), 'utf8')
  } catch {
    return ''
  }
}

/** Sets or, if null, clears the user of this machine. */
export function setMachineUser(name: string | null): void {
  const file = userFile()
  if (name === null) return rmSync(file, { force: true })
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, `${name}\n`, { mode: 0o600 })
}
