import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { create, type Font } from 'fontkit'
import { Fault } from '../../domain/fault.ts'

export type Weight = 'regular' | 'bold'

/** A font of the program: its file is `dist/fonts/NAME-400.ttf`. */
export interface Face {
  /** By which a document knows it. */
  name: string
  font: Font
}

const NOTO = ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'greek-ext', 'vietnamese']

/** The fonts in which a letter is looked for, in their order. */
export const TEXT_FONTS = [
  ...NOTO.map((part) => `noto-sans-${part}`),
  'noto-sans-thai-thai',
  'dejavu-sans-latin',
] as const

/** The fonts of the Swiss payment part, for which few are allowed; then those of other texts. */
export const BILL_FONTS = ['arimo-latin', 'arimo-latin-ext', ...TEXT_FONTS] as const

/** It comes in one weight. */
const ONE_WEIGHT = new Set(['dejavu-sans-latin'])

/** The folder of the fonts, wherever this program is installed or tested. */
function folder(): string {
  for (const up of ['.', '../../../dist']) {
    const found = fileURLToPath(new URL(`${up}/fonts/`, import.meta.url))
    if (existsSync(found)) return found
  }
  throw new Fault('failed', 'dist/fonts is missing from the installation', 'install funnel again')
}

const loaded = new Map<string, Face>()
let home: string | undefined

/** A font; it is read once, when the first letter of it is wanted. */
export function faceOf(font: string, weight: Weight): Face {
  const name = `${font}-${weight === 'bold' && !ONE_WEIGHT.has(font) ? 700 : 400}`
  const known = loaded.get(name)
  if (known) return known
  home ??= folder()
  const made = create(readFileSync(`${home}${name}.ttf`))
  if (!('layout' in made)) throw new Error(`${name} is a collection of fonts`)
  const face = { name, font: made }
  loaded.set(name, face)
  return face
}
