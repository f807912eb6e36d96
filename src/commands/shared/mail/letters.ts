import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Context } from '../../../cli/context.ts'
import type { Db } from '../../../book/store/db.ts'
import { Fault } from '../../../domain/fault.ts'
import { localDays } from '../../../domain/locale.ts'
import { withoutControls } from '../../../domain/name.ts'
import { parseMailbox } from '../../../mail/addresses.ts'
import { type Attached, compose, messageId } from '../../../mail/message.ts'
import { openOutbox, type Outbox } from '../../../mail/outbox.ts'
import { knownMails } from '../../../money/letters/kept.ts'
import type { LetterText } from '../../../money/letters/letter.ts'
import { bookUid } from '../../../records/book.ts'
import { type Own, type Post, readPost, type Said, sendWaiting } from './deliver.ts'

/** A letter in the days of the book's locale, and without what would steer the terminal of its reader. */
export async function localLetter(
  context: Context,
  { subject, text }: LetterText,
): Promise<LetterText> {
  const { locale } = (await context.book()).settings
  const written = (part: string): string =>
    withoutControls(locale === null ? part : localDays(part, locale))
  return { subject: written(subject), text: written(text) }
}

/** A letter as it is written to a file or shown: its head, and its text. */
export function letterPage({ subject, text }: LetterText, to: string | null): string {
  return `${to === null ? '' : `To: ${to}\n`}Subject: ${subject}\n\n${text}`
}

/** How the letters of a change leave the house. */
export interface Mailing {
  /**
   * Puts a letter into the outbox, from which it goes once the change is made.
   * @param about what sets it apart from the other mails of the book: the same letter is never sent twice.
   * @param files what is attached.
   * @returns the ID of its mail.
   */
  put: (
    db: Db,
    letter: LetterText,
    to: string,
    about: string,
    files?: readonly Attached[],
  ) => Promise<string>
}

/** What a change that sends letters says about itself. */
interface Sent {
  summary: string
  /** What is said before what became of the mail. */
  said: Said
}

async function prepareMail(
  { context, outbox, post, own }: { context: Context; outbox: Outbox; post: Post; own: Own },
  db: Db,
  letter: LetterText,
  { to, about, files }: { to: string; about: string; files: readonly Attached[] | undefined },
): Promise<string> {
  const box = parseMailbox(to)
  const { recordedAt: at } = await context.moment()
  const id = messageId(await bookUid(db), about, box)
  const { subject, text } = await localLetter(context, letter)
  const message = await compose(id, { from: post.from, to: [box], subject, text, files, at })
  const state = outbox.prepare(message, box.address, at)
  if (state === 'sent') own.already.push(box.address)
  else if (state === 'failed') own.refused.push(box.address)
  else own.messages.push({ id, to: box.address })
  return id
}

/**
 * Runs work as one operation whose letters go out with it: they are put into the outbox before it is written down, and
 * leave only once it is. If it does not come about, they do not go; if the program ends in between, the next sending
 * takes them along.
 * @throws Fault `usage` if there is nothing to send by; `failed` if a mail could not be sent: it waits in the outbox.
 */
export async function changeByMail(
  context: Context,
  { sendmail = false, instead }: { sendmail?: boolean | undefined; instead: string },
  work: (mailing: Mailing, db: Db, moment: Awaited<ReturnType<Context['moment']>>) => Promise<Sent>,
): Promise<void> {
  const book = await context.book()
  const post = readPost(context, sendmail, instead)
  const outbox = openOutbox(book.path, true)
  if (!outbox) return
  const own: Own = { messages: [], already: [], refused: [] }
  try {
    let said: Said = { lines: [], result: {} }
    const operation = await context.change({ silent: true }, async (db, moment) => {
      // The book is ours now: what it does not know of, no change under way is about to tell it.
      const prepared = outbox.prepared()
      const known = await knownMails(db, prepared)
      outbox.discard(prepared.filter((id) => !known.has(id)))
      const put: Mailing['put'] = (within, letter, to, about, files) =>
        prepareMail({ context, outbox, post, own }, within, letter, { to, about, files })
      const sent = await work({ put }, db, moment)
      said = sent.said
      return { summary: sent.summary }
    })
    await sendWaiting(context, outbox, post, own, {
      ...said,
      result: { operation, ...said.result },
    })
  } finally {
    outbox.close()
  }
}

/** Makes a folder for letters. @throws Fault `usage` if that is not possible. */
export function letterFolder(context: Context, name: string): void {
  try {
    mkdirSync(path.resolve(context.io.cwd, name), { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Fault('usage', `${name} is not a folder to write to`, 'name another folder', error)
  }
}
