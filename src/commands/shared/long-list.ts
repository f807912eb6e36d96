import type { Context } from '../../cli/context.ts'
import { printParts } from '../../cli/print-parts.ts'
import type { Report, Row, Section } from '../../domain/table.ts'

/** How many rows of a list are read and written at once. */
const ROWS_AT_ONCE = 1000

/** Rows of a list that a terminal shows by default: some thirty screens. */
const MOST_SHOWN = 1000

/** How much of a list is shown. */
interface LongList {
  /** How many rows to read at most: one more than are shown, to know whether there are more. */
  limit: number | undefined
  /** The rows to show. */
  shown: <T>(rows: T[]) => T[]
  /** What follows their number in a title. */
  more: (rows: readonly unknown[]) => string
  /** Says how to see the rest, if some are left out. */
  sayRest: (rows: readonly unknown[]) => void
}

/**
 * How much of a list is shown: on a terminal the first thousand rows, as nobody reads a hundred thousand
 * there; in a pipe or a file, as JSON or CSV, all of them.
 * @param wish the limit that was asked for.
 */
export function longList(context: Context, wish: number | undefined): LongList {
  const { screen, globals } = context
  const isCut = wish === undefined && screen.terminal && !globals.json && !globals.csv
  const hasMore = (rows: readonly unknown[]): boolean => isCut && rows.length > MOST_SHOWN
  return {
    limit: isCut ? MOST_SHOWN + 1 : wish,
    shown: (rows) => (hasMore(rows) ? rows.slice(0, MOST_SHOWN) : rows),
    more: (rows) => (hasMore(rows) || rows.length === wish ? ', or more' : ''),
    sayRest(rows) {
      if (!hasMore(rows)) return
      context.say(
        `only the first ${MOST_SHOWN} are shown: --limit 5000 shows more, --csv shows all`,
      )
    },
  }
}

/**
 * Writes a list of which the numbers are known, reading some rows at a time. On a terminal they are read at once.
 * @param list the list, without rows in its only section.
 * @param rowsOf reads rows by their numbers, in that order.
 */
export async function printList(
  context: Context,
  list: Report & { sections: [Section] },
  ids: readonly number[],
  rowsOf: (ids: readonly number[]) => Promise<Row[]>,
): Promise<void> {
  const [section] = list.sections
  if (ids.length <= ROWS_AT_ONCE || context.screen.terminal) {
    await context.print({ ...list, sections: [{ ...section, rows: await rowsOf(ids) }] })
    return
  }
  await printParts(context, list, async function* () {
    for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
      yield await rowsOf(ids.slice(at, at + ROWS_AT_ONCE))
    }
  })
}
