import { existsSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import path from 'node:path'
import envPaths from 'env-paths'
import { bookUid } from '../../../records/book.ts'
import type { Db } from '../../../book/store/db.ts'
import type { Context } from '../../../cli/context.ts'
import { Fault } from '../../../domain/fault.ts'
import { parseSmtpUrl, readMailSettings } from '../../../mail/account.ts'
import { type Mailbox, parseMailbox } from '../../../mail/addresses.ts'
import { compose, messageId } from '../../../mail/message.ts'
import { knownMails } from '../../../money/letters/kept.ts'
import { openOutbox, type Outbox, type Sending } from '../../../mail/outbox.ts'
import { type Carrier, reasonOf, sendmailCarrier, smtpCarrier } from '../../../mail/send.ts'

/** What is sent, in both its forms. */
export interface Page {
  subject: string
  /** What sets it apart from the other mails of the book. */
  about: string
  text: string
  html: string
}

/** Who sends, and how. */
export interface Post {
  carrier: Carrier
  from: Mailbox
  reason: (error: unknown) => string
}

const SENDMAIL = ['/usr/sbin/sendmail', '/usr/lib/sendmail', '/usr/bin/sendmail']

function settingsFile({ io }: Context): string {
  const named = io.env.FUNNEL_MAIL_SETTINGS
  if (named) return path.resolve(io.cwd, named)
  return path.join(envPaths('funnel', { suffix: '' }).config, 'mail.json')
}

/** The user running this on this machine, as the local mail program would name them. */
function localSender(): Mailbox {
  try {
    return parseMailbox(`${userInfo().username}@${hostname()}`)
  } catch {
    return { name: null, address: 'funnel@localhost' }
  }
}

/**
 * Reads who sends and through which server.
 * @param instead what else can be done, in words that follow a command: `--out page.eml`.
 * @throws Fault `usage` if there is nothing to send by.
 */
export function readPost(context: Context, sendmail: boolean, instead = '--out page.eml'): Post {
  const { FUNNEL_SMTP_URL: url, FUNNEL_MAIL_FROM, FUNNEL_SENDMAIL: named } = context.io.env
  const file = settingsFile(context)
  const settings = readMailSettings({
    url: sendmail ? undefined : url,
    from: FUNNEL_MAIL_FROM,
    file,
  })
  const sender = settings.from === null ? null : parseMailbox(settings.from)
  if (sendmail) {
    const program = named ?? SENDMAIL.find((each) => existsSync(each)) ?? 'sendmail'
    return {
      carrier: sendmailCarrier(program),
      from: sender ?? localSender(),
      reason: (error) => reasonOf(error, { url: null, user: null, password: null }),
    }
  }
  if (settings.url === null) {
    const hint = `set FUNNEL_SMTP_URL, write ${file}, or add --sendmail or ${instead}`
    throw new Fault('usage', 'there is no mail server to send by', hint)
  }
  const { url: address } = settings
  const account = parseSmtpUrl(address)
  const user = account.user?.includes('@') ? parseMailbox(account.user) : null
  const from = sender ?? user ?? (account.loopback ? localSender() : null)
  if (from === null) {
    const hint = `set FUNNEL_MAIL_FROM="Funnel <funnel@your.domain>", or write "from" into ${file}`
    throw new Fault('usage', 'it is not known from which address to send', hint)
  }
  return {
    carrier: smtpCarrier(account),
    from,
    reason: (error) => reasonOf(error, { ...account, url: address }),
  }
}

/** The messages of a run itself: those to send, and who had the same one before. */
export interface Own {
  messages: { id: string; to: string }[]
  already: string[]
  /** Recipients whose server has refused the same message for good before. */
  refused: string[]
}

const NOTHING_OWN: Own = { messages: [], already: [], refused: [] }

/** What became of a run's own messages that were left to another run. */
function byOthers({ messages }: Own, { sent, kept, failed }: Sending, outbox: Outbox) {
  const here = new Set([...sent, ...kept, ...failed].map(({ id }) => id))
  const others = messages.filter(({ id }) => !here.has(id))
  const to = (isSent: boolean): string[] =>
    others.filter(({ id }) => outbox.isSent(id) === isSent).map((message) => message.to)
  return { elsewhere: to(true), queued: to(false) }
}

/** What is said before what became of the mail. */
export interface Said {
  lines: readonly string[]
  result: Record<string, unknown>
  /** The command has no `--again`. */
  once?: boolean
}

const NOTHING_SAID: Said = { lines: [], result: {} }

async function report(
  outcome: Sending,
  context: Context,
  { already, refused }: Own,
  { elsewhere, queued }: ReturnType<typeof byOthers>,
  said: Said = NOTHING_SAID,
): Promise<void> {
  const { sent, kept, failed, busy } = outcome
  const lines = [
    ...said.lines,
    ...sent.map(({ to, subject }) => `sent to ${to}: ${subject}`),
    ...elsewhere.map((to) => `sent to ${to} by another run at the same time`),
    ...already.map(
      (to) => `was sent to ${to} before${said.once ? '' : '; --again sends it once more'}`,
    ),
    ...queued.map((to) => `queued for ${to}: another run is sending, and sends this as well`),
    ...(busy && queued.length === 0 ? ['another run is sending'] : []),
  ]
  const brief = (messages: Sending['kept']) =>
    messages.map(({ number, to, subject, error }) => ({ number, to, subject, error }))
  const { json, csv } = context.globals
  // What is kept is given as the reason why the command failed.
  if (lines.length === 0 && kept.length + failed.length + refused.length > 0 && !json && !csv)
    return
  await context.tell(lines.length === 0 ? 'nothing waits in the outbox' : lines.join('\n'), {
    ...said.result,
    sent: sent.map(({ to, subject }) => ({ to, subject })),
    kept: brief(kept),
    failed: brief(failed),
    already,
    refused,
    sent_by_others: elsewhere,
    queued,
  })
}

const TRY_AGAIN = 'see funnel outbox list; when the cause is mended: funnel outbox send --failed'

/** One line for people who read what cron sends. */
function failUnsent({ kept, failed }: Sending, own: Own): void {
  const [refused] = failed
  const [before] = own.refused
  if (refused) {
    const others = failed.length > 1 ? ` and ${failed.length - 1} more` : ''
    throw new Fault(
      'failed',
      `the mail to ${refused.to}${others} was refused for good: ${refused.error}; ${TRY_AGAIN}`,
    )
  }
  if (before !== undefined) {
    throw new Fault('failed', `this mail to ${before} was refused for good before; ${TRY_AGAIN}`)
  }
  const [first] = kept
  if (!first) return
  const others = kept.length > 1 ? ` and ${kept.length - 1} more wait` : ' waits'
  throw new Fault(
    'failed',
    `the mail to ${first.to}${others} in the outbox: ${first.error ?? 'not tried yet'}; ` +
      'the next run sends it, or: funnel outbox send',
  )
}

/**
 * Sends what waits, a run's own messages among it, and says what became of them.
 * @throws Fault `failed` if a message could not be sent; it goes on waiting.
 */
export async function sendWaiting(
  context: Context,
  outbox: Outbox,
  { carrier, reason }: Post,
  own: Own,
  said?: Said,
): Promise<void> {
  const { recordedAt } = await context.moment()
  const { db } = await context.book()
  try {
    const outcome = await outbox.send(carrier, recordedAt, reason, (ids) => knownMails(db, ids))
    await report(outcome, context, own, byOthers(own, outcome, outbox), said)
    failUnsent(outcome, own)
  } finally {
    carrier.close()
  }
}

/** The messages that wait or were refused, without those of a change that did not come about. */
export async function unsent(db: Db, outbox: Outbox): Promise<ReturnType<Outbox['list']>> {
  const prepared = outbox.prepared()
  const known = await knownMails(db, prepared)
  const stray = new Set(prepared.filter((id) => !known.has(id)))
  return outbox.list().filter(({ id }) => !stray.has(id))
}

/**
 * Sends what waits in the book's outbox and, if asked, what was refused before.
 * @throws Fault `failed` if a message could not be sent; it goes on waiting.
 */
export async function sendOutbox(
  context: Context,
  sendmail: boolean,
  withFailed = false,
  said?: Said,
): Promise<void> {
  const { path: file, db } = await context.book()
  const outbox = openOutbox(file, false)
  try {
    if (withFailed) outbox?.retry()
    if (!outbox || (await unsent(db, outbox)).every(({ state }) => state === 'failed')) {
      const none = { elsewhere: [], queued: [] }
      await report(
        { sent: [], kept: [], failed: [], busy: false },
        context,
        NOTHING_OWN,
        none,
        said,
      )
      return
    }
    await sendWaiting(context, outbox, readPost(context, sendmail), NOTHING_OWN, said)
  } finally {
    outbox?.close()
  }
}

/**
 * Sends a page to some mailboxes, along with what waits in the outbox. Nobody gets the same
 * page for the same period twice unless asked for.
 * @throws Fault `usage` if an address is not one or there is nothing to send by; `failed` if a
 *   message could not be sent; it waits in the outbox then.
 */
export async function deliver(
  context: Context,
  { subject, about, text, html }: Page,
  options: { mailTo: readonly string[]; sendmail: boolean; again: boolean },
): Promise<void> {
  const book = await context.book()
  const { recordedAt: at } = await context.moment()
  const mailboxes = options.mailTo.map(parseMailbox)
  const post = readPost(context, options.sendmail)
  const { from } = post
  if (mailboxes.length === 0) {
    throw new Fault('usage', 'there is no address to send it to', 'add --mail-to ADDRESS')
  }
  const uid = await bookUid(book.db)
  const outbox = openOutbox(book.path, true)
  if (!outbox) return
  const own: Own = { messages: [], already: [], refused: [] }
  try {
    for (const to of mailboxes) {
      const id = messageId(uid, options.again ? `${about} ${crypto.randomUUID()}` : about, to)
      const message = await compose(id, { from, to: [to], subject, text, html, at })
      const { address } = to
      const state = outbox.add(message, address, at)
      if (state === 'sent') own.already.push(address)
      else if (state === 'failed') own.refused.push(address)
      else own.messages.push({ id, to: address })
    }
    await sendWaiting(context, outbox, post, own)
  } finally {
    outbox.close()
  }
}

/** The page as a message in a file, for another program to send. */
export async function messageFile(
  context: Context,
  { subject, about, text, html }: Page,
  mailTo: readonly string[],
): Promise<Buffer> {
  const { db } = await context.book()
  const { recordedAt: at } = await context.moment()
  const to = mailTo.map(parseMailbox)
  const { FUNNEL_MAIL_FROM: sender } = context.io.env
  const from = sender ? parseMailbox(sender) : localSender()
  const id = messageId(await bookUid(db), about, to[0] ?? from)
  return (await compose(id, { from, to, subject, text, html, at })).source
}
