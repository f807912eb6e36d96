// Lays the fonts that documents are set in into dist/fonts/, and the colour profile of PDF/A into dist/data/.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { convert } from 'fontverter'
import subsetFont from 'subset-font'

/** All signs from one code point to another. */
const range = ([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))

/** Signs, and letters that Noto Sans leaves to other families. */
const SIGNS = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x2b0, 0x2ff],
  [0x530, 0x58f],
  [0x10a0, 0x10ff],
  [0x2010, 0x206f],
  [0x2070, 0x20cf],
  [0x2100, 0x23ff],
  [0x2460, 0x27bf],
  [0x2b00, 0x2b5f],
  [0xfb00, 0xfb06],
  [0x1f600, 0x1f64f],
].flatMap(range)

/** What a Swiss bill may be written with, besides the letters of Western Europe. */
const BILL = [
  [0x100, 0x17f],
  [0x218, 0x21b],
].flatMap(range)

/** Packages of fonts, and what is taken of each: parts, weights, and signs if not all. */
const FAMILIES = [
  {
    folder: '@fontsource/noto-sans',
    family: 'noto-sans',
    parts: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese'],
    weights: [400, 700],
  },
  {
    folder: '@fontsource/noto-sans-thai',
    family: 'noto-sans-thai',
    parts: ['thai'],
    weights: [400, 700],
  },
  // Check marks, arrows, comparisons.
  {
    folder: '@fontsource/dejavu-sans',
    family: 'dejavu-sans',
    parts: ['latin'],
    weights: [400],
    signs: SIGNS,
  },
  // What the Swiss payment part is set in: Arimo is the design of Liberation Sans.
  { folder: '@fontsource/arimo', family: 'arimo', parts: ['latin'], weights: [400, 700] },
  {
    folder: '@fontsource/arimo',
    family: 'arimo',
    parts: ['latin-ext'],
    weights: [400, 700],
    signs: BILL,
  },
]

/** A font out of its WOFF wrapping: reading one glyph of that would unpack all of them each time. */
function unwrapped(woff, signs) {
  return signs === undefined
    ? convert(woff, 'truetype')
    : subsetFont(woff, signs.join(''), { targetFormat: 'truetype' })
}

/**
 * Writes the fonts.
 * @returns the folders of the packages that they are of, for their licences.
 */
export async function layFonts(root) {
  const modules = path.join(root, 'node_modules')
  const fonts = path.join(root, 'dist/fonts')
  mkdirSync(fonts, { recursive: true })
  for (const { folder, family, parts, weights, signs } of FAMILIES) {
    for (const name of parts.flatMap((part) => weights.map((weight) => `${part}-${weight}`))) {
      const file = path.join(modules, folder, `files/${family}-${name}-normal.woff`)
      const font = await unwrapped(readFileSync(file), signs)
      writeFileSync(path.join(fonts, `${family}-${name}.ttf`), font)
    }
  }
  const data = path.join(root, 'dist/data')
  mkdirSync(data, { recursive: true })
  const profile = 'sRGB_IEC61966_2_1.icc'
  copyFileSync(path.join(modules, 'pdfkit/js/data', profile), path.join(data, profile))
  return [...new Set(FAMILIES.map(({ folder }) => path.join(modules, folder)))]
}
