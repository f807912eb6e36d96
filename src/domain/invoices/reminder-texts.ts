import { Fault } from '../fault.ts'
import { tidyText } from '../name.ts'
import { quoted } from '../plain-text.ts'

/** What a reminder says: its first line is the subject. */
export interface ReminderText {
  subject: string
  body: string
}

/** The words in braces that a text may have, each with what stands in its place. */
export const REMINDER_WORDS = {
  client: 'the client’s name',
  numbers: 'the numbers of the invoices',
  invoices: 'a line for each invoice: number, days, what is open',
  total: 'what is open of them',
  interest: 'a line on late interest, if it is charged',
  pay: 'the account to pay to, with the reference',
  company: 'your company’s name',
  today: 'the day',
} as const

type Word = keyof typeof REMINDER_WORDS

/** What stands in the place of each word. */
export type ReminderWords = Record<Word, string>

const FRIENDLY = `Payment reminder: {numbers}

Dear {client},

it may have escaped your notice that the following is still open:

{invoices}

{interest}

We would be glad to receive {total} within the next few days.

{pay}

If your payment is already on its way, please disregard this letter.

Kind regards
{company}`

const PLAIN = `Reminder: {numbers} overdue

Dear {client},

we have not received your payment of what follows, although we have written before:

{invoices}

{interest}

Please pay {total} within seven days, or tell us what stands in the way.

{pay}

Kind regards
{company}`

const FINAL = `Final notice: {numbers}

Dear {client},

despite our reminders the following is still unpaid:

{invoices}

{interest}

This is our final notice. If we have not received {total} within seven days, we will take further steps to collect it.

{pay}

Kind regards
{company}`

/** Texts of reminders in a language: a friendly one, the ones after it, and a final notice. */
export type ReminderTexts = readonly [friendly: string, plain: string, final: string]

/** The texts that come with the program, in English. */
export const USUAL_TEXTS: ReminderTexts = [FRIENDLY, PLAIN, FINAL]

/**
 * The text for a level that comes with the program: friendly at first, and a final notice as the last of several.
 * @param levels how many there are.
 */
export function usualText(
  level: number,
  levels: number,
  [friendly, plain, final]: ReminderTexts = USUAL_TEXTS,
): string {
  if (level === 1) return friendly
  return level >= levels ? final : plain
}

const FIELD = /\{([^{}\n]*)\}/g

const isWord = (name: string): name is Word => Object.hasOwn(REMINDER_WORDS, name)

/**
 * Reads a text of reminders: its first line is the subject.
 * @throws Fault `usage` if it has no subject or nothing else, does not say what is open, or has a word in braces that
 *   is not known.
 */
export function parseReminderText(text: string): string {
  const tidy = tidyText(text)
  const known = Object.keys(REMINDER_WORDS)
    .map((name) => `{${name}}`)
    .join(', ')
  for (const [field, name = ''] of tidy.matchAll(FIELD)) {
    if (isWord(name)) continue
    throw new Fault('usage', `${quoted(field)} is not known in a reminder`, `there are ${known}`)
  }
  const { subject, body } = partsOf(tidy)
  if (subject === '' || body === '') {
    const hint = 'write the subject in the first line, and the letter below it'
    throw new Fault('usage', 'a reminder needs a subject and a text', hint)
  }
  if (!body.includes('{invoices}')) {
    const hint = 'put {invoices} where the list of them is to stand'
    throw new Fault('usage', 'the text does not say which invoices are open', hint)
  }
  return tidy
}

function partsOf(text: string): ReminderText {
  const [subject = '', ...rest] = text.split('\n')
  return { subject: subject.trim(), body: rest.join('\n').trim() }
}

/** Fills in the words in braces of a text. A paragraph of which nothing is left goes. */
export function fillParagraphs(text: string, words: Readonly<Record<string, string>>): string {
  const fill = (part: string): string =>
    part.replaceAll(FIELD, (field, name: string) =>
      Object.hasOwn(words, name) ? (words[name] ?? '') : field,
    )
  return text
    .split(/\n{2,}/)
    .map(fill)
    .filter((paragraph) => paragraph.trim() !== '')
    .join('\n\n')
}

/** Fills in a text of which the first line is the subject. */
export function fillText(text: string, words: Readonly<Record<string, string>>): ReminderText {
  const { subject, body } = partsOf(text)
  return { subject: fillParagraphs(subject, words), body: fillParagraphs(body, words) }
}
