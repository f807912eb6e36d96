import type { Width } from './width.ts'

/** Joins parts into lines that fit the width. */
export function wrap(
  parts: string[],
  separator: string,
  limit: number,
  width: Width = (text) => text.length,
): string {
  const lines: string[] = []
  for (const part of parts) {
    const longer = `${lines.at(-1)}${separator}${part}`
    if (lines.length > 0 && width(longer) <= limit) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines.join('\n')
}

/** A word in pieces that fit the width, each as long as can be. */
function pieces(word: string, limit: number, width: Width): string[] {
  const made = ['']
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const longer = `${made.at(-1)}${segment}`
    if (made.at(-1) === '' || width(longer) <= limit) made[made.length - 1] = longer
    else made.push(segment)
  }
  return made
}

/** Text in lines that fit the width: its own lines stay, and a word is broken only where it is wider. */
export function wrapText(text: string, limit: number, width: Width): string[] {
  return text.split('\n').flatMap((line) => {
    const words = line
      .split(/\s+/)
      .flatMap((word) => (width(word) > limit ? pieces(word, limit, width) : [word]))
    return wrap(words, ' ', limit, width).split('\n')
  })
}
