import { SaxesParser } from 'saxes'
import { Fault } from '../domain/fault.ts'
import { quoted } from '../domain/plain-text.ts'

/** An element with its text and those inside it, its name without a prefix. */
export interface XmlElement {
  name: string
  attributes: Readonly<Record<string, string>>
  text: string
  children: XmlElement[]
}

/** Statements and invoices are at most some twenty elements deep. */
const MOST_DEEP = 100

/** What a document is, for messages. */
interface Expected {
  /** `statement`. */
  noun: string
  /** What to do about a file that is not sound. */
  hint: string
  /** The same about one that breaks off. */
  again: string
}

const STATEMENT: Expected = {
  noun: 'statement',
  hint: 'download the statement again from the bank',
  again: 'download the statement again and import that file',
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function noDoctype(name: string, { noun, hint }: Expected): Fault {
  const what = `${name} has a document type of its own (DOCTYPE), which no ${noun} has`
  return new Fault('usage', what, hint)
}

/**
 * Reads XML from its beginning to its end. Nothing outside of the text is ever opened, and no entities are known but
 * those of XML itself.
 * @param onElement is told of each element at its end, with those around it, the innermost last. If it returns true,
 *   the element is not kept in the one around it.
 * @throws Fault `usage` if the text is not well formed, breaks off, or has a document type.
 */
export function readXml(
  text: string,
  name: string,
  onElement: (element: XmlElement, around: readonly XmlElement[]) => boolean,
  expected: Expected = STATEMENT,
): void {
  const around: XmlElement[] = []
  const parser = new SaxesParser({ xmlns: false })
  let ended = false
  parser.on('error', (error) => {
    const [, place = '', why = error.message] = /^(\d+:\d+): (.*)$/s.exec(error.message) ?? []
    if (ended) {
      throw new Fault('usage', `${name} is not complete: the XML breaks off`, expected.again)
    }
    const what = `${name} is not sound XML: line ${place.split(':')[0]}: ${quoted(why)}`
    throw new Fault('usage', what, expected.hint, error)
  })
  parser.on('doctype', () => {
    throw noDoctype(name, expected)
  })
  parser.on('opentag', ({ name: tag, attributes }) => {
    if (around.length >= MOST_DEEP) {
      throw new Fault(
        'usage',
        `${name} is not a sound ${expected.noun}: its XML is too deep`,
        expected.hint,
      )
    }
    around.push({
      name: localName(tag),
      attributes,
      text: '',
      children: [],
    })
  })
  const add = (piece: string): void => {
    const last = around.at(-1)
    if (last) last.text += piece
  }
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('closetag', () => {
    const element = around.pop()
    if (!element) return
    if (!onElement(element, around)) around.at(-1)?.children.push(element)
  })
  parser.write(text)
  ended = true
  parser.close()
}

/** The first element inside another by the names on the way to it. */
export function inside(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  let found = element
  for (const name of path) found = found?.children.find((child) => child.name === name)
  return found
}

/** The elements of a name inside another. */
export function allInside(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

/** The text of the first of several paths that has one; null if none has. */
export function textInside(
  element: XmlElement | undefined,
  ...paths: readonly string[]
): string | null {
  for (const path of paths) {
    const text = inside(element, ...path.split('>'))?.text.trim()
    if (text) return text
  }
  return null
}
