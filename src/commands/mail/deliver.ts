import { existsSync } from 'node:fs'
import path from 'node:path'
import envPaths from 'env-paths'
import { bookUid } from '../../records/book.ts'
import { flag, list } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { Fault } from '../../domain/fault.ts'
import { parseSmtpUrl, readMailSettings } from '../../mail/account.ts'
import { type Mailbox, parseMailbox } from '../../mail/addresses.ts'
import { compose, messageId } from '../../mail/message.ts'
import { openOutbox, type Outbox, type Sending } from '../../mail/outbox.ts'
import { type Carrier, reasonOf, sendmailCarrier, smtpCarrier } from '../../mail/send.ts'

/** The options of every command that sends mail. */
export const mailOptions = {
  mailTo: list('--mail-to <address>', 'send it there by mail (repeatable)'),
  sendmail: flag('--sendmail', 'hand mail to this machine’s sendmail, not to FUNNEL_SMTP_URL'),
  again: flag('--again', 'send it even if it was sent already'),
}

/** How mail is set up, for the help. */
export const MAIL_HELP =
  'Mail goes through FUNNEL_SMTP_URL (smtps://user:password@mail.example.com) or a settings file, ' +
  '{"url": …, "from": …}, that you alone can read: FUNNEL_MAIL_SETTINGS, else mail.json in the ' +
  'folder of settings. What cannot be sent is kept and goes out with the next run.'

/** What is sent, in both its forms. */
export interface Page {
  subject: string
  /** What sets it apart from the other mails of the book. */
  about: string
  text: string
  html: string
}

/** Who sends, and by what. */
interface Post {
  carrier: Carrier
  from: Mailbox | null
  reason: (error: unknown) => string
}

const SENDMAIL = ['/usr/sbin/sendmail', '/usr/lib/sendmail', '/usr/bin/sendmail']

function settingsFile({ io }: Context): string {
  const named = io.env.FUNNEL_MAIL_SETTINGS
  if (named) return path.resolve(io.cwd, named)
  return path.join(envPaths('funnel', { suffix: '' }).config, 'mail.json')
}

function readPost(context: Context, sendmail: boolean): Post {
  const { FUNNEL_SMTP_URL: url, FUNNEL_MAIL_FROM: from, FUNNEL_SENDMAIL: named } = context.io.env
  const file = settingsFile(context)
  const settings = readMailSettings({ url: sendmail ? undefined : url, from, file })
  const sender = settings.from === null ? null : parseMailbox(settings.from)
  if (sendmail) {
    const program = named ?? SENDMAIL.find((each) => existsSync(each)) ?? 'sendmail'
    return {
      carrier: sendmailCarrier(program),
      from: sender,
      reason: (error) => reasonOf(error, { url: null, user: null, password: null }),
    }
  }
  if (settings.url === null) {
    const hint = `set FUNNEL_SMTP_URL, write ${file}, or add --sendmail or --out page.eml`
    throw new Fault('usage', 'there is no mail server to send by', hint)
  }
  const { url: address } = settings
  const account = parseSmtpUrl(address)
  const user = account.user?.includes('@') ? parseMailbox(account.user) : null
  return {
    carrier: smtpCarrier(account),
    from: sender ?? user,
    reason: (error) => reasonOf(error, { ...account, url: address }),
  }
}

/** The messages of a run itself: those to send, and who had the same one before. */
interface Own {
  messages: { id: string; to: string }[]
  already: string[]
}

const NOTHING_OWN: Own = { messages: [], already: [] }

/** What became of a run's own messages that it did not send itself. */
function byOthers({ messages }: Own, { sent, kept }: Sending, outbox: Outbox) {
  const here = new Set([...sent, ...kept].map(({ id }) => id))
  const others = messages.filter(({ id }) => !here.has(id))
  const to = (isSent: boolean): string[] =>
    others.filter(({ id }) => outbox.isSent(id) === isSent).map((message) => message.to)
  return { elsewhere: to(true), queued: to(false) }
}

async function report(
  outcome: Sending,
  context: Context,
  { already }: Own,
  { elsewhere, queued }: ReturnType<typeof byOthers>,
): Promise<void> {
  const { sent, kept, busy } = outcome
  const lines = [
    ...sent.map(({ to, subject }) => `sent to ${to}: ${subject}`),
    ...elsewhere.map((to) => `sent to ${to} by another run at the same time`),
    ...already.map((to) => `was sent to ${to} before; --again sends it once more`),
    ...queued.map((to) => `queued for ${to}: another run is sending, and sends this as well`),
    ...(busy && queued.length === 0 ? ['another run is sending'] : []),
  ]
  const brief = (messages: Sending['kept']) =>
    messages.map(({ number, to, subject, error }) => ({ number, to, subject, error }))
  const { json, csv } = context.globals
  // What is kept is said as the reason why the command failed.
  if (lines.length === 0 && kept.length > 0 && !json && !csv) return
  await context.tell(lines.length === 0 ? 'nothing waits in the outbox' : lines.join('\n'), {
    sent: sent.map(({ to, subject }) => ({ to, subject })),
    kept: brief(kept),
    already,
    sent_by_others: elsewhere,
    queued,
  })
}

/** One line for whoever reads what cron sends. */
function failKept({ kept }: Sending): void {
  const [first] = kept
  if (!first) return
  const others = kept.length > 1 ? ` and ${kept.length - 1} more wait` : ' waits'
  throw new Fault(
    'failed',
    `the mail to ${first.to}${others} in the outbox: ${first.error ?? 'not tried yet'}; ` +
      'the next run sends it, or: funnel outbox send',
  )
}

async function sendWaiting(
  context: Context,
  outbox: Outbox,
  { carrier, reason }: Post,
  own: Own,
): Promise<void> {
  const { recordedAt } = await context.moment()
  try {
    const outcome = await outbox.send(carrier, recordedAt, reason)
    await report(outcome, context, own, byOthers(own, outcome, outbox))
    failKept(outcome)
  } finally {
    carrier.close()
  }
}

/**
 * Sends what waits in the outbox of the book.
 * @throws Fault `failed` where a message could not be sent; it goes on waiting.
 */
export async function sendOutbox(context: Context, sendmail: boolean): Promise<void> {
  const { path: file } = await context.book()
  const outbox = openOutbox(file, false)
  try {
    if (!outbox || outbox.list().length === 0) {
      const none = { elsewhere: [], queued: [] }
      await report({ sent: [], kept: [], busy: false }, context, NOTHING_OWN, none)
      return
    }
    await sendWaiting(context, outbox, readPost(context, sendmail), NOTHING_OWN)
  } finally {
    outbox?.close()
  }
}

/**
 * Sends a page to each of some mailboxes, and what waits in the outbox with it. Nobody gets the same
 * page of the same period twice unless asked for.
 * @throws Fault `usage` where an address is none or there is nothing to send by; `failed` where a
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
  const [first] = mailboxes
  const from = post.from ?? first
  if (!from) throw new Fault('usage', 'nobody is named to send it to', 'add --mail-to ADDRESS')
  const uid = await bookUid(book.db)
  const outbox = openOutbox(book.path, true)
  if (!outbox) return
  const own: Own = { messages: [], already: [] }
  try {
    for (const to of mailboxes) {
      const id = messageId(uid, options.again ? `${about} ${crypto.randomUUID()}` : about, to)
      const message = await compose(id, { from, to: [to], subject, text, html, at })
      const { address } = to
      if (outbox.add(message, address, at) === 'sent') own.already.push(address)
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
  const from = sender
    ? parseMailbox(sender)
    : (to[0] ?? { name: null, address: 'funnel@localhost' })
  const id = messageId(await bookUid(db), about, to[0] ?? from)
  return (await compose(id, { from, to, subject, text, html, at })).source
}
