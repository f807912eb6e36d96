import { documentLanguage } from '../../domain/language.ts'
import type { Settings } from '../../domain/settings.ts'
import {
  fillParagraphs,
  fillText,
  type ReminderText,
  usualText,
} from '../../domain/invoices/reminder-texts.ts'
import type { Fact } from '../fields.ts'
import type { Paper } from '../paper.ts'
import type { TextName } from '../words/words.ts'
import { paymentFields } from './payment.ts'
import type { Pen } from './pen.ts'
import { totalOf } from './sums.ts'
import { titleOf } from './title.ts'

/** The words in braces that the texts of documents may have, each with what stands in its place. */
export const TEXT_WORDS = {
  greeting: 'how the letter begins: Dear Ms Smith,',
  client: 'the client’s name',
  contact: 'who is written to at the client',
  company: 'your company’s name',
  title: 'what it is called: Invoice 2026-0001',
  number: 'its number',
  subject: 'the title of the deal',
  date: 'its day',
  due: 'the day by which it is to be paid',
  valid_until: 'the last day of a proposal',
  validity: 'a sentence on that day',
  total: 'what it comes to, or what is open',
  terms: 'when how much is to be paid',
  account: 'the account to pay to, with the reference',
  corrects: 'the number of the invoice that a credit note corrects',
} as const

type Word = keyof typeof TEXT_WORDS

/** Facts as lines of a plain text: `IBAN: DE89 …`. */
const factLines = (facts: readonly Fact[]): string =>
  facts.map(({ label, value }) => `${label}: ${value}`).join('\n')

/** Who a letter is to: the person named, else a client that is a person. */
function addressee({ contact, buyer }: Paper): string | null {
  return contact ?? (buyer.kind === 'person' ? buyer.name : null)
}

function wordsOf(paper: Paper, pen: Pen): Record<Word, string> {
  const { words, day, amount } = pen
  const { terms, facts } = paymentFields(paper, pen)
  return {
    greeting: words.greeting(addressee(paper)),
    client: paper.buyer.name,
    contact: paper.contact ?? '',
    company: paper.seller.name ?? '',
    title: titleOf(paper, pen),
    number: paper.number ?? '',
    subject: paper.subject ?? '',
    date: day(paper.on),
    due: paper.dueOn === null ? '' : day(paper.dueOn),
    valid_until: paper.validUntil === null ? '' : day(paper.validUntil),
    validity: paper.validUntil === null ? '' : words.validity(day(paper.validUntil)),
    total: amount(totalOf(paper)),
    terms: terms.join('\n'),
    account: factLines(facts),
    corrects: paper.corrects?.number ?? '',
  }
}

/** Own texts of documents, and the language of those that are in none. */
export type OwnTexts = Pick<Settings, 'documentTexts' | 'documentLanguage' | 'reminderTexts'>

/**
 * The text of a level of reminders in use, with its words in braces: in the language of the book the one that is not of
 * any language, else that of the language, else the usual one.
 */
export function reminderInUse(
  level: number,
  levels: number,
  { language, words }: Pick<Pen, 'language' | 'words'>,
  own: OwnTexts | null,
): string {
  const isUsual = own !== null && documentLanguage(own.documentLanguage) === language
  return (
    (isUsual ? own.reminderTexts[level] : undefined) ??
    own?.documentTexts[`${language}/reminder.${level}`] ??
    usualText(level, levels, words.reminders)
  )
}

/** The text in use, with its words in braces. */
export function textInUse(
  name: TextName,
  { language, words }: Pick<Pen, 'language' | 'words'>,
  own: OwnTexts | null,
): string {
  return own?.documentTexts[`${language}/${name}`] ?? words.texts[name]
}

/** A text of a document, filled in. */
export function filledText(name: TextName, paper: Paper, pen: Pen, own: OwnTexts | null): string {
  return fillParagraphs(textInUse(name, pen, own), wordsOf(paper, pen))
}

/** The mail that a document goes with: its subject, and its text. */
export function mailText(
  name: 'proposal.mail' | 'invoice.mail' | 'credit-note.mail',
  paper: Paper,
  pen: Pen,
  own: OwnTexts | null,
): ReminderText {
  const { subject, body } = fillText(textInUse(name, pen, own), wordsOf(paper, pen))
  return { subject: subject.replace(/[:\s]+$/, ''), body }
}
