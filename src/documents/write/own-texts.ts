import type { DocumentKind } from '../../book/schema/documents.ts'
import { Fault } from '../../domain/fault.ts'
import { parseReminderText } from '../../domain/invoices/reminder-texts.ts'
import { tidyText } from '../../domain/name.ts'
import { quoted } from '../../domain/plain-text.ts'
import { tongueOf } from '../words/index.ts'
import { TEXT_NAMES, type TextName } from '../words/words.ts'
import { type OwnTexts, reminderInUse, TEXT_WORDS, textInUse } from './texts.ts'

/** A text of documents by what it is of: a part of a kind, or a level of reminders. */
export type TextPlace = { name: TextName } | { level: number }

/** Finds a text. @param levels how many levels of reminders there are. @throws Fault `not-found` if there is none. */
export function findText(kind: DocumentKind, part: string, levels: number): TextPlace {
  if (kind === 'reminder') {
    const level = /^[1-9]$/.test(part) ? Number(part) : 0
    if (level >= 1 && level <= levels) return { level }
    const all = Array.from({ length: levels }, (_, at) => at + 1).join(', ')
    throw new Fault('not-found', `reminders have no level ${quoted(part)}`, `there are ${all}`)
  }
  const name = TEXT_NAMES.find((one) => one === `${kind}.${part.toLowerCase()}`)
  if (name) return { name }
  const parts = TEXT_NAMES.filter((one) => one.startsWith(`${kind}.`)).map(
    (one) => one.split('.')[1],
  )
  throw new Fault(
    'not-found',
    `a ${kind} has no text ${quoted(part)}`,
    `there are ${parts.join(', ')}`,
  )
}

/** The key of a text in the settings. */
export function textKey(place: TextPlace, language: string): string {
  const name = 'name' in place ? place.name : `reminder.${place.level}`
  return `${tongueOf(language).language}/${name}`
}

/** A text in use. @param own null for the one that comes with the program. */
export function placedText(
  place: TextPlace,
  language: string,
  levels: number,
  own: OwnTexts | null,
): string {
  const tongue = tongueOf(language)
  if ('name' in place) return textInUse(place.name, tongue, own)
  return reminderInUse(place.level, levels, tongue, own)
}

/**
 * Reads a text of documents; it may be empty, unless it is a mail or a reminder.
 * @throws Fault `usage` if a word in braces is not known, or a mail has no subject.
 */
export function parseText(place: TextPlace, text: string): string {
  if ('level' in place) return parseReminderText(text)
  const tidy = tidyText(text)
  for (const [field, name = ''] of tidy.matchAll(/\{([^{}\n]*)\}/g)) {
    if (Object.hasOwn(TEXT_WORDS, name)) continue
    const known = Object.keys(TEXT_WORDS)
      .map((word) => `{${word}}`)
      .join(', ')
    throw new Fault('usage', `${quoted(field)} is not known in a text`, `there are ${known}`)
  }
  if (!place.name.endsWith('.mail')) return tidy
  const [subject = '', ...rest] = tidy.split('\n')
  if (subject.trim() !== '' && rest.join('').trim() !== '') return tidy
  const hint = 'write the subject in the first line, and the mail below it'
  throw new Fault('usage', 'a mail needs a subject and a text', hint)
}
