import { nameKey } from './name.ts'

/** The languages that documents are written in; a client of another one is written to in the book's. */
export const DOCUMENT_LANGUAGES = ['en', 'de', 'ru', 'th'] as const

export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number]

/** The languages whose names are known, in each other. */
const NAMED = ['en', 'de', 'fr', 'es', 'ru', 'zh', 'th', 'it', 'nl', 'pl', 'pt']

let tags: ReadonlyMap<string, string> | undefined

/** Tags by the keys of the names that languages have. */
function tagsByName(): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const language of NAMED) {
    const names = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' })
    for (const tag of NAMED) found.set(nameKey(names.of(tag) ?? tag), tag)
  }
  return found
}

/** A language in its one spelling: `de` for German and Deutsch, `de-CH` for DE_ch; other text unchanged. */
export function knownLanguage(text: string): string {
  const named = (tags ??= tagsByName()).get(nameKey(text))
  if (named !== undefined) return named
  try {
    const [tag] = Intl.getCanonicalLocales(text.trim().replaceAll('_', '-'))
    const isKnown = tag !== undefined && Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0
    return isKnown ? tag : text
  } catch {
    return text
  }
}

/** Why a language may be wrong, in words that follow it; null if nothing speaks against it. */
export function languageDoubt(text: string): string | null {
  const isTag = /^[a-z]{2,3}(?:-|$)/.test(text) && knownLanguage(text) === text
  return isTag ? null : 'is not a language: write its name or its tag, such as de or de-CH'
}

/** The language of a tag that documents are written in: `de` of `de-CH`; undefined if there is none. */
export function documentLanguage(tag: string): DocumentLanguage | undefined {
  return DOCUMENT_LANGUAGES.find((one) => tag === one || tag.startsWith(`${one}-`))
}
