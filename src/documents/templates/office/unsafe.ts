import { Fault } from '../../../domain/fault.ts'
import { quoted } from '../../../domain/plain-text.ts'
import { type Archive, textOf } from './archive.ts'
import { elementsOf, parseXml, type XmlElement } from './xml-tree.ts'

/** Fields of Word that read other files or start programs. */
const READING =
  /\b(?:INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|RD|LINK|DATABASE|IMPORT|MACROBUTTON)\b/i

/** Files within an archive that hold programs or other documents. */
const PROGRAMS =
  /vbaProject|vbaData|activeX|(?:^|\/)embeddings\/|(?:^|\/)(?:Basic|Scripts)\/|(?:^|\/)Object \d|afchunk|\.(?:bin|exe|dll|js|vbs|jar|class|py)$/i

const refused = (name: string, what: string, hint: string): Fault =>
  new Fault('usage', `${name} ${what}`, hint)

function requireNoPrograms(files: Archive, name: string): void {
  const found = [...files.keys()].find((file) => PROGRAMS.test(file))
  if (found === undefined) return
  const hint = 'save it without macros and embedded objects'
  throw refused(name, `holds a program or another document (${quoted(found)})`, hint)
}

/** Refuses what would be fetched from elsewhere: pictures, templates, other documents. Links to be clicked stay. */
function requireOwnParts(root: XmlElement, name: string): void {
  for (const { name: tag, attributes } of elementsOf(root)) {
    if (tag !== 'Relationship' || attributes.TargetMode !== 'External') continue
    const [type = ''] = (attributes.Type ?? '').split('/').slice(-1)
    if (type === 'hyperlink') continue
    const hint =
      type === 'attachedTemplate'
        ? 'in Word: File, Options, Add-ins, Templates: attach Normal'
        : 'insert the picture itself and not a link to it'
    throw refused(name, `refers to another file (${quoted(attributes.Target ?? '')})`, hint)
  }
}

/** What the fields of a part say: ` PAGE `. */
function fieldTexts(root: XmlElement): string[] {
  return [...elementsOf(root)].flatMap(({ name, attributes, children }) => {
    if (name === 'w:fldSimple') return [attributes['w:instr'] ?? '']
    return name === 'w:instrText' ? children.filter((one) => typeof one === 'string') : []
  })
}

/** @throws Fault `usage` if a document of Word holds macros, or reads other files. */
export function requireSafeDocx(files: Archive, name: string): void {
  requireNoPrograms(files, name)
  for (const [file, bytes] of files) {
    if (!/\.(?:xml|rels)$/i.test(file)) continue
    const root = parseXml(textOf(bytes), `${name} (${file})`)
    if (file.endsWith('.rels')) requireOwnParts(root, name)
    const fields = fieldTexts(root)
    // Word may split a field over several elements.
    const read = [...fields, fields.join('')].map((text) => READING.exec(text)).find(Boolean)
    if (read)
      throw refused(name, `has the field ${read[0]}, which reads other files`, 'take it out')
    if ([...elementsOf(root)].some((one) => one.name === 'w:altChunk')) {
      throw refused(name, 'has another document in it', 'take it out')
    }
  }
}

/** Elements of OpenDocument that run something or show other documents. */
const ACTIVE = new Set([
  'office:scripts',
  'script:event-listener',
  'text:script',
  'text:execute-macro',
  'text:dde-connection',
  'text:dde-connection-decl',
  'office:dde-source',
  'text:section-source',
  'text:database-display',
  'draw:object',
  'draw:object-ole',
  'draw:applet',
  'draw:plugin',
  'draw:floating-frame',
])

/** What of a document may lead elsewhere, if it is clicked. */
const LINKS = new Set(['text:a', 'draw:a'])

/** @throws Fault `usage` if a document of OpenDocument holds macros, reads other files, or is encrypted. */
export function requireSafeOdt(files: Archive, name: string): void {
  requireNoPrograms(files, name)
  for (const [file, bytes] of files) {
    if (!file.endsWith('.xml')) continue
    const root = parseXml(textOf(bytes), `${name} (${file})`)
    for (const { name: tag, attributes, children } of elementsOf(root)) {
      if (tag === 'manifest:encryption-data') {
        throw refused(name, 'is protected by a password', 'save it without one')
      }
      // Every document of LibreOffice has an empty list of scripts.
      const isEmpty = tag === 'office:scripts' && children.length === 0
      if (ACTIVE.has(tag) && !isEmpty) {
        throw refused(
          name,
          `has ${quoted(tag)} in it, which can run or read something`,
          'take it out',
        )
      }
      const href = attributes['xlink:href'] ?? ''
      const isElsewhere = /^(?:[a-z][a-z\d+.-]*:|\/|\.\.)/i.test(href)
      if (isElsewhere && !LINKS.has(tag)) {
        const hint = 'insert the picture itself and not a link to it'
        throw refused(name, `refers to another file (${quoted(href)})`, hint)
      }
    }
  }
}
