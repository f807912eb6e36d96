import { Fault } from '../fault.ts'

/** What a logo may be. */
export type LogoKind = 'png' | 'jpeg' | 'svg'

/** A logo as a book keeps it. */
export interface Logo {
  kind: LogoKind
  bytes: Buffer
}

/** Large enough for print; a book is copied before every upgrade. */
const MOST_BYTES = 512 * 1024

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const JPEG = Buffer.from([0xff, 0xd8, 0xff])

/** The beginning of an SVG file: perhaps a declaration, comments and a document type, then `<svg`. */
const SVG = /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[^]*?-->\s*|<!DOCTYPE[^>[]*>\s*)*<svg[\s>]/i

/** What makes a picture more than a picture: programs, other documents, entities. */
const ACTIVE =
  /<script|<foreignObject|<!ENTITY|<iframe|\son[a-z]+\s*=|javascript:|@import|(?:href|src)\s*=\s*["']?\s*(?!#|data:image\/(?:png|jpeg);)[^\s"'>]|url\(\s*["']?\s*(?!#|["']?#)/i

function kindOf(bytes: Buffer): LogoKind | undefined {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return 'png'
  if (bytes.subarray(0, JPEG.length).equals(JPEG)) return 'jpeg'
  return SVG.test(bytes.toString('utf8', 0, 4096)) ? 'svg' : undefined
}

/**
 * Takes a picture as a logo, by its content whatever its name.
 * @throws Fault `usage` if it is neither PNG, JPEG nor SVG, is larger than 512 KiB, or is an SVG that holds a
 *   program or names other files.
 */
export function readLogo(bytes: Buffer, name: string): Logo {
  const kind = kindOf(bytes)
  const hint = 'save it as PNG, JPEG or plain SVG'
  if (!kind) throw new Fault('usage', `${name} is not a picture that can be a logo`, hint)
  if (bytes.length > MOST_BYTES) {
    const size = Math.ceil(bytes.length / 1024)
    throw new Fault('usage', `${name} has ${size} KiB; a logo may have 512`, 'save it smaller')
  }
  if (kind === 'svg' && ACTIVE.test(bytes.toString('utf8'))) {
    throw new Fault('usage', `${name} holds a program or names other files`, hint)
  }
  return { kind, bytes }
}
