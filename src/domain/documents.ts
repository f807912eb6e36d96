import { Fault } from './fault.ts'
import { DOCUMENT_LANGUAGES, documentLanguage, knownLanguage } from './language.ts'
import { quoted } from './plain-text.ts'

/** The blocks of a page, in the usual order; settings may reorder or leave out. */
export const BLOCKS = [
  'logo',
  'sender',
  'recipient',
  'facts',
  'title',
  'intro',
  'lines',
  'sums',
  'options',
  'note',
  'closing',
  'payment',
  'acceptance',
  'footer',
] as const

export type Block = (typeof BLOCKS)[number]

/** The formats that documents are made in. */
export const DOCUMENT_FORMATS = ['pdf', 'html', 'docx', 'odt'] as const

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]

/** The media types of the formats, for mail. */
export const MEDIA_TYPES: Readonly<Record<DocumentFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
}

/** How invoices are sent: as what file, or as the text of the mail. */
export const SENT_FORMATS = ['pdf', 'html', 'factur-x', 'ubl+pdf', 'text'] as const

export type SentFormat = (typeof SENT_FORMATS)[number]

/** How reminders are sent: as the text of the mail, or that with a PDF. */
export const REMINDER_FORMATS = ['text', 'pdf'] as const

export type ReminderFormat = (typeof REMINDER_FORMATS)[number]

/** How the documents of a book look and what they say, where that is not as usual. */
export interface DocumentSettings {
  /** The language tag of documents for clients without one of their own: `de`, `de-CH`. */
  documentLanguage: string
  /** The colour of headings and rules: `#1f4e79`. */
  documentColor: string
  documentBlocks: readonly Block[]
  /** For how many days proposals are valid; null is without end. */
  proposalValid: number | null
  /** As what invoices and reminders are sent by mail. */
  invoiceFormat: SentFormat
  reminderFormat: ReminderFormat
  /** Own texts by language and name: `de/proposal.intro`. */
  documentTexts: Readonly<Record<string, string>>
}

/** What documents are like in a new book. */
export const USUAL_DOCUMENTS: DocumentSettings = {
  documentLanguage: 'en',
  documentColor: '#1f4e79',
  documentBlocks: BLOCKS,
  proposalValid: 30,
  invoiceFormat: 'pdf',
  reminderFormat: 'text',
  documentTexts: {},
}

const NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  ru: 'Russian',
  th: 'Thai',
}

/**
 * Reads a language that documents are written in: `de`, `German`, `de-CH`.
 * @throws Fault `usage` if there are no documents in it.
 */
export function parseDocumentLanguage(text: string): string {
  const tag = knownLanguage(text)
  if (documentLanguage(tag) !== undefined) return tag
  const known = DOCUMENT_LANGUAGES.map((one) => `${one} (${NAMES[one]})`).join(', ')
  const hint = `there are ${known}, also with a country: de-CH`
  throw new Fault('usage', `documents cannot be written in ${quoted(text)}`, hint)
}

/** Reads one of the formats that documents are sent in. @throws Fault `usage` if it is none of them. */
export function parseFormat<const T extends string>(text: string, formats: readonly T[]): T {
  const found = formats.find((one) => one === text.trim().toLowerCase())
  if (found !== undefined) return found
  const hint = `there are ${formats.join(', ')}`
  throw new Fault('usage', `nothing is sent as ${quoted(text)}`, hint)
}

const COLOR = /^#[0-9a-f]{6}$/

/** Does a text look like a colour: `#1f4e79`? */
export const isColor = (text: string): boolean => COLOR.test(text)

/** Reads a colour: `#1F4E79`, `1f4e79`, `#abc`. @throws Fault `usage` if it is not one. */
export function parseColor(text: string): string {
  const bare = text.trim().toLowerCase().replace(/^#/, '')
  const long = /^[0-9a-f]{3}$/.test(bare) ? bare.replaceAll(/./g, '$&$&') : bare
  const color = `#${long}`
  if (isColor(color)) return color
  const hint = 'write red, green and blue in hexadecimal, such as #1f4e79'
  throw new Fault('usage', `${quoted(text)} is not a colour`, hint)
}

const isBlock = (text: string): text is Block => BLOCKS.some((block) => block === text)

/**
 * Reads the blocks of a page in their order: `logo, recipient, title, lines, sums`.
 * @throws Fault `usage` if one is not known or given twice.
 */
export function parseBlocks(text: string): Block[] {
  const given = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  const hint = `choose from ${BLOCKS.join(', ')}`
  const blocks = given.map((word) => {
    if (isBlock(word)) return word
    throw new Fault('usage', `documents have no block ${quoted(word)}`, hint)
  })
  if (blocks.length === 0) throw new Fault('usage', 'documents need at least one block', hint)
  const twice = blocks.find((block, at) => blocks.indexOf(block) !== at)
  if (twice === undefined) return blocks
  throw new Fault('usage', `the block ${twice} is given twice`, 'name each block once')
}
