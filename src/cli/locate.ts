import { existsSync } from 'node:fs'
import path from 'node:path'
import envPaths from 'env-paths'
import type { Io } from './io.ts'

/** The book in the folder where the command is run. */
export const LOCAL_BOOK = 'funnel.db'

/**
 * Where the book is: `--book`, else `FUNNEL_BOOK`, else `funnel.db` here if there is one, else
 * the user's data folder.
 */
export function locateBook(io: Io, given: string | undefined): string {
  const named = given ?? io.env.FUNNEL_BOOK
  if (named) return path.resolve(io.cwd, named)
  const local = path.resolve(io.cwd, LOCAL_BOOK)
  if (existsSync(local)) return local
  const common = path.join(envPaths('funnel', { suffix: '' }).data, LOCAL_BOOK)
  // If there is no book anywhere, it is expected here.
  return existsSync(common) ? common : local
}
