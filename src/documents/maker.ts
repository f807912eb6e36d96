import type { Db } from '../book/store/db.ts'
import type { Settings } from '../domain/settings.ts'
import { loadCompany } from '../records/firm/company.ts'
import type { DocumentFields, Look, MadeFile } from './fields.ts'
import type { Paper } from './paper.ts'
import { tongueOf } from './words/index.ts'
import { fieldsOf } from './write/index.ts'

/** The formats that documents are made in. */
export const DOCUMENT_FORMATS = ['pdf', 'html', 'docx', 'odt'] as const

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]

/** How a document is made. */
export interface Making {
  format: DocumentFormat
  /** A template by its name; by default the one that is set for the kind and the language, else a built-in one. */
  template?: string | undefined
}

/** A document that was made. */
export interface MadeDocument extends MadeFile {
  /** The template of the book that it was made with; null for a built-in one. */
  templateId: number | null
  /** What it says. */
  fields: DocumentFields
}

/** How the documents of a book look. */
async function loadLook(db: Db, settings: Settings): Promise<Look> {
  const { logo } = await loadCompany(db)
  return { logo, color: settings.documentColor, blocks: settings.documentBlocks }
}

/** Loads once what documents are made with. Returns what makes any number of them. */
export async function documentMaker(
  db: Db,
  settings: Settings,
): Promise<(paper: Paper, how: Making) => Promise<MadeDocument>> {
  const look = await loadLook(db, settings)
  return async (paper, { format }) => {
    const fields = fieldsOf(paper, settings)
    const { words } = tongueOf(fields.language)
    const { fillHtml } = await import('./templates/html.ts')
    const { htmlTemplate } = await import('./templates/html-built-in.ts')
    const { viewOf } = await import('./templates/view.ts')
    const source = htmlTemplate(paper.kind, words, look.blocks)
    const page = fillHtml(source, viewOf(fields, look), `${paper.kind}.${format}`)
    return { bytes: Buffer.from(page), missing: [], templateId: null, fields }
  }
}
