import { withoutControls } from '../../domain/name.ts'

/** Halves of pairs and the two characters that no file of XML can hold. */
const UNWRITABLE = /[\p{Surrogate}\uFFFE\uFFFF]/gu

function cleanText(text: string): string {
  return withoutControls(text).replaceAll('\t', ' ').replaceAll(UNWRITABLE, '')
}

/** Values without anything that is not text in every format: control characters, halves of characters. */
export function cleaned<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T
  if (Array.isArray(value)) return value.map(cleaned) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]): [string, unknown] => [name, cleaned(one)]),
  ) as T
}
