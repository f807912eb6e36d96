import { SaxesParser } from 'saxes'
import { Fault } from '../../../domain/fault.ts'

/** An element with what is in it; names as they are written. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlNode[]
}

export type XmlNode = XmlElement | string

const MOST_DEPTH = 500

/** Makes a tree of XML. @throws Fault `usage` if it is not well formed, has a document type, or is too deep. */
export function parseXml(text: string, name: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const open: XmlElement[] = [root]
  const broken = (why: string): never => {
    throw new Fault('usage', `${name} is damaged: ${why}`, 'save it again, and add it then')
  }
  const parser = new SaxesParser()
  const add = (child: XmlNode): void => {
    open.at(-1)?.children.push(child)
  }
  parser.on('error', (error) => broken(error.message))
  parser.on('doctype', () => broken('it has a document type'))
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('opentag', ({ name: tag, attributes }) => {
    const element: XmlElement = { name: tag, attributes: { ...attributes }, children: [] }
    add(element)
    open.push(element)
    if (open.length > MOST_DEPTH) broken('it is nested too deeply')
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  const first = root.children.find((child) => typeof child !== 'string')
  return first ?? broken('it is empty')
}

/** A text within XML. */
export const xmlText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

function written(node: XmlNode): string {
  if (typeof node === 'string') return xmlText(node)
  const attributes = Object.entries(node.attributes)
    .map(([name, value]) => ` ${name}="${xmlText(value).replaceAll('\n', '&#10;')}"`)
    .join('')
  if (node.children.length === 0) return `<${node.name}${attributes}/>`
  return `<${node.name}${attributes}>${node.children.map(written).join('')}</${node.name}>`
}

/** The text of a tree. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root)}`
}

/** All elements of a tree, the outer ones first. */
export function* elementsOf(root: XmlElement): Generator<XmlElement> {
  yield root
  for (const child of root.children) if (typeof child !== 'string') yield* elementsOf(child)
}
