import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import { Fault } from '../domain/fault.ts'
import type { Mailbox } from './addresses.ts'

/** A message, ready to be sent. */
export interface Message {
  /** Its Message-ID, without brackets. */
  id: string
  from: string
  subject: string
  /** The message as it goes over the wire. */
  source: Buffer
}

/** A file that goes with a message. */
export interface Attached {
  /** Its name, without a folder. */
  name: string
  /** Its media type: `application/pdf`. */
  type: string
  bytes: Uint8Array
}

/** What a message says. */
interface Letter {
  from: Mailbox
  to: readonly Mailbox[]
  subject: string
  text: string
  /** None for a letter in plain text. */
  html?: string
  files?: readonly Attached[] | undefined
  /** The moment of writing, UTC, ISO text. */
  at: string
}

/**
 * The Message-ID of a book's message about a subject to a mailbox: always the same, so that neither this
 * program nor a mail server takes it for two messages. It reveals neither the book nor the mailbox.
 * @param about what sets it apart from other messages of the book: `snapshot 2026-11-16..2026-11-22`.
 */
export function messageId(book: string, about: string, to: Mailbox): string {
  const hash = createHash('sha256')
  hash.update([book, about, to.address.toLowerCase()].join('\n'))
  return `${hash.digest('hex').slice(0, 40)}@funnel.invalid`
}

/** A text in one line, for a header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ').trim()
}

/** How much may be attached, in bytes: most servers take 25 MB, of which the encoding needs a third. */
const MOST_ATTACHED = 18_000_000

/** @throws Fault `failed` if files are too large to be mailed. */
function requireMailable(files: readonly Attached[]): void {
  const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (size <= MOST_ATTACHED) return
  const names = files.map(({ name }) => name).join(', ')
  const message = `${names} is too large to be mailed: ${Math.ceil(size / 1_000_000)} MB, where most servers take ${MOST_ATTACHED / 1_000_000} MB`
  throw new Fault('failed', message, 'use a smaller logo, or write it to a file with --out')
}

/**
 * Encodes a letter as a message (RFC 5322, MIME): text, and HTML as its alternative, and files with it.
 * @throws Fault `failed` if the files are too large to be mailed.
 */
export async function compose(id: string, letter: Letter): Promise<Message> {
  const { from, to, text, html, files = [], at } = letter
  requireMailable(files)
  const subject = oneLine(letter.subject)
  const box = ({ name, address }: Mailbox) => ({ name: name ?? '', address })
  const composer = new MailComposer({
    from: box(from),
    to: to.map(box),
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    attachments: files.map(({ name, type, bytes }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(bytes),
    })),
    date: new Date(at),
    messageId: `<${id}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    // Long lines, and characters that old servers mangle, are encoded so that nothing can break them.
    textEncoding: 'quoted-printable',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { id, from: from.address, subject, source: await composer.compile().build() }
}
