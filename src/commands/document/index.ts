import { defineCommand, option } from '../../cli/command.ts'
import { readCount } from '../../cli/options.ts'
import { writeOut } from '../../cli/write-out.ts'
import { keptBytes, keptDocument, keptDocuments } from '../../documents/keep.ts'
import { Fault } from '../../domain/fault.ts'
import { nameKey } from '../../domain/name.ts'
import { listReport } from '../../domain/table.ts'
import { findInvoice } from '../../money/invoices/find.ts'
import { find } from '../../records/lookup.ts'
import { DOCUMENT_COLUMNS, documentRow } from './columns.ts'

export const list = defineCommand({
  description:
    'Invoices, credit notes, reminders and proposals as they were sent, the latest first. They are kept in the book, ' +
    'byte for byte.',
  arguments: [{ syntax: '[client]', help: 'only those of this client' }],
  options: {
    invoice: option('--invoice <invoice>', 'only those of this invoice, its reminders too'),
    proposal: option('--proposal <number>', 'only those of this proposal, in all its versions'),
  },
  examples: ['document list', 'document list harbour --json', 'document list --invoice 2026-0001'],
  async run(context, [client], { invoice, proposal }) {
    const { db } = await context.book()
    const kept = await keptDocuments(db, {
      clientId: client === undefined ? undefined : (await find(db, 'client', client)).id,
      invoiceId: invoice === undefined ? undefined : (await findInvoice(db, invoice)).id,
      proposalNumberKey: proposal === undefined ? undefined : nameKey(proposal),
    })
    const section = { key: 'documents', columns: DOCUMENT_COLUMNS, rows: kept.map(documentRow) }
    const isAll = client === undefined && invoice === undefined && proposal === undefined
    const empty = isAll
      ? 'Nothing was sent yet; funnel invoice send INVOICE sends an invoice, and keeps the file.'
      : 'No document fits.'
    await context.print(
      listReport('documents', `Documents sent (${kept.length})`, section, { empty }),
    )
  },
})

const TITLES = {
  invoice: 'Invoice',
  'credit-note': 'Credit note',
  proposal: 'Proposal',
  reminder: 'Reminder',
  letter: 'Letter',
} as const

export const show = defineCommand({
  description:
    'What a file is, when it was sent and to which client; with --out, the file itself, byte for byte as it was sent.',
  arguments: [{ syntax: '<number>', help: 'its number in funnel document list' }],
  options: {
    out: option('--out <file>', 'write it to this file; - is standard output'),
  },
  examples: ['document show 1', 'document show 1 --out invoice.pdf'],
  async run(context, [text = ''], { out }) {
    const { db } = await context.book()
    const kept = await keptDocument(db, readCount(text))
    if (out !== undefined) {
      if (out === '-' && context.io.stdout.isTTY) {
        const hint = `write it to a file: funnel document show ${kept.id} --out FILE`
        throw new Fault('usage', 'a document cannot be shown on a terminal', hint)
      }
      return writeOut(context, [await keptBytes(db, kept.id)], out)
    }
    const about: [label: string, value: string | null][] = [
      ['Client', kept.client],
      ['Of', kept.of],
      ['Level', kept.level === null ? null : String(kept.level)],
      ['Sent', kept.sent_on],
      ['File', kept.name],
      ['Format', kept.format],
      ['Size', `${kept.size} bytes`],
      ['SHA-256', kept.sha256],
      ['To save it', `funnel document show ${kept.id} --out FILE`],
    ]
    const { kilobytes: _, ...head } = documentRow(kept)
    await context.print({
      card: true,
      name: 'document',
      title: `${TITLES[kept.kind]}, document ${kept.id}`,
      subtitle: about.filter(([, value]) => value).map(([label, value]) => `${label}: ${value}`),
      currency: null,
      head,
      sections: [],
      totals: null,
      totalColumns: [],
      notes: [],
      charts: [],
      empty: '',
    })
  },
})
