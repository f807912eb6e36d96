import { Fault } from '../../domain/fault.ts'
import { quoted } from '../../domain/plain-text.ts'
import { type Archive, isArchive, MOST_BYTES, pack, textOf, unpack } from './office/archive.ts'
import { requireSafeDocx, requireSafeOdt } from './office/unsafe.ts'

/** The formats that templates have. */
export const TEMPLATE_FORMATS = ['html', 'docx', 'odt'] as const

export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number]

/** A template: a page with tags, or the files of a document. */
export type TemplateBody =
  | { format: 'html'; source: string }
  | { format: 'docx' | 'odt'; files: Archive }

/** What makes a page more than a page: programs, frames, addresses that run something. */
const ACTIVE =
  /<\s*(?:script|iframe|object|embed|applet|base|form|meta[^>]+refresh)\b|[\s"'/]on[a-z]+\s*=|javascript\s*:|vbscript\s*:|<\s*link\b|@import|srcset\s*=/i

/** What a page would fetch from elsewhere. */
const REMOTE = /(?:\bsrc\s*=\s*|\burl\(\s*)["']?\s*(?:https?:|\/\/|file:|ftp:|\.{0,2}\/)/i

function readPage(bytes: Uint8Array, name: string): TemplateBody {
  if (bytes.length > MOST_BYTES) {
    throw new Fault('usage', `${name} is too large for a template`, 'take large pictures out of it')
  }
  let source: string
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Fault('usage', `${name} is neither HTML, DOCX nor ODT`, 'save HTML in UTF-8')
  }
  if (!/<[a-z!][^>]*>/i.test(source)) {
    const hint =
      'begin with a built-in one: funnel template show invoice-en --format html --out my.html'
    throw new Fault('usage', `${name} is neither HTML, DOCX nor ODT`, hint)
  }
  const active = ACTIVE.exec(source) ?? REMOTE.exec(source)
  if (active) {
    const what = quoted(active[0].trim())
    const hint = 'take it out; put pictures in as data: addresses, and styles into <style>'
    throw new Fault('usage', `${name} has ${what} in it, which runs or fetches something`, hint)
  }
  return { format: 'html', source }
}

/** What a document of Word is, by its list of types. */
function requireDocument(files: Archive, name: string): void {
  const types = textOf(files.get('[Content_Types].xml') ?? new Uint8Array())
  if (/macroEnabled/i.test(types)) {
    const hint = 'save it as a Word document without macros (.docx)'
    throw new Fault('usage', `${name} can hold macros`, hint)
  }
  if (types.includes('wordprocessingml.template')) {
    throw new Fault('usage', `${name} is a template of Word`, 'save it as a document (.docx)')
  }
  if (types.includes('wordprocessingml.document.main')) return
  throw new Fault('usage', `${name} is not a document of Word`, 'save it as .docx')
}

function readOffice(bytes: Uint8Array, name: string): TemplateBody {
  const files = unpack(bytes, name)
  if (files.has('[Content_Types].xml')) {
    requireDocument(files, name)
    requireSafeDocx(files, name)
    return { format: 'docx', files }
  }
  const type = textOf(files.get('mimetype') ?? new Uint8Array()).trim()
  if (type === 'application/vnd.oasis.opendocument.text') {
    requireSafeOdt(files, name)
    return { format: 'odt', files }
  }
  throw new Fault('usage', `${name} is neither HTML, DOCX nor ODT`, 'save it as .docx or .odt')
}

/**
 * Reads a template by its content, whatever it is called.
 * @throws Fault `usage` if it is none, is damaged or too large, holds a program, or reads other files.
 */
export function readTemplate(bytes: Uint8Array, name: string): TemplateBody {
  return isArchive(bytes) ? readOffice(bytes, name) : readPage(bytes, name)
}

/** A template as the bytes of a file. */
export function templateBytes(body: TemplateBody): Uint8Array {
  return body.format === 'html' ? Buffer.from(body.source) : pack(body.files)
}
