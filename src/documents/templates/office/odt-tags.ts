import { elementsOf, type XmlElement, type XmlNode } from './xml-tree.ts'

/** A tag in the text of a document: `{name}`, `{#name}` … `{/name}`. */
export interface Tag {
  name: string
  opens: boolean
  closes: boolean
}

const PARAGRAPHS = new Set(['text:p', 'text:h'])
const TAG = /\{([^{}\n]*)\}/g

/** Is an element a paragraph? */
export const isParagraph = ({ name }: XmlElement): boolean => PARAGRAPHS.has(name)

/** Reads what stands between braces. */
function readTag(inner: string): Tag {
  // Options in brackets are those of the other engine, such as [loopOver: "paragraph"].
  const bare = inner.replace(/\[[^\]]*\]\s*$/, '').trim()
  const sign = bare.charAt(0)
  const isMarked = sign === '#' || sign === '/'
  return {
    name: (isMarked ? bare.slice(1) : bare).trim(),
    opens: sign === '#',
    closes: sign === '/',
  }
}

/** A piece of text within an element. */
interface Leaf {
  parent: XmlElement
  at: number
  text: string
}

/** The texts of a paragraph in their order, those of its spans too, but not those of paragraphs within it. */
function leavesOf(parent: XmlElement): Leaf[] {
  return parent.children.flatMap((child, at): Leaf[] => {
    if (typeof child === 'string') return [{ parent, at, text: child }]
    return isParagraph(child) ? [] : leavesOf(child)
  })
}

/** The element that stands for a tag once it is found. */
export const TAG_ELEMENT = 'tag'

const tagElement = (inner: string): XmlElement => {
  const { name, opens, closes } = readTag(inner)
  const kind = opens ? 'open' : closes ? 'close' : 'value'
  return { name: TAG_ELEMENT, attributes: { name, kind, text: `{${inner}}` }, children: [] }
}

/** Puts elements in the place of the tags of a paragraph, also of those that are split over spans. */
function markParagraph(paragraph: XmlElement): void {
  const leaves = leavesOf(paragraph)
  const all = leaves.map(({ text }) => text).join('')
  const found = [...all.matchAll(TAG)].map(({ index, 0: whole, 1: inner = '' }) => ({
    from: index,
    to: index + whole.length,
    inner,
  }))
  if (found.length === 0) return
  let start = 0
  const made = leaves.map(({ text }): XmlNode[] => {
    const end = start + text.length
    const pieces: XmlNode[] = []
    let at = start
    for (const { from, to, inner } of found) {
      if (to <= start || from >= end) continue
      if (from >= start) {
        if (from > at) pieces.push(all.slice(at, from))
        pieces.push(tagElement(inner))
      }
      at = Math.min(to, end)
    }
    if (at < end) pieces.push(all.slice(at, end))
    start = end
    return pieces
  })
  // From the last to the first, so that the places of those before stay.
  for (let at = leaves.length - 1; at >= 0; at -= 1) {
    const leaf = leaves[at]
    if (leaf) leaf.parent.children.splice(leaf.at, 1, ...(made[at] ?? []))
  }
}

/** Puts elements in the place of all tags below an element. */
export function markTags(root: XmlElement): void {
  const paragraphs = [...elementsOf(root)].filter(isParagraph)
  for (const paragraph of paragraphs) markParagraph(paragraph)
}

/** The tag that an element stands for. */
export function tagOf(node: XmlNode | undefined): Tag | null {
  if (node === undefined || typeof node === 'string' || node.name !== TAG_ELEMENT) return null
  const { name = '', kind } = node.attributes
  return { name, opens: kind === 'open', closes: kind === 'close' }
}

/** All tags below an element, in their order. */
export function tagsIn(root: XmlElement): Tag[] {
  return [...elementsOf(root)].map(tagOf).filter((tag) => tag !== null)
}
