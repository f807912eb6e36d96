import type { Db } from '../book/store/db.ts'
import type { DocumentFormat } from '../domain/documents.ts'
import { Fault } from '../domain/fault.ts'
import type { Settings } from '../domain/settings.ts'
import { loadCompany } from '../records/firm/company.ts'
import type { DocumentFields, Look, MadeFile, PaymentCode } from './fields.ts'
import { aKind } from './kinds.ts'
import type { Paper } from './paper.ts'
import { choosePaymentCode } from './payment-code.ts'
import type { PdfExtra } from './pdf/index.ts'
import type { TemplateBody } from './templates/read.ts'
import type { StoredTemplate } from './templates/store.ts'
import { fieldsOf } from './write/index.ts'

/** How a document is made. */
interface Making {
  format: DocumentFormat
  /** A template by its name; by default the one that is set for the kind and the language, else a built-in one. */
  template?: string | undefined
  /** Files inside a PDF, such as an e-invoice. */
  embed?: PdfExtra['embed']
}

/** A document that was made. */
export interface MadeDocument extends MadeFile {
  /** The template of the book that it was made with; null for a built-in one. */
  templateId: number | null
  /** What it says. */
  fields: DocumentFields
  /** By which it can be paid from a telephone. */
  code: PaymentCode
  /** Why it has no such code although it asks for money, in words that follow “no payment code: ”. */
  noCode: string | null
}

/** Makes documents of papers. */
export type DocumentMaker = (paper: Paper, how: Making) => Promise<MadeDocument>

/** How the documents of a book look. */
export async function loadLook(db: Db, settings: Settings): Promise<Look> {
  const { logo } = await loadCompany(db)
  return { logo, color: settings.documentColor, blocks: settings.documentBlocks }
}

/** Where paper has the American size. */
const LETTER = new Set(['US', 'CA', 'MX'])

async function pdfOf(
  paper: Paper,
  { fields, code }: { fields: DocumentFields; code: PaymentCode },
  look: Look,
  { embed }: Making,
): Promise<MadeFile> {
  const { toPdf } = await import('./pdf/index.ts')
  const page = LETTER.has(paper.seller.country ?? '') ? 'letter' : 'a4'
  return toPdf(fields, look, { code, day: paper.on, page, embed })
}

/** @throws Fault `usage` if a template does not go with the document, or with the format. */
function requireFitting(
  template: StoredTemplate,
  { kind }: Paper,
  { format, embed }: Making,
): void {
  const { name } = template
  if (template.kind !== kind) {
    const hint = `choose one for it: funnel template list`
    throw new Fault(
      'usage',
      `the template ${name} is for ${aKind(template.kind)}, not for ${aKind(kind)}`,
      hint,
    )
  }
  if (template.format === format) return
  if (format !== 'pdf' || template.format === 'html') {
    const hint = `give --format ${template.format}`
    throw new Fault('usage', `the template ${name} makes ${template.format}, not ${format}`, hint)
  }
  if (embed !== undefined && embed.length > 0) {
    const message = `a PDF of the template ${name} cannot hold an e-invoice`
    throw new Fault('usage', message, 'leave --template out')
  }
}

/** A payment code as an address that a page can show. */
async function codePicture(payload: string): Promise<string> {
  const { codeAddress } = await import('./templates/code-picture.ts')
  return codeAddress(payload)
}

/**
 * Loads once what documents are made with: logo, looks, texts and templates. Returns what makes any number of them.
 * A template without one of its own for the format is a built-in one; PDF has a layout of its own.
 */
export async function documentMaker(db: Db, settings: Settings): Promise<DocumentMaker> {
  const look = await loadLook(db, settings)
  const { defaultTemplate, findTemplate, listTemplates, templateBody } =
    await import('./templates/store.ts')
  const stored = await listTemplates(db)
  const bodies = new Map<string, Promise<TemplateBody>>()
  const kept = (key: string, load: () => Promise<TemplateBody>): Promise<TemplateBody> => {
    const body = bodies.get(key) ?? load()
    bodies.set(key, body)
    return body
  }
  return async (paper, how) => {
    const { format, template: name } = how
    const fields = fieldsOf(paper, settings)
    const { code, lacks: noCode } = choosePaymentCode(paper)
    const said = { fields, code, noCode }
    const own =
      name !== undefined
        ? await findTemplate(db, name)
        : format === 'pdf'
          ? undefined
          : defaultTemplate(stored, paper.kind, format, fields.language)
    if (own) requireFitting(own, paper, how)
    else if (format === 'pdf') {
      return { ...(await pdfOf(paper, said, look, how)), templateId: null, ...said }
    }
    const { viewOf } = await import('./templates/view.ts')
    const { fillTemplate } = await import('./templates/fill.ts')
    const { builtInTemplate } = await import('./templates/built-in.ts')
    const body = await (own
      ? kept(String(own.id), () => templateBody(db, own))
      : kept(`${paper.kind} ${fields.language} ${format}`, () =>
          builtInTemplate(paper.kind, fields.language, format as 'html', look),
        ))
    const drawn = format === 'html' && code?.kind === 'epc' ? await codePicture(code.payload) : ''
    const view = { ...viewOf(fields, look), payment_code: drawn }
    const filled = await fillTemplate(body, view, look.logo, own?.name ?? paper.kind)
    const made = { missing: [], templateId: own?.id ?? null, ...said }
    if (format !== 'pdf' || body.format === 'html') return { ...made, bytes: filled }
    const { officePdf } = await import('./office-pdf.ts')
    return { ...made, bytes: await officePdf(filled, body.format) }
  }
}
