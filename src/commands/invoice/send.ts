import type { Db } from '../../book/store/db.ts'
import { choice, defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { keepDocument, type Leaving } from '../../documents/keep.ts'
import { SENT_FORMATS, type SentFormat } from '../../domain/documents.ts'
import { Fault } from '../../domain/fault.ts'
import { safeFileName } from '../../domain/file-name.ts'
import { counted } from '../../domain/text.ts'
import { parseMailbox } from '../../mail/addresses.ts'
import { draftName, findIssued, invoiceName, type Issued } from '../../money/invoices/find.ts'
import { recordSent, requireSendable } from '../../money/invoices/send.ts'
import { requireAddress } from '../../money/letters/address.ts'
import type { LetterText } from '../../money/letters/letter.ts'
import type { Moment } from '../../records/moment.ts'
import { formatAsked } from '../shared/format-of-name.ts'
import {
  attached,
  formatsOf,
  type InvoiceFile,
  type InvoiceFiles,
  invoiceFiles,
  leaving,
} from '../shared/invoice-files.ts'
import { changeByMail, letterPage, localLetter } from '../shared/mail/letters.ts'
import { MAIL_HELP, mailOptions } from '../shared/mail/options.ts'
import { notesOf, placesOf, writeFiles } from '../shared/made-files.ts'
import { invoicesArgument, invoicesNamed } from './fields.ts'

interface Wish {
  to?: string | undefined
  format: SentFormat
  template?: string | undefined
  again: boolean
}

/** An invoice on its way: the mail, and the files with it; the text of the mail is all of it if there are none. */
interface Parcel {
  invoice: Issued
  letter: LetterText
  files: InvoiceFile[]
  format: SentFormat
}

/** @throws Fault `failed` for a draft, or one that cannot be sent. */
async function parcelOf(
  context: Context,
  db: Db,
  made: InvoiceFiles,
  text: string,
  { format, template, again }: Wish,
): Promise<Parcel> {
  const invoice = await findIssued(db, text)
  await requireSendable(db, invoice, again)
  const formats = formatsOf(format)
  const letter = await (formats.length === 0 ? made.text(invoice) : made.mail(invoice))
  const files: InvoiceFile[] = []
  for (const one of formats) files.push(await made.make(invoice, one, template))
  return { invoice, letter: await localLetter(context, letter), files, format }
}

type Content = Pick<Leaving, 'name' | 'format' | 'bytes'>

/** What is kept, and written to a folder: the files, or the text of the mail. */
function contents({ invoice, letter, files }: Parcel, to: string | null): readonly Content[] {
  if (files.length > 0) return files
  const bytes = Buffer.from(letterPage(letter, to))
  return [{ name: safeFileName(invoiceName(invoice), 'txt'), format: 'txt', bytes }]
}

async function keep(db: Db, parcel: Parcel, to: string | null, moment: Moment): Promise<void> {
  for (const { name, format, bytes } of contents(parcel, to)) {
    await keepDocument(db, leaving(parcel.invoice, { name, format, bytes }), moment)
  }
}

const resultOf = ({ invoice, letter, files, format }: Parcel, to: string | null) => ({
  invoice: invoice.id,
  number: invoice.number,
  to,
  subject: letter.subject,
  text: letter.text,
  format,
  files: files.map(({ name, bytes }) => ({ name, size: bytes.length })),
})

/** The result for one is its own; for several, a list. */
function results(all: readonly { parcel: Parcel; to: string | null }[]): Record<string, unknown> {
  const [first, second] = all.map(({ parcel, to }) => resultOf(parcel, to))
  if (first && !second) return first
  return { invoices: all.map(({ parcel, to }) => resultOf(parcel, to)) }
}

const named = (parcels: readonly Parcel[]): string =>
  parcels.map(({ invoice }) => invoiceName(invoice)).join(', ')

const warnings = (parcels: readonly Parcel[]): string[] =>
  parcels.flatMap(({ files }) => files.flatMap((file) => notesOf(file.name, file)))

async function dryRun(
  context: Context,
  texts: readonly string[],
  wish: Wish,
  isMail: boolean,
): Promise<void> {
  const { db } = await context.book()
  const made = await invoiceFiles(context, db)
  const all: { parcel: Parcel; to: string | null }[] = []
  for (const text of texts) {
    const parcel = await parcelOf(context, db, made, text, { ...wish, again: true })
    const { client_id: client } = parcel.invoice
    all.push({ parcel, to: wish.to ?? (isMail ? await requireAddress(db, client) : null) })
  }
  const pages = all.map(({ parcel, to }) => {
    const files = parcel.files.map(
      ({ name, bytes }) => `Attached: ${name} (${Math.ceil(bytes.length / 1000)} KB)`,
    )
    return [letterPage(parcel.letter, to).trimEnd(), ...files].join('\n')
  })
  for (const line of warnings(all.map(({ parcel }) => parcel))) context.say(line)
  await context.tell(pages.join('\n\n'), { operation: null, ...results(all) })
}

async function toFiles(
  context: Context,
  texts: readonly string[],
  wish: Wish,
  out: string,
): Promise<void> {
  if (out === '-') throw new Fault('usage', '--out takes a file', 'to see it: --dry-run')
  await context.change({}, async (db, moment) => {
    const made = await invoiceFiles(context, db)
    const all: { parcel: Parcel; to: string | null }[] = []
    for (const text of texts) {
      all.push({ parcel: await parcelOf(context, db, made, text, wish), to: wish.to ?? null })
    }
    const files = all.flatMap(({ parcel, to }) => contents(parcel, to))
    const places = placesOf(context, out, files)
    const left = [...places]
    for (const { parcel, to } of all) {
      const own = left.splice(0, contents(parcel, to).length).join(' and ')
      await recordSent(db, parcel.invoice, { to: `as ${own}`, mail: null }, moment)
      await keep(db, parcel, to, moment)
    }
    await writeFiles(context, files, places)
    const parcels = all.map(({ parcel }) => parcel)
    for (const line of warnings(parcels)) context.say(line)
    const counts = parcels.length === 1 ? 'it counts' : 'they count'
    return {
      summary: `wrote ${named(parcels)} to ${places.join(', ')}; ${counts} as sent`,
      result: results(all),
    }
  })
}

export default defineCommand({
  description:
    'Mails invoices and credit notes in the language of their clients: a short text with a PDF, or as --format and the ' +
    'setting invoice-format say; as text, the mail has all of it. Each goes to the client’s first e-mail address unless ' +
    '--to says otherwise. What was sent is kept as it was (funnel document list), and cannot be undone; what still ' +
    `waits in the outbox can. ${MAIL_HELP}`,
  arguments: [invoicesArgument],
  options: {
    to: option('--to <address>', 'to this address'),
    format: choice('--format <format>', 'as what, if not as the setting says', SENT_FORMATS),
    template: option(
      '--template <template>',
      'the template to make it with, if not the default one',
    ),
    out: option('--out <file>', 'write it to this file or folder instead; it counts as sent'),
    sendmail: mailOptions.sendmail,
    again: mailOptions.again,
    dryRun: flag('--dry-run', 'show the mail, and send nothing'),
  },
  examples: [
    'invoice send 2026-0001 --dry-run',
    'invoice send 2026-0001 --out invoice.pdf',
    'invoice send 2026-0001 --format text --to office@harbour.example --dry-run',
  ],
  async run(context, texts, { to, format, template, out, sendmail, again, dryRun: isDry }) {
    const { db, settings } = await context.book()
    if (to !== undefined) parseMailbox(to)
    const names = (await invoicesNamed(db, texts)).map(({ id, number }) => number ?? draftName(id))
    const usual = settings.invoiceFormat
    const place = names.length === 1 ? out : undefined
    const asked = formatAsked(context, { out: place, format }, SENT_FORMATS, usual)
    const wish = { to, format: asked ?? usual, template, again: again ?? false }
    if (isDry) return dryRun(context, names, wish, out === undefined)
    if (out !== undefined) return toFiles(context, names, wish, out)
    for (const name of names) await requireSendable(db, await findIssued(db, name), wish.again)
    await changeByMail(
      context,
      { sendmail, instead: '--out FILE' },
      async ({ put }, within, moment) => {
        const made = await invoiceFiles(context, within)
        const all: { parcel: Parcel; to: string }[] = []
        for (const text of names) {
          const parcel = await parcelOf(context, within, made, text, wish)
          const { invoice, letter, files } = parcel
          const address = to ?? (await requireAddress(within, invoice.client_id))
          const about = `${invoiceName(invoice)}${wish.again ? ` ${crypto.randomUUID()}` : ''}`
          const mail = await put(within, letter, address, about, files.map(attached))
          await recordSent(within, invoice, { to: `to ${address}`, mail }, moment)
          await keep(within, parcel, address, moment)
          all.push({ parcel, to: address })
        }
        const parcels = all.map(({ parcel }) => parcel)
        const many = counted(parcels.length, 'invoice')
        const [only, other] = all
        const summary =
          only && !other
            ? `sent ${named(parcels)} to ${only.to}`
            : `sent ${many}: ${parcels.map(({ invoice }) => invoice.number).join(', ')}`
        return { summary, said: { lines: warnings(parcels), result: results(all) } }
      },
    )
  },
})
