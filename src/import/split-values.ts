import { LONGEST_VALUE, tooLongValue } from './row-cells.ts'

// A part in quotes up to the next separator, or anything but a separator.
const PARTS = /\s*"((?:[^"]|"")*)"\s*(?=[;,\n]|:::|$)|((?:(?!:::)[^;,\n])+)|:::/g

/**
 * Cells may hold several addresses or tags: `a@b.com; c@d.com`, `a@b.com ::: c@d.com`. One in
 * quotes may contain those signs: `"Hotels, large"; Fair`.
 */
export function splitValues(texts: string[]): string[] {
  if (texts.some(({ length }) => length > LONGEST_VALUE)) throw tooLongValue()
  return texts.flatMap((text) =>
    /[;,\n]|:::|^"/.test(text)
      ? [...text.matchAll(PARTS)]
          .map(([, quoted, part = '']) => quoted?.replaceAll('""', '"') ?? part.trim())
          .filter((part) => part !== '')
      : [text],
  )
}
