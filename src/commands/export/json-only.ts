import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'

/**
 * Refuses a table of what goes out as JSON only.
 * @param out the file that was named, if any.
 * @param what what it is, with its verb: `processes go`.
 * @throws Fault `usage` for `--csv`, and for a file whose name says that it is a table.
 */
export function requireJson({ globals }: Context, out: string | undefined, what: string): void {
  const ending = /\.(csv|tsv|xlsx?|ods|jsonl)$/i.exec(out ?? '')?.[0]
  const asked = globals.csv ? '--csv' : ending
  if (asked === undefined) return
  const hint = globals.csv ? 'leave out --csv' : 'give the file a name that ends in .json'
  throw new Fault('usage', `${what} out as JSON, not as a table (${asked})`, hint)
}
