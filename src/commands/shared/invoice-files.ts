import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import type { DocumentFields, PaymentCode } from '../../documents/fields.ts'
import { invoicePaper } from '../../documents/gather/invoice.ts'
import type { Leaving } from '../../documents/keep.ts'
import { documentMaker, type DocumentMaker } from '../../documents/maker.ts'
import type { Paper } from '../../documents/paper.ts'
import { fieldsOf } from '../../documents/write/index.ts'
import { penFor } from '../../documents/write/pen.ts'
import { plainText } from '../../documents/write/plain.ts'
import { mailText } from '../../documents/write/texts.ts'
import { DOCUMENT_FORMATS, MEDIA_TYPES, type SentFormat } from '../../domain/documents.ts'
import { E_FORMATS, type EFormat } from '../../domain/einvoice/formats.ts'
import { safeFileName } from '../../domain/file-name.ts'
import type { Attached } from '../../mail/message.ts'
import { draftName, type Invoice, isIssued } from '../../money/invoices/find.ts'
import type { LetterText } from '../../money/letters/letter.ts'
import { gatherWithGaps, requireNoGaps, requireNumber } from './e-invoice.ts'

/** What an invoice can be made as. */
export const FILE_FORMATS = [...DOCUMENT_FORMATS, ...E_FORMATS] as const

export type FileFormat = (typeof FILE_FORMATS)[number]

const ENDINGS: Record<FileFormat, string> = {
  pdf: 'pdf',
  html: 'html',
  docx: 'docx',
  odt: 'odt',
  ubl: 'xml',
  'factur-x': 'pdf',
}

const MEDIA: Record<FileFormat, string> = {
  ...MEDIA_TYPES,
  ubl: 'application/xml',
  'factur-x': MEDIA_TYPES.pdf,
}

/** An invoice as a file. */
export interface InvoiceFile {
  format: FileFormat
  /** `Invoice-2026-0001.pdf`, in the language of the client. */
  name: string
  bytes: Uint8Array
  /** Letters that no font of the program has. */
  missing: readonly string[]
  /** Why it has no payment code although it asks for money. */
  noCode: string | null
}

/** The files that an invoice is sent as; none is the text of the mail. */
export function formatsOf(format: SentFormat): FileFormat[] {
  if (format === 'text') return []
  return format === 'ubl+pdf' ? ['pdf', 'ubl'] : [format]
}

/** A file as it goes with a mail. */
export const attached = ({ name, format, bytes }: InvoiceFile): Attached => ({
  name,
  type: MEDIA[format],
  bytes,
})

/** Makes the files of invoices. */
export interface InvoiceFiles {
  /** What it says, and the code by which it is paid. */
  shown: (invoice: Invoice) => Promise<{ fields: DocumentFields; code: PaymentCode }>
  /** @throws Fault `failed` if an e-invoice lacks something, with what to type. */
  make: (invoice: Invoice, format: FileFormat, template?: string) => Promise<InvoiceFile>
  /** The mail that an invoice goes with, in the language of the client. */
  mail: (invoice: Invoice) => Promise<LetterText>
  /** All of an invoice as the text of a mail. */
  text: (invoice: Invoice) => Promise<LetterText>
}

/** Loads once what the files of invoices are made with. */
export async function invoiceFiles(context: Context, db: Db): Promise<InvoiceFiles> {
  const { settings } = await context.book()
  const today = await context.today()
  let loaded: DocumentMaker | undefined
  const paper = (invoice: Invoice): Promise<Paper> =>
    invoicePaper(db, invoice, settings.documentLanguage, today)

  const mail = (of: Paper) => {
    const name = of.kind === 'credit-note' ? 'credit-note.mail' : 'invoice.mail'
    return mailText(name, of, penFor(of.language, of.currency), settings)
  }

  const eInvoice = async (invoice: Invoice, format: EFormat) => {
    requireNumber(invoice, format)
    const gathered = await gatherWithGaps(context, db, invoice, format)
    requireNoGaps(gathered.gaps, gathered.called, format)
    return gathered.invoice
  }

  const made = async (invoice: Invoice, of: Paper, format: FileFormat, template?: string) => {
    if (format === 'ubl') {
      const { ublText } = await import('../../domain/einvoice/ubl.ts')
      return {
        bytes: Buffer.from(ublText(await eInvoice(invoice, format))),
        missing: [],
        noCode: null,
      }
    }
    loaded ??= await documentMaker(db, settings)
    if (format !== 'factur-x') return loaded(of, { format, template })
    const { facturX } = await import('../../documents/einvoice/factur-x.ts')
    return loaded(of, {
      format: 'pdf',
      template,
      embed: [facturX(await eInvoice(invoice, format))],
    })
  }

  return {
    async shown(invoice) {
      const { choosePaymentCode } = await import('../../documents/payment-code.ts')
      const of = await paper(invoice)
      return { fields: fieldsOf(of, settings), code: choosePaymentCode(of).code }
    },
    async make(invoice, format, template) {
      const of = await paper(invoice)
      const { bytes, missing, noCode } = await made(invoice, of, format, template)
      const { title } = fieldsOf(of, settings)
      const called = isIssued(invoice) ? title : `${title} ${draftName(invoice.id)}`
      return { format, name: safeFileName(called, ENDINGS[format]), bytes, missing, noCode }
    },
    async mail(invoice) {
      const of = await paper(invoice)
      const { subject, body } = mail(of)
      return { subject, text: `${body}\n` }
    },
    async text(invoice) {
      const of = await paper(invoice)
      return { subject: mail(of).subject, text: plainText(fieldsOf(of, settings)) }
    },
  }
}

/** A file of an invoice as it is kept. */
export function leaving(
  { id, kind, client_id: clientId }: Invoice,
  file: { name: string; format: Leaving['format']; bytes: Uint8Array },
): Leaving {
  const what = kind === 'credit' ? 'credit-note' : 'invoice'
  return { clientId, kind: what, invoiceId: id, ...file }
}
