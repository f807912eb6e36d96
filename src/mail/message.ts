import { createHash } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
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

/** What a message says. */
interface Letter {
  from: Mailbox
  to: readonly Mailbox[]
  subject: string
  text: string
  /** None for a letter in plain text. */
  html?: string
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

/** Encodes a letter as a message (RFC 5322, MIME): text, and HTML as its alternative. */
export async function compose(id: string, letter: Letter): Promise<Message> {
  const { from, to, text, html, at } = letter
  const subject = oneLine(letter.subject)
  const box = ({ name, address }: Mailbox) => ({ name: name ?? '', address })
  const composer = new MailComposer({
    from: box(from),
    to: to.map(box),
    subject,
    text,
    ...(html === undefined ? {} : { html }),
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
