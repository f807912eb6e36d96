// Lays the fonts that documents are set in into dist/fonts/, and the colour profile of PDF/A into dist/data/.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

const NOTO = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese']

/** Packages of fonts, and the parts of each that are taken: each in regular and bold, if it has that. */
const FAMILIES = [
  { folder: '@fontsource/noto-sans', family: 'noto-sans', parts: NOTO, weights: [400, 700] },
  {
    folder: '@fontsource/noto-sans-thai',
    family: 'noto-sans-thai',
    parts: ['thai'],
    weights: [400, 700],
  },
  // For signs that Noto Sans leaves to other families: check marks, arrows, comparisons.
  {
    folder: '@fontsource/dejavu-sans',
    family: 'dejavu-sans',
    parts: ['latin'],
    weights: [400],
  },
  // What the Swiss payment part is set in: Arimo is the design of Liberation Sans.
  {
    folder: '@fontsource/arimo',
    family: 'arimo',
    parts: ['latin', 'latin-ext'],
    weights: [400, 700],
  },
]

/** A font out of its WOFF wrapping: reading one glyph of it would unpack all of them each time. */
function unwrapped(woff) {
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, index) => {
    const at = 44 + index * 20
    const [offset, packed, length] = [4, 8, 12].map((field) => woff.readUInt32BE(at + field))
    const bytes = woff.subarray(offset, offset + packed)
    const head = { tag: woff.subarray(at, at + 4), checksum: woff.subarray(at + 16, at + 20) }
    return { ...head, bytes: packed < length ? inflateSync(bytes) : bytes }
  })
  const power = Math.floor(Math.log2(count))
  const head = Buffer.alloc(12)
  woff.copy(head, 0, 4, 8)
  for (const [at, value] of [count, 2 ** power * 16, power, (count - 2 ** power) * 16].entries()) {
    head.writeUInt16BE(value, 4 + at * 2)
  }
  let offset = 12 + count * 16
  const entries = []
  const bodies = []
  for (const { tag, checksum, bytes } of tables) {
    const place = Buffer.alloc(8)
    place.writeUInt32BE(offset, 0)
    place.writeUInt32BE(bytes.length, 4)
    entries.push(tag, checksum, place)
    const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4)
    bytes.copy(padded)
    bodies.push(padded)
    offset += padded.length
  }
  return Buffer.concat([head, ...entries, ...bodies])
}

/**
 * Writes the fonts.
 * @returns the folders of the packages that they are of, for their licences.
 */
export function layFonts(root) {
  const modules = path.join(root, 'node_modules')
  const fonts = path.join(root, 'dist/fonts')
  mkdirSync(fonts, { recursive: true })
  for (const { folder, family, parts, weights } of FAMILIES) {
    for (const part of parts) {
      for (const weight of weights) {
        const file = path.join(modules, folder, `files/${family}-${part}-${weight}-normal.woff`)
        const target = path.join(fonts, `${family}-${part}-${weight}.ttf`)
        writeFileSync(target, unwrapped(readFileSync(file)))
      }
    }
  }
  const data = path.join(root, 'dist/data')
  mkdirSync(data, { recursive: true })
  const profile = 'sRGB_IEC61966_2_1.icc'
  copyFileSync(path.join(modules, 'pdfkit/js/data', profile), path.join(data, profile))
  return FAMILIES.map(({ folder }) => path.join(modules, folder))
}
