import path from 'node:path'
import { existsSync, statSync } from 'node:fs'
import type { DocumentKind } from '../../book/schema/documents.ts'
import type { Db } from '../../book/store/db.ts'
import { choice, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { DOCUMENT_KINDS } from '../../documents/kinds.ts'
import { DOCUMENT_LANGUAGES } from '../../domain/language.ts'
import { parseDocumentLanguage } from '../../domain/documents.ts'
import { Fault } from '../../domain/fault.ts'
import { quoted } from '../../domain/plain-text.ts'

export const templateArgument = {
  syntax: '<template>',
  help: 'its name, a part of it, or its number',
}

export const kindOption = choice('--kind <kind>', 'what it is for', DOCUMENT_KINDS)

export const languageOption = option(
  '--language <language>',
  'the language that it is for: de, German, de-CH',
  parseDocumentLanguage,
)

/** @throws Fault `usage` if a word is not a kind of document. */
export function readKind(text: string): DocumentKind {
  const kind = DOCUMENT_KINDS.find((one) => one === text.trim().toLowerCase())
  if (kind) return kind
  const hint = `there are ${DOCUMENT_KINDS.join(', ')}`
  throw new Fault('usage', `${quoted(text)} is not a kind of document`, hint)
}

/** A template that comes with the program. */
export interface BuiltIn {
  kind: DocumentKind
  language: string
}

/** Reads what a built-in template is called: `proposal-de`, `invoice`. @param usual the language of the book. */
export function builtInNamed(text: string, usual: string): BuiltIn | null {
  const name = text.trim().toLowerCase()
  const kind = DOCUMENT_KINDS.find((one) => name === one || name.startsWith(`${one}-`))
  if (!kind) return null
  const language = name.slice(kind.length + 1)
  if (language === '') return { kind, language: usual }
  const known = DOCUMENT_LANGUAGES.find((one) => one === language)
  return known ? { kind, language: known } : null
}

/** Does a text name a file that is there? */
export function isFile({ io }: Context, name: string): boolean {
  const file = path.resolve(io.cwd, name)
  return existsSync(file) && statSync(file).isFile()
}

/** What the fields of a template are tried on. */
export async function triedOn(
  context: Context,
  db: Db,
  kind: DocumentKind,
  language: string,
  { invoice, proposal }: { invoice?: string | undefined; proposal?: string | undefined },
) {
  const { settings } = await context.book()
  const { loadLook } = await import('../../documents/maker.ts')
  const { viewOf } = await import('../../documents/templates/view.ts')
  const { fieldsOf } = await import('../../documents/write/index.ts')
  const look = await loadLook(db, settings)
  const { samplePaper } = await import('../../documents/sample.ts')
  if (invoice !== undefined) {
    const { findInvoice } = await import('../../money/invoices/find.ts')
    const { invoicePaper } = await import('../../documents/gather/invoice.ts')
    const found = await findInvoice(db, invoice)
    const today = await context.today()
    const paper = await invoicePaper(db, found, settings.documentLanguage, today)
    return { look, view: viewOf(fieldsOf(paper, settings), look) }
  }
  if (proposal !== undefined) {
    const { findProposal } = await import('../../money/proposals/find.ts')
    const { proposalPaper } = await import('../../documents/gather/proposal.ts')
    const paper = await proposalPaper(db, await findProposal(db, proposal))
    return { look, view: viewOf(fieldsOf(paper, settings), look) }
  }
  return { look, view: viewOf(fieldsOf(samplePaper(kind, language), settings), look) }
}
