import type { Report, Row, Section } from '../domain/table.ts'
import { localised } from '../render/localise.ts'
import { type Parts, renderParts } from '../render/parts.ts'
import type { Context } from './context.ts'
import { writeOut } from './write-out.ts'

/** Writes a list of any length to a pipe or a file, its rows some at a time, as `context.print` would write it. */
export async function printParts(
  context: Context,
  list: Report & { sections: [Section] },
  parts: Parts,
): Promise<void> {
  const { globals, screen } = context
  const write = (pieces: AsyncIterable<string>): Promise<void> =>
    writeOut(context, pieces, undefined)
  if (globals.json || globals.csv) {
    return write(renderParts(list, parts, globals.json ? 'json' : 'csv', screen))
  }
  const { locale } = (await context.book()).settings
  const [section] = list.sections
  const inLocale = async function* (): AsyncGenerator<readonly Row[]> {
    for await (const rows of parts()) {
      const part = localised({ ...list, sections: [{ ...section, rows: [...rows] }] }, locale)
      yield part.sections[0]?.rows ?? rows
    }
  }
  const frame = { ...localised(list, locale), sections: list.sections }
  return write(renderParts(frame, inLocale, 'screen', screen))
}
