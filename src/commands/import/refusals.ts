import type { Context } from '../../cli/context.ts'
import { Ended } from '../../cli/errors.ts'
import { tidyName } from '../../domain/name.ts'

/** How many rows were rejected, and why the first of them. */
export interface Refusals {
  rows: number
  of: number
  reasons: readonly string[]
  /** What to do about them; by default, see them all in a file. */
  hint?: string
}

/** Says what part of the file is not in the book, to those too who read no report of the import. */
export function sayLoud({ io, globals, local }: Context, lines: readonly string[]): void {
  if (!globals.quiet && !globals.json && !globals.csv) return
  for (const line of lines) io.stderr.write(`funnel: ${tidyName(local(line))}\n`)
}

/**
 * Rejected rows are an error, which `--quiet` does not silence.
 * @throws Ended with 1 if no row could be taken.
 */
export function sayRejected(
  { io, globals, local }: Context,
  { rows, of, reasons, hint = 'see them all: the same with --rejects FILE' }: Refusals,
): void {
  if (rows === 0) return
  const all = rows === of
  if (all || globals.quiet) {
    const what = all
      ? `${of === 1 ? 'the only row was' : `all ${of} rows were`} rejected`
      : `${rows} of ${of} rows were rejected`
    const why = reasons.map((line) => `  ${tidyName(local(line))}\n`).join('')
    io.stderr.write(`funnel: ${what}\n${why}  ${hint}\n`)
  }
  if (all) throw new Ended(1)
}
