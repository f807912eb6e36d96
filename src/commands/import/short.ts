import { tidyName } from '../../domain/name.ts'

const LONGEST = 40

/** A header, a name or a cell as it fits into a question. */
export function short(text: string): string {
  const name = tidyName(text)
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name
}
