import { TemplateHandler } from 'easy-template-x'
import type { Logo } from '../../../domain/firm/logo.ts'
import type { View } from '../view.ts'
import { type Archive, pack, unpack } from './archive.ts'
import { logoSize } from './picture.ts'
import { counter, lookUp, requireNotWithin, type Value } from './scope.ts'

/** Pixels of a screen in a millimetre, as Word counts them. */
const PER_MM = 96 / 25.4

const TYPES = { png: 'image/png', jpeg: 'image/jpeg', svg: 'image/svg+xml' } as const

function logoContent(logo: Logo) {
  const { width, height } = logoSize(logo)
  return {
    _type: 'image',
    source: logo.bytes,
    format: TYPES[logo.kind],
    width: Math.round(width * PER_MM),
    height: Math.round(height * PER_MM),
  }
}

/** The scopes that a path goes through: `lines`, 0 leads into the first line. */
function scopesOf(data: View, path: readonly string[]): View[] {
  const scopes = [data]
  let list: Value
  for (const part of path.slice(0, -1)) {
    if (Array.isArray(list) && /^\d+$/.test(part)) {
      const inner = (list as readonly View[])[Number(part)]
      if (inner) scopes.push(inner)
      list = undefined
    } else {
      list = lookUp(scopes, part)
    }
  }
  return scopes
}

function makeHandler(logo: Logo | null): TemplateHandler {
  const count = counter()
  return new TemplateHandler({
    maxXmlDepth: 300,
    scopeDataResolver({ strPath, data }) {
      count()
      const name = strPath.at(-1) ?? ''
      if (name === 'logo') return logo === null ? '' : logoContent(logo)
      return lookUp(scopesOf(data as View, strPath), name) as never
    },
  })
}

/** The tags of a document, as they are written in it. */
export async function docxTags(
  bytes: Uint8Array,
): Promise<{ name: string; opens: boolean; closes: boolean }[]> {
  const tags = await makeHandler(null).parseTags(Buffer.from(bytes))
  return tags.map(({ name, disposition }) => ({
    name: name ?? '',
    opens: disposition === 'Open',
    closes: disposition === 'Close',
  }))
}

/** Fills in a document of Word. @throws Error what the engine says of a template that is not valid. */
export async function fillDocx(files: Archive, view: View, logo: Logo | null): Promise<Uint8Array> {
  const bytes = pack(files)
  requireNotWithin(await docxTags(bytes))
  const made = await makeHandler(logo).process(Buffer.from(bytes), view as never)
  return pack(unpack(made, 'the document'))
}
