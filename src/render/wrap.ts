import type { Width } from './width.ts'

/** Joins parts into lines that fit the width. */
export function wrap(
  parts: string[],
  separator: string,
  limit: number,
  width: Width = (text) => text.length,
): string {
  const lines: string[] = []
  const between = width(separator)
  let taken = 0
  for (const part of parts) {
    const room = width(part)
    const isRoom = lines.length > 0 && taken + between + room <= limit
    if (isRoom) lines[lines.length - 1] += `${separator}${part}`
    else lines.push(part)
    taken = isRoom ? taken + between + room : room
  }
  return lines.join('\n')
}

/** A word in pieces that fit the width, each as long as can be. */
function pieces(word: string, limit: number, width: Width): string[] {
  const made: string[] = []
  let taken = 0
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const room = width(segment)
    const isRoom = made.length > 0 && taken + room <= limit
    if (isRoom) made[made.length - 1] += segment
    else made.push(segment)
    taken = isRoom ? taken + room : room
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
