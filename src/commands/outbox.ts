import { defineCommand, flag } from '../cli/command.ts'
import { readCount } from '../cli/options.ts'
import { type Column, listReport } from '../domain/table.ts'
import { openOutbox } from '../mail/outbox.ts'
import { knownMails } from '../money/letters/kept.ts'
import { sendOutbox, unsent } from './shared/mail/deliver.ts'

const COLUMNS: Column[] = [
  { key: 'number', label: 'No.', type: 'count' },
  { key: 'to', label: 'To', type: 'text' },
  { key: 'subject', label: 'Subject', type: 'text' },
  { key: 'queued', label: 'Since (UTC)', type: 'text', worded: true },
  { key: 'state', label: 'State', type: 'text' },
  { key: 'tries', label: 'Tries', type: 'count' },
  { key: 'error', label: 'Why', type: 'text', wrap: true },
]

export const list = defineCommand({
  options: {},
  examples: ['outbox list'],
  async run(context) {
    const { path, db } = await context.book()
    const outbox = openOutbox(path, false)
    try {
      const rows = (outbox ? await unsent(db, outbox) : []).map(({ id: _, queued, ...row }) => ({
        ...row,
        queued: queued.slice(0, 16).replace('T', ' '),
      }))
      const section = { key: 'messages', columns: COLUMNS, rows }
      const empty = 'No mail waits to be sent.'
      await context.print(listReport('outbox', `Outbox (${rows.length})`, section, { empty }))
    } finally {
      outbox?.close()
    }
  },
})

export const send = defineCommand({
  description:
    'Sends the mails that could not be sent before, each once. A mail that the server refused ' +
    'for good (an unknown address, say) counts as failed, and is tried again only with ' +
    '--failed.',
  options: {
    sendmail: flag('--sendmail', 'send with this machine’s sendmail, not FUNNEL_SMTP_URL'),
    failed: flag('--failed', 'also try those that were refused for good'),
  },
  examples: ['outbox send', 'outbox send --failed'],
  run: (context, _args, { sendmail, failed }) =>
    sendOutbox(context, sendmail ?? false, failed ?? false),
})

export const drop = defineCommand({
  description: 'Removes a mail that should no longer be sent, such as one to a wrong address.',
  arguments: [{ syntax: '<number>', help: 'its number in funnel outbox list' }],
  options: {},
  examples: ['outbox drop 1'],
  async run(context, [text = '']) {
    const number = readCount(text)
    const { path, db } = await context.book()
    const outbox = openOutbox(path, true)
    try {
      const { id, to, subject } = outbox?.drop(number) ?? { id: '', to: '', subject: '' }
      const isKnown = (await knownMails(db, [id])).has(id)
      const left = isKnown ? '; the book still counts it as sent' : ''
      await context.tell(`dropped the mail to ${to}: ${subject}${left}`, { number, to, subject })
    } finally {
      outbox?.close()
    }
  },
})
