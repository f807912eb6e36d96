import { inflateSync } from 'node:zlib'
import { Fault } from '../../domain/fault.ts'
import type { Logo } from '../../domain/firm/logo.ts'
import { drawSvg, svgProblem } from './svg-logo.ts'

/** A place on a page, in points. */
export interface Frame {
  x: number
  y: number
  width: number
  height: number
}

/** A picture of more pixels would take too long, and is far finer than paper shows. */
const MOST_PIXELS = 25_000_000
/** One with transparency or interlaced is taken apart, which takes longer. */
const MOST_PARTS = 8_000_000

const HINT = 'give another one: funnel company set --logo FILE'

function refused(why: string, cause?: unknown): Fault {
  return new Fault('failed', `the logo cannot be put into a PDF: ${why}`, HINT, cause)
}

/** Bytes of a pixel by the colour type of a PNG file. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/**
 * Makes sure that a PNG file is whole, before it is taken apart.
 * @throws Fault `failed` if it is broken, or has more pixels than are drawn.
 */
function checkPng(bytes: Buffer): void {
  const data: Buffer[] = []
  let header: Buffer | undefined
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const kind = bytes.toString('latin1', at + 4, at + 8)
    const body = bytes.subarray(at + 8, at + 8 + length)
    if (kind === 'IHDR') header ??= body
    if (kind === 'IDAT') data.push(body)
    at += 12 + length
  }
  if (header === undefined || header.length < 13 || data.length === 0)
    throw refused('it is damaged')
  const [wide, high] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [depth = 8, color = 0, , , interlaced = 0] = header.subarray(8)
  const isWhole = color < 4 && interlaced === 0
  if (wide * high > (isWhole ? MOST_PIXELS : MOST_PARTS))
    throw refused(`it has ${wide} × ${high} pixels; save it smaller`)
  const rows = high * (Math.ceil((wide * depth * (CHANNELS[color] ?? 4)) / 8) + 1)
  try {
    // Interlaced pictures have a few more rows.
    const most = interlaced === 0 ? rows : rows * 2 + 1024
    const length = inflateSync(Buffer.concat(data), { maxOutputLength: most }).length
    if (length < rows) throw refused('it is damaged')
  } catch (error) {
    if (error instanceof Fault) throw error
    throw refused('it is damaged', error)
  }
}

/** @throws Fault `failed` if a JPEG file is broken, or its colours are those of printing presses. */
function checkJpeg(bytes: Buffer): void {
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) break
    const marker = bytes[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) {
      if (bytes[at + 9] === 4) throw refused('its colours are CMYK; save it as RGB')
      return
    }
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  throw refused('it is damaged')
}

/**
 * Draws a logo as large as fits into a frame, at its upper left.
 * @param font the name of a font that the document has, for texts in SVG files.
 * @throws Fault `failed` if it is broken, or has too many pixels.
 */
export function drawLogo(
  doc: PDFKit.PDFDocument,
  { kind, bytes }: Logo,
  frame: Frame,
  font: string,
): void {
  const { x, y, width, height } = frame
  if (kind === 'png') checkPng(bytes)
  if (kind === 'jpeg') checkJpeg(bytes)
  const text = kind === 'svg' ? bytes.toString('utf8') : ''
  const problem = svgProblem(text)
  if (problem !== null) throw refused(problem)
  try {
    if (kind === 'svg') drawSvg(doc, text, frame, font)
    else doc.image(bytes, x, y, { fit: [width, height] })
  } catch (error) {
    throw refused('it is damaged', error)
  }
}
