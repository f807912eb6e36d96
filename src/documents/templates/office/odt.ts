import type { Logo } from '../../../domain/firm/logo.ts'
import type { View } from '../view.ts'
import { type Archive, bytesOf, pack, textOf } from './archive.ts'
import { fillTree, type Picture } from './odt-fill.ts'
import { markTags, type Tag, tagsIn } from './odt-tags.ts'
import { logoSize } from './picture.ts'
import { requireNotWithin } from './scope.ts'
import { parseXml, writeXml, type XmlElement, type XmlNode } from './xml-tree.ts'

/** The parts that have text: what is written, and the heads and feet of pages. */
const PARTS = ['content.xml', 'styles.xml']
const MANIFEST = 'META-INF/manifest.xml'
const TYPES = { png: 'image/png', jpeg: 'image/jpeg', svg: 'image/svg+xml' } as const

const element = (
  name: string,
  attributes: Record<string, string>,
  children: XmlNode[] = [],
): XmlElement => ({ name, attributes, children })

function partOf(files: Archive, name: string): XmlElement | null {
  const bytes = files.get(name)
  if (!bytes) return null
  const root = parseXml(textOf(bytes), name)
  markTags(root)
  return root
}

/** The tags of a document, as they are written in it. @throws Fault `usage` if it is damaged. */
export function odtTags(files: Archive): Tag[] {
  return PARTS.flatMap((name) => {
    const root = partOf(files, name)
    return root ? tagsIn(root) : []
  })
}

/** Namespaces that a picture needs. */
const SPACES = {
  'xmlns:draw': 'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0',
  'xmlns:svg': 'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
}

function picture(logo: Logo, file: string): XmlElement {
  const { width, height } = logoSize(logo)
  const size = {
    'svg:width': `${width.toFixed(2)}mm`,
    'svg:height': `${height.toFixed(2)}mm`,
  }
  const image = element('draw:image', {
    'xlink:href': file,
    'xlink:type': 'simple',
    'xlink:show': 'embed',
    'xlink:actuate': 'onLoad',
  })
  return element('draw:frame', { ...SPACES, 'text:anchor-type': 'as-char', ...size }, [image])
}

/** Adds a file to the list of those that a document has. */
function listed(manifest: string, file: string, type: string): string {
  const root = parseXml(manifest, MANIFEST)
  root.children.push(
    element('manifest:file-entry', { 'manifest:full-path': file, 'manifest:media-type': type }),
  )
  return writeXml(root)
}

/** Fills in a document of OpenDocument. @throws Fault `usage` if its tags do not fit together. */
export function fillOdt(files: Archive, view: View, logo: Logo | null): Uint8Array {
  const made: Archive = new Map(files)
  const file =
    logo === null ? '' : `Pictures/funnel-logo.${logo.kind === 'jpeg' ? 'jpg' : logo.kind}`
  let isUsed = false
  const drawn: Picture = (name) => {
    if (name !== 'logo') return null
    if (logo === null) return []
    isUsed = true
    return [picture(logo, file)]
  }
  for (const name of PARTS) {
    const root = partOf(files, name)
    if (!root) continue
    requireNotWithin(tagsIn(root))
    fillTree(root, [view], drawn)
    made.set(name, bytesOf(writeXml(root)))
  }
  const manifest = files.get(MANIFEST)
  if (isUsed && logo !== null && manifest) {
    made.set(file, logo.bytes)
    made.set(MANIFEST, bytesOf(listed(textOf(manifest), file, TYPES[logo.kind])))
  }
  return pack(made)
}
