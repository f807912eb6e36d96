/** Joins parts into lines that fit the width. */
export function wrap(parts: string[], separator: string, limit: number): string {
  const lines: string[] = []
  for (const part of parts) {
    const longer = `${lines.at(-1)}${separator}${part}`
    if (lines.length > 0 && longer.length <= limit) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines.join('\n')
}
