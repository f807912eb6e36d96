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

/** A name without its prefix, as that can be any. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The attribute of a name, whatever its prefix. */
function attribute({ attributes }: XmlElement, wanted: string): string {
  return Object.entries(attributes).find(([name]) => localName(name) === wanted)?.[1] ?? ''
}

/** Is a file XML? Programs go by the list of types and not by what a file is called. */
function isXml(file: string, bytes: Uint8Array): boolean {
  if (/\.(?:xml|rels)$/i.test(file)) return true
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return /^(?:\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)?[\s\0]*</.test(start)
}

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
  for (const element of elementsOf(root)) {
    if (localName(element.name) !== 'Relationship') continue
    if (attribute(element, 'TargetMode').toLowerCase() !== 'external') continue
    const [type = ''] = attribute(element, 'Type').split('/').slice(-1)
    if (type === 'hyperlink') continue
    const hint =
      type === 'attachedTemplate'
        ? 'in Word: File, Options, Add-ins, Templates: attach Normal'
        : 'insert the picture itself and not a link to it'
    throw refused(name, `refers to another file (${quoted(attribute(element, 'Target'))})`, hint)
  }
}

/** What the fields of a part say: ` PAGE `. */
function fieldTexts(root: XmlElement): string[] {
  return [...elementsOf(root)].flatMap((element) => {
    const name = localName(element.name)
    if (name === 'fldSimple') return [attribute(element, 'instr')]
    return name === 'instrText' ? element.children.filter((one) => typeof one === 'string') : []
  })
}

/** @throws Fault `usage` if a document of Word holds macros, or reads other files. */
export function requireSafeDocx(files: Archive, name: string): void {
  requireNoPrograms(files, name)
  for (const [file, bytes] of files) {
    if (!isXml(file, bytes)) continue
    const root = parseXml(textOf(bytes), `${name} (${file})`)
    if (/\.rels$/i.test(file)) requireOwnParts(root, name)
    const fields = fieldTexts(root)
    // Word may split a field over several elements.
    const read = [...fields, fields.join('')].map((text) => READING.exec(text)).find(Boolean)
    if (read)
      throw refused(name, `has the field ${read[0]}, which reads other files`, 'take it out')
    if ([...elementsOf(root)].some((one) => localName(one.name) === 'altChunk')) {
      throw refused(name, 'has another document in it', 'take it out')
    }
  }
}

/** Elements of OpenDocument that run something or show other documents, without their prefixes. */
const ACTIVE = new Set([
  'scripts',
  'event-listener',
  'script',
  'execute-macro',
  'dde-connection',
  'dde-connection-decl',
  'dde-source',
  'section-source',
  'database-display',
  'object',
  'object-ole',
  'applet',
  'plugin',
  'floating-frame',
])

/** @throws Fault `usage` if a document of OpenDocument holds macros, reads other files, or is encrypted. */
export function requireSafeOdt(files: Archive, name: string): void {
  requireNoPrograms(files, name)
  for (const [file, bytes] of files) {
    if (!isXml(file, bytes)) continue
    const root = parseXml(textOf(bytes), `${name} (${file})`)
    for (const element of elementsOf(root)) {
      const { name: tag, children } = element
      const local = localName(tag)
      if (local === 'encryption-data') {
        throw refused(name, 'is protected by a password', 'save it without one')
      }
      // Every document of LibreOffice has an empty list of scripts.
      const isEmpty = local === 'scripts' && children.length === 0
      if (ACTIVE.has(local) && !isEmpty) {
        throw refused(
          name,
          `has ${quoted(tag)} in it, which can run or read something`,
          'take it out',
        )
      }
      const href = attribute(element, 'href')
      const isElsewhere = /^(?:[a-z][a-z\d+.-]*:|\/|\.\.)/i.test(href)
      if (isElsewhere && local !== 'a') {
        const hint = 'insert the picture itself and not a link to it'
        throw refused(name, `refers to another file (${quoted(href)})`, hint)
      }
    }
  }
}
