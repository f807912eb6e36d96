import { userInfo } from 'node:os'
import { tidyName } from '../domain/name.ts'
import type { Io } from './io.ts'
import { machineUser } from './machine.ts'

const LONGEST = 100

/** The account that runs this, or its number if it has no name. */
function account(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? ''}`.trim()
  }
}

/** Who runs commands, as the history has it: FUNNEL_USER, else the user set on this machine, else its account. */
export function authorOf({ env }: Io): string {
  const names = [() => env.FUNNEL_USER ?? '', machineUser, account]
  for (const name of names) {
    const tidy = tidyName(name()).slice(0, LONGEST)
    if (tidy !== '') return tidy
  }
  return 'unknown'
}
