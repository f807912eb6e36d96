import { defineCommand, flag, option } from '../../cli/command.ts'
import { keepDocument, type Leaving } from '../../documents/keep.ts'
import { Fault } from '../../domain/fault.ts'
import { safeFileName } from '../../domain/file-name.ts'
import { parseMailbox } from '../../mail/addresses.ts'
import { findIssued, invoiceName, type Issued } from '../../money/invoices/find.ts'
import { letterOf, recordSent, requireSendable } from '../../money/invoices/send.ts'
import { requireAddress } from '../../money/letters/address.ts'
import { changeByMail, letterFile, letterPage, localLetter } from '../shared/mail/letters.ts'
import { MAIL_HELP, mailOptions } from '../shared/mail/options.ts'
import { invoiceArgument } from './fields.ts'

/** An invoice in plain text, as it is kept. */
function textOf(invoice: Issued, bytes: Uint8Array): Leaving {
  return {
    clientId: invoice.client_id,
    kind: invoice.kind === 'credit' ? 'credit-note' : 'invoice',
    invoiceId: invoice.id,
    name: safeFileName(invoiceName(invoice), 'txt'),
    format: 'txt',
    bytes,
  }
}

export default defineCommand({
  description:
    'Mails an invoice or credit note as plain text: lines, tax, what is to be paid by when, and to which account. It ' +
    'goes to the client’s first e-mail address unless --to says otherwise. What was sent cannot be undone; what still ' +
    `waits in the outbox can. ${MAIL_HELP}`,
  arguments: [invoiceArgument],
  options: {
    to: option('--to <address>', 'to this address'),
    out: option('--out <file>', 'write it to this file instead; it counts as sent'),
    sendmail: mailOptions.sendmail,
    again: mailOptions.again,
    dryRun: flag('--dry-run', 'show it, and send nothing'),
  },
  examples: [
    'invoice send 2026-0001 --dry-run',
    'invoice send 2026-0001 --out invoice.txt',
    'invoice send 2026-0001 --to office@harbour.example --dry-run',
  ],
  async run(context, [text = ''], { to, out, sendmail, again, dryRun }) {
    const { db, settings } = await context.book()
    if (to !== undefined) parseMailbox(to)
    const isAgain = again ?? false
    const invoice = await findIssued(db, text)
    await requireSendable(db, invoice, isAgain || dryRun === true)
    if (dryRun) {
      const address = to ?? (out === undefined ? await requireAddress(db, invoice.client_id) : null)
      const letter = await localLetter(
        context,
        await letterOf(db, invoice, settings.currency, await context.today()),
      )
      await context.tell(letterPage(letter, address).trimEnd(), {
        operation: null,
        invoice: invoice.id,
        number: invoice.number,
        to: address,
        subject: letter.subject,
        text: letter.text,
      })
      return
    }
    const named = { invoice: invoice.id, number: invoice.number }
    if (out !== undefined) {
      if (out === '-') throw new Fault('usage', '--out takes a file', 'to see it: --dry-run')
      await context.change({}, async (within, moment) => {
        const found = await findIssued(within, text)
        await requireSendable(within, found, isAgain)
        const letter = await letterOf(within, found, settings.currency, moment.today)
        await recordSent(within, found, { to: `as ${out}`, mail: null }, moment)
        const bytes = await letterFile(context, letter, to ?? null, out)
        await keepDocument(within, textOf(found, bytes), moment)
        return {
          summary: `wrote ${invoiceName(found)} to ${out}; it counts as sent`,
          result: { ...named, to: to ?? null, subject: letter.subject, text: letter.text },
        }
      })
      return
    }
    await changeByMail(
      context,
      { sendmail, instead: '--out FILE' },
      async ({ put }, within, moment) => {
        const found = await findIssued(within, text)
        await requireSendable(within, found, isAgain)
        const address = to ?? (await requireAddress(within, found.client_id))
        const letter = await letterOf(within, found, settings.currency, moment.today)
        const about = `${invoiceName(found)}${isAgain ? ` ${crypto.randomUUID()}` : ''}`
        const mail = await put(within, letter, address, about)
        await recordSent(within, found, { to: `to ${address}`, mail }, moment)
        const page = letterPage(await localLetter(context, letter), address)
        await keepDocument(within, textOf(found, Buffer.from(page)), moment)
        const result = { ...named, to: address, subject: letter.subject, text: letter.text }
        return {
          summary: `sent ${invoiceName(found)} to ${address}`,
          said: { lines: [], result },
        }
      },
    )
  },
})
