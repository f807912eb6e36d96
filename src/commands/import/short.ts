import { tidyName } from '../../domain/name.ts'

const LONGEST = 40

/** A header, a name or a cell as it fits into a question. */
export function short(text: string, longest = LONGEST): string {
  const name = tidyName(text)
  return name.length > longest ? `${name.slice(0, longest - 1)}…` : name
}
