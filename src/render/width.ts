/** How many columns of a terminal a text takes. */
export type Width = (text: string) => number

// Latin, Greek and Cyrillic letters, and the signs that this program draws with: one column each.
const SIMPLE =
  /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f–—‘’“”…€→─│╭╮╯╰┤┼█▌▐▒░▁▂▃▄▅▆▇−×·≥≤]*$/

/**
 * Measures texts. string-width knows wide, combining and emoji characters, but starting it costs
 * ten milliseconds; it is loaded only where there is such a character.
 */
export async function widthFor(texts: Iterable<string>): Promise<Width> {
  for (const text of texts) {
    if (!SIMPLE.test(text)) return (await import('string-width')).default
  }
  return (text) => text.length
}
