import { Fault } from '../../../domain/fault.ts'
import type { View } from '../view.ts'
import { isParagraph, TAG_ELEMENT, tagOf } from './odt-tags.ts'
import { counter, lookUp } from './scope.ts'
import type { XmlElement, XmlNode } from './xml-tree.ts'

/** What stands for a picture of a name; null if the name is not that of one. */
export type Picture = (name: string) => XmlNode[] | null

const isElement = (node: XmlNode | undefined): node is XmlElement =>
  node !== undefined && typeof node !== 'string'

/** Text of a paragraph: line ends and blanks in a row have elements of their own. */
function textNodes(text: string): XmlNode[] {
  return text.split('\n').flatMap((line, at): XmlNode[] => {
    const nodes: XmlNode[] =
      at === 0 ? [] : [{ name: 'text:line-break', attributes: {}, children: [] }]
    for (const part of line.split(/( {2,})/)) {
      if (!part.startsWith('  ')) nodes.push(part)
      else
        nodes.push({ name: 'text:s', attributes: { 'text:c': String(part.length) }, children: [] })
    }
    return nodes.filter((node) => node !== '')
  })
}

/** The elements around another one, the outermost first; null if it is not below the root. */
function around(root: XmlElement, wanted: XmlElement): XmlElement[] | null {
  for (const child of root.children) {
    if (child === wanted) return [root]
    if (!isElement(child)) continue
    const deeper = around(child, wanted)
    if (deeper) return [root, ...deeper]
  }
  return null
}

/** All tags below an element, in their order. */
function tagElements(root: XmlElement): XmlElement[] {
  return root.children.flatMap((child): XmlElement[] => {
    if (!isElement(child)) return []
    return child.name === TAG_ELEMENT ? [child] : tagElements(child)
  })
}

/** The first tag that opens, and the one that closes it. @throws Fault `usage` if one is without the other. */
function firstPair(root: XmlElement): [open: XmlElement, close: XmlElement] | null {
  let open: XmlElement | undefined
  let depth = 0
  for (const element of tagElements(root)) {
    const tag = tagOf(element)
    if (tag?.opens) {
      open ??= element
      depth += 1
    }
    if (!tag?.closes) continue
    if (!open) throw new Fault('usage', `{/${tag.name}} closes nothing`, 'take it out')
    depth -= 1
    if (depth === 0) return [open, element]
  }
  if (!open) return null
  const name = tagOf(open)?.name ?? ''
  throw new Fault('usage', `{#${name}} is not closed`, `write {/${name}} where it ends`)
}

/** Splits the elements between a paragraph and a tag in it, so that the tag is a child of the paragraph. */
function lift(paragraph: XmlElement, tag: XmlElement): void {
  const way = around(paragraph, tag) ?? []
  for (let depth = way.length - 1; depth > 0; depth -= 1) {
    const [inner, outer] = [way[depth], way[depth - 1]]
    if (!inner || !outer) return
    const at = inner.children.indexOf(tag)
    const before = { ...inner, children: inner.children.slice(0, at) }
    const after = { ...inner, children: inner.children.slice(at + 1) }
    const parts = [before, tag, after].filter((one) => one === tag || one.children.length > 0)
    outer.children.splice(outer.children.indexOf(inner), 1, ...parts)
  }
}

const hasContent = ({ children }: XmlElement): boolean =>
  children.some((child) =>
    isElement(child) ? child.name !== 'text:span' || hasContent(child) : child.trim() !== '',
  )

function remove(parent: XmlElement | undefined, child: XmlElement): void {
  parent?.children.splice(parent.children.indexOf(child), 1)
}

/** Pieces of a tree that are repeated together: some children of an element. */
interface Unit {
  parent: XmlElement
  from: number
  to: number
  /** The paragraph that they are a piece of, and what that is in. */
  within: { paragraph: XmlElement; parent: XmlElement } | null
}

const lastOf = (way: readonly XmlElement[], fits: (one: XmlElement) => boolean): number =>
  way.findLastIndex(fits)

const isCell = ({ name }: XmlElement): boolean => name === 'table:table-cell'
const isRow = ({ name }: XmlElement): boolean => name === 'table:table-row'

/** Some children of the same element: from one to another. */
function span(parent: XmlElement, first: XmlElement, last: XmlElement): Unit {
  const [from, to] = [parent.children.indexOf(first), parent.children.indexOf(last) + 1]
  return { parent, from, to, within: null }
}

const apart = (name: string): Fault =>
  new Fault(
    'usage',
    `{#${name}} and {/${name}} are not in the same table, cell or text`,
    'put both into one row, or into paragraphs that follow one another',
  )

/** Takes two tags out of a paragraph. @returns what stood between them. */
function pieceOf(paragraph: XmlElement, open: XmlElement, close: XmlElement): Unit {
  lift(paragraph, open)
  lift(paragraph, close)
  const unit = span(paragraph, open, close)
  remove(paragraph, close)
  remove(paragraph, open)
  return { ...unit, to: unit.to - 2 }
}

/** Takes two tags out. @returns what stood between them: rows of a table, a piece of a paragraph, or paragraphs. */
function unitOf(root: XmlElement, open: XmlElement, close: XmlElement): Unit {
  const name = tagOf(open)?.name ?? ''
  const [before, after] = [around(root, open) ?? [], around(root, close) ?? []]
  const [cell, otherCell] = [before[lastOf(before, isCell)], after[lastOf(after, isCell)]]
  if (cell !== otherCell) {
    const [row, otherRow] = [lastOf(before, isRow), lastOf(after, isRow)]
    const [first, last, parent] = [before[row], after[otherRow], before[row - 1]]
    if (!first || !last || !parent || parent !== after[otherRow - 1]) throw apart(name)
    remove(before.at(-1), open)
    remove(after.at(-1), close)
    return span(parent, first, last)
  }
  const [at, otherAt] = [lastOf(before, isParagraph), lastOf(after, isParagraph)]
  // Within a piece of a paragraph that is repeated, there is none around it.
  if (at < 0 && otherAt < 0) return pieceOf(root, open, close)
  const [paragraph, other, parent] = [before[at], after[otherAt], before[at - 1]]
  if (!paragraph || !other || !parent || parent !== after[otherAt - 1]) throw apart(name)
  if (paragraph === other) {
    return { ...pieceOf(paragraph, open, close), within: { paragraph, parent } }
  }
  remove(before.at(-1), open)
  remove(after.at(-1), close)
  const unit = span(parent, paragraph, other)
  // A paragraph that had only the tag goes with it.
  if (!hasContent(other)) {
    remove(parent, other)
    unit.to -= 1
  }
  if (!hasContent(paragraph)) {
    remove(parent, paragraph)
    unit.to -= 1
  }
  return unit
}

/** A copy of a node; texts are shared, however long they are. */
function copyOf(node: XmlNode): XmlNode {
  if (typeof node === 'string') return node
  const { name, attributes, children } = node
  return { name, attributes: { ...attributes }, children: children.map(copyOf) }
}

/** For which values a piece is repeated: each of a list, once where there is something, else not at all. */
function itemsOf(scopes: readonly View[], name: string): readonly View[] {
  const value = lookUp(scopes, name)
  if (Array.isArray(value)) return value as readonly View[]
  return value === undefined || value === '' || value === false ? [] : [{}]
}

function fillValues(
  root: XmlElement,
  scopes: readonly View[],
  picture: Picture,
  count: () => void,
): void {
  root.children = root.children.flatMap((child): XmlNode[] => {
    const tag = tagOf(child)
    if (tag) {
      count()
      const value = lookUp(scopes, tag.name)
      return picture(tag.name) ?? textNodes(typeof value === 'string' ? value : '')
    }
    if (isElement(child)) fillValues(child, scopes, picture, count)
    return [child]
  })
}

/**
 * Fills in all tags below an element, and repeats what is to be repeated.
 * @param scopes where values are looked up, the innermost last.
 * @throws Fault `usage` if tags do not fit together.
 */
export function fillTree(
  root: XmlElement,
  scopes: readonly View[],
  picture: Picture,
  count: () => void = counter(),
): void {
  for (let pair = firstPair(root); pair; pair = firstPair(root)) {
    const [first, last] = pair
    const name = tagOf(first)?.name ?? ''
    count()
    const items = itemsOf(scopes, name)
    const { parent, from, to, within } = unitOf(root, first, last)
    const piece = parent.children.slice(from, to)
    const made = items.flatMap((item): XmlNode[] => {
      const copy: XmlElement = { name: '', attributes: {}, children: piece.map(copyOf) }
      count()
      fillTree(copy, [...scopes, item], picture, count)
      return copy.children
    })
    parent.children.splice(from, to - from, ...made)
    if (within && !hasContent(within.paragraph)) remove(within.parent, within.paragraph)
  }
  fillValues(root, scopes, picture, count)
}
