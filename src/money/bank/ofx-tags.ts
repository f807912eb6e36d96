import { Fault } from '../../domain/fault.ts'
import { brokenOff } from './statement.ts'

/** An element of OFX, its name in capitals. */
export interface OfxElement {
  name: string
  text: string
  children: OfxElement[]
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
}
const MOST_DEEP = 50
const LAST_CODE = 0x10ffff

function ofCode(code: number): string {
  return code > 0 && code <= LAST_CODE ? String.fromCodePoint(code) : ''
}

/** `Smith &amp; Sons` as it is meant. An entity of another kind stays as it is. */
function decoded(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (all, ...found) => {
    const [decimal, hex, name] = found as (string | undefined)[]
    if (decimal !== undefined) return ofCode(Number(decimal))
    if (hex !== undefined) return ofCode(Number.parseInt(hex, 16))
    return ENTITIES[name?.toLowerCase() ?? ''] ?? all
  })
}

/** The tags of a text one after another, each with the text behind it. */
function* tagsOf(text: string): Generator<{ tag: string; isEnd: boolean; text: string }> {
  const tags = /<(\/?)([A-Za-z][\w.]{0,40})[^<>]{0,200}?(\/?)>([^<]*)/g
  for (const [, slash, tag = '', empty, behind = ''] of text.matchAll(tags)) {
    const name = tag.toUpperCase()
    yield { tag: name, isEnd: slash === '/', text: empty === '/' ? '' : behind }
    if (empty === '/') yield { tag: name, isEnd: true, text: '' }
  }
}

/** Tags around others in every file; one of them that does not end is a broken file. */
const ALWAYS_CLOSED = ['OFX', 'STMTTRN', 'STMTRS', 'CCSTMTRS', 'BANKTRANLIST']

/** The tags that are closed somewhere; the others hold a text each, which ends at the next tag. */
function closedTags(text: string): Set<string> {
  const closed = new Set(ALWAYS_CLOSED)
  for (const { tag, isEnd } of tagsOf(text)) if (isEnd) closed.add(tag)
  return closed
}

/**
 * Reads the tags of OFX from `<OFX>` to `</OFX>`. Those of version 1 that hold a text need not be closed.
 * @param onElement is told of each element at its end, with those around it, the innermost last. If it returns true,
 *   the element is not kept in the one around it.
 * @throws Fault `usage` if it breaks off, has a document type, or tags that end where they did not begin.
 */
export function readTags(
  text: string,
  name: string,
  onElement: (element: OfxElement, around: readonly OfxElement[]) => boolean,
): void {
  const start = text.search(/<OFX>/i)
  const body = start < 0 ? '' : text.slice(start)
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    const what = `${name} has a document type of its own (DOCTYPE), which no statement has`
    throw new Fault('usage', what, 'download the statement again from the bank')
  }
  if (!/<\/OFX>\s*$/i.test(body)) throw brokenOff(name, 'it has no </OFX> at its end')
  const closed = closedTags(body)
  const around: OfxElement[] = []
  const end = (): void => {
    const element = around.pop()
    if (element && !onElement(element, around)) around.at(-1)?.children.push(element)
  }
  for (const { tag, isEnd, text: behind } of tagsOf(body)) {
    const last = around.at(-1)
    const holdsText = last !== undefined && (!closed.has(last.name) || last.text !== '')
    if (isEnd) {
      // A text ends with what is around it, at the latest.
      if (holdsText && last.name !== tag) end()
      if (around.at(-1)?.name !== tag) {
        throw brokenOff(
          name,
          `<${around.at(-1)?.name ?? tag}> does not end, or </${tag}> did not begin`,
        )
      }
      end()
      continue
    }
    if (holdsText) end()
    if (around.length >= MOST_DEEP)
      throw new Fault('usage', `${name} is not OFX: its tags are too deep`)
    around.push({ name: tag, text: decoded(behind).trim(), children: [] })
  }
  if (around.length > 0) throw brokenOff(name, `<${around.at(-1)?.name}> does not end`)
}
