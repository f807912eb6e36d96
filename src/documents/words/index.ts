import { type DocumentLanguage, documentLanguage } from '../../domain/language.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { russian } from './ru.ts'
import { thai } from './th.ts'
import type { Words } from './words.ts'

const ALL: Readonly<Record<DocumentLanguage, Words>> = {
  en: english,
  de: german,
  ru: russian,
  th: thai,
}

/** The words of a language tag, and the tag by which its days and numbers are written. */
export interface Tongue {
  language: DocumentLanguage
  words: Words
  tag: string
}

/** The words for a tag; in English if there are none of its language. */
export function tongueOf(tag: string): Tongue {
  const language = documentLanguage(tag)
  const words = ALL[language ?? 'en']
  const hasRegion = language !== undefined && tag !== language
  return { language: language ?? 'en', words, tag: hasRegion ? tag : words.usualTag }
}
