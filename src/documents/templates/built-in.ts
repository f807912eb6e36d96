import type { DocumentKind } from '../../book/schema/documents.ts'
import type { Look } from '../fields.ts'
import { tongueOf } from '../words/index.ts'
import type { TemplateBody, TemplateFormat } from './read.ts'

/** The template that comes with the program for a kind, a language and a format. */
export async function builtInTemplate(
  kind: DocumentKind,
  language: string,
  format: TemplateFormat,
  look: Pick<Look, 'color' | 'blocks'>,
): Promise<TemplateBody> {
  const { words } = tongueOf(language)
  if (format === 'html') {
    const { htmlTemplate } = await import('./html-built-in.ts')
    return { format, source: htmlTemplate(kind, words, look.blocks) }
  }
  if (format === 'docx') {
    const { docxTemplate } = await import('./office/docx-built-in.ts')
    return { format, files: docxTemplate(kind, words, look) }
  }
  const { odtTemplate } = await import('./office/odt-built-in.ts')
  return { format, files: odtTemplate(kind, words, look) }
}
