import type { Db } from '../../book/store/db.ts'
import { choice, defineCommand, flag, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { keptDocuments } from '../../documents/keep.ts'
import { Fault } from '../../domain/fault.ts'
import { counted } from '../../domain/text.ts'
import { type Invoice, invoiceName } from '../../money/invoices/find.ts'
import { formatAsked } from '../shared/format-of-name.ts'
import { FILE_FORMATS, type InvoiceFile, invoiceFiles } from '../shared/invoice-files.ts'
import { notesOf, placesOf, writeFiles } from '../shared/made-files.ts'
import { invoicesArgument, invoicesNamed } from './fields.ts'

/** Says of what was sent as it is made again that the file as it was sent is kept. */
async function sayKept(context: Context, db: Db, invoice: Invoice): Promise<void> {
  const [kept] = await keptDocuments(db, { invoiceId: invoice.id, isOwn: true })
  if (!kept) return
  context.say(
    `${invoiceName(invoice)} was sent on ${kept.sent_on}; the file as it was sent: funnel document show ${kept.id} --out FILE`,
  )
}

export default defineCommand({
  description:
    'Makes files of invoices, credit notes and drafts, each in the language of its client, and sends nothing. What was ' +
    'issued is as it was frozen, with what is open of it now; the file that was sent is kept apart (funnel document ' +
    'list). Drafts are marked as such. E-invoices are refused with what they lack.',
  arguments: [invoicesArgument],
  options: {
    format: choice('--format <format>', 'by default as --out ends, else pdf', FILE_FORMATS),
    template: option(
      '--template <template>',
      'the template to make it with, if not the default one',
    ),
    out: option('--out <file>', 'the file, or a folder; the current one by default'),
    preview: flag('--preview', 'show it here, and write nothing'),
  },
  examples: [
    'invoice make 2026-0001',
    'invoice make d2 --preview',
    'invoice make 2026-0001 d2 --format html --out pages',
  ],
  async run(context, texts, { format: asked, template, out, preview }) {
    const { db } = await context.book()
    const invoices = await invoicesNamed(db, texts)
    const place = invoices.length === 1 ? out : undefined
    const format = formatAsked(context, { out: place, format: asked }, FILE_FORMATS, 'pdf') ?? 'pdf'
    const files = await invoiceFiles(context, db)
    if (preview) {
      const { documentPreview } = await import('../shared/preview.ts')
      for (const invoice of invoices) {
        const { fields, code } = await files.shown(invoice)
        const page = await documentPreview(context.screen, fields, code)
        context.io.stdout.write(`${page}\n`)
      }
      return
    }
    const made: InvoiceFile[] = []
    for (const invoice of invoices) made.push(await files.make(invoice, format, template))
    const twice = made.find(({ name }, at) => made.findIndex((one) => one.name === name) !== at)
    if (twice) {
      const hint = 'make them one by one, with --out FILE'
      throw new Fault('usage', `two of them would be called ${twice.name}`, hint)
    }
    const places = placesOf(context, out, made)
    await writeFiles(context, made, places)
    for (const [at, invoice] of invoices.entries()) {
      const file = made[at]
      for (const line of file ? notesOf(file.name, file) : []) context.say(line)
      await sayKept(context, db, invoice)
    }
    if (places[0] === '-') return
    const [first] = places
    const many = counted(made.length, 'file')
    await context.tell(
      made.length === 1 ? `wrote ${first}` : `wrote ${many}:\n${places.join('\n')}`,
      {
        files: made.map(({ format: as, bytes, missing }, at) => ({
          invoice: invoices[at]?.id ?? null,
          number: invoices[at]?.number ?? null,
          file: places[at] ?? null,
          format: as,
          size: bytes.length,
          missing: [...missing],
        })),
      },
    )
  },
})
