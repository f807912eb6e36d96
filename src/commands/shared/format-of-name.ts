import path from 'node:path'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { namesFolder } from './made-files.ts'

/** How the names of files end by their formats; what is more than one file has no ending. */
const ENDINGS: Readonly<Record<string, string>> = {
  pdf: '.pdf',
  'factur-x': '.pdf',
  html: '.html',
  docx: '.docx',
  odt: '.odt',
  ubl: '.xml',
  text: '.txt',
}

const KNOWN = new Set(Object.values(ENDINGS))

/** How a name ends, if formats are known by it: `.pdf`; undefined for folders and standard output. */
function endingOf(context: Context, out: string): string | undefined {
  if (namesFolder(context, out)) return
  const ending = path
    .extname(out)
    .toLowerCase()
    .replace(/^\.htm$/, '.html')
  return KNOWN.has(ending) ? ending : undefined
}

/**
 * The format that is asked for, by `--format` or by how the file that `--out` names ends; undefined for the usual one.
 * @throws Fault `usage` if the two disagree, or nothing is written in a file that ends so: `offer.pdf` must not be a
 * page of HTML.
 */
export function formatAsked<F extends string>(
  context: Context,
  { out, format }: { out?: string | undefined; format?: F | undefined },
  formats: readonly F[],
  usual: F,
): F | undefined {
  const ending = out === undefined ? undefined : endingOf(context, out)
  if (out === undefined || ending === undefined) return format
  const own = ENDINGS[format ?? usual]
  if (own === ending) return format
  if (format !== undefined) {
    if (own === undefined) return format
    const hint = `name it ${path.basename(out, path.extname(out))}${own}, or leave out --format`
    throw new Fault('usage', `${out} cannot be written as ${format}`, hint)
  }
  const named = formats.find((one) => ENDINGS[one] === ending)
  if (named !== undefined) return named
  const endings = [...new Set(formats.flatMap((one) => ENDINGS[one] ?? []))]
  throw new Fault(
    'usage',
    `no such document is written as ${ending}`,
    `name it ${endings.join(', ')}`,
  )
}
