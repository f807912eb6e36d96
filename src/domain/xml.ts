import { withoutControls } from './name.ts'

/** An element of XML with its attributes and what stands in it: a text, or elements. */
export interface XmlNode {
  name: string
  attributes: Readonly<Record<string, string>>
  content: string | readonly XmlNode[]
}

/** What XML 1.0 does not allow in a text, however it is written: control characters and halves of signs. */
const FORBIDDEN = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]|[\uFDD0-\uFDEF]/gu

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
}

function soundText(text: string): string {
  return withoutControls(text.replaceAll(/\r\n?/g, '\n').replaceAll(FORBIDDEN, ''))
}

function escaped(text: string): string {
  const sound = soundText(text)
  return sound.replaceAll(/[&<>"\t]/g, (sign) => ESCAPES[sign] ?? sign)
}

/** An element with a text; undefined, which is left out, if there is none. */
export function leaf(
  name: string,
  text: string | null | undefined,
  attributes: Readonly<Record<string, string>> = {},
): XmlNode | undefined {
  if (text == null || soundText(text).trim() === '') return undefined
  return { name, attributes, content: text }
}

/** An element with others inside it; undefined, which is left out, if there are none. */
export function branch(
  name: string,
  children: readonly (XmlNode | undefined)[],
  attributes: Readonly<Record<string, string>> = {},
): XmlNode | undefined {
  const content = children.filter((child) => child !== undefined)
  return content.length === 0 ? undefined : { name, attributes, content }
}

function write({ name, attributes, content }: XmlNode, indent: string, lines: string[]): void {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const tag = `${indent}<${name}${said.join('')}>`
  if (typeof content === 'string') {
    lines.push(`${tag}${escaped(content)}</${name}>`)
    return
  }
  lines.push(tag)
  for (const child of content) write(child, `${indent}  `, lines)
  lines.push(`${indent}</${name}>`)
}

/** An element as text: indented, its texts escaped, without characters that XML forbids. */
export function nodeText(root: XmlNode): string {
  const lines: string[] = []
  write(root, '', lines)
  return lines.join('\n')
}

/** The same as a document of its own. */
export function xmlText(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${nodeText(root)}\n`
}
