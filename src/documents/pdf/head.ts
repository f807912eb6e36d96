import { maxOf } from '../../domain/lists.ts'
import type { Block } from '../fields.ts'
import { drawLogo } from './logo.ts'
import { BODY, BOLD, FINE, LEFT, mm, type Sheet, SMALL } from './page.ts'
import { lineHeight, type Style } from './typeset.ts'

/** Where facts and the logo stand: to the right of the window. */
const ASIDE = mm(117)

/** The window of an envelope: DIN 5008, form B. */
const WINDOW = {
  top: mm(45),
  width: mm(80),
  address: mm(62.7) - mm(5),
  bottom: mm(90),
  near: mm(80),
}

/** Facts are set smaller than texts. */
const NAME: Style = { ...SMALL, size: 7.6 }
const VALUE: Style = { ...BODY, size: 8.6 }

/** Letterheads stand above it. */
const LOGO = { top: mm(13), height: mm(26) }

/** A style that is small enough for a text to fit a width on one line, within reason. */
function fitted(sheet: Sheet, text: string, style: Style, width: number, least: number): Style {
  const wide = sheet.type.width(text, style)
  return wide <= width ? style : { ...style, size: Math.max(least, (style.size * width) / wide) }
}

/** The logo, or the name of the company where there is none. */
function letterhead(sheet: Sheet): void {
  const { type, look, fields, doc, width } = sheet
  const room = LEFT + width - ASIDE
  if (look.logo !== null) {
    const frame = { x: ASIDE, y: LOGO.top, width: room, height: LOGO.height }
    drawLogo(doc, look.logo, frame, type.fontName('bold'))
    return
  }
  const style: Style = { size: 15, weight: 'bold', color: look.color }
  const lines = type.lines(fields.seller.name, room, { ...style, size: 13 }).slice(0, 3)
  const used =
    lines.length > 1 ? { ...style, size: 13 } : fitted(sheet, lines.join(''), style, room, 13)
  for (const [index, line] of lines.entries()) {
    type.line(line, ASIDE, LOGO.top + index * lineHeight(used), used)
  }
}

/** The sender on one small line, which shows in the window above the recipient. */
function senderLine(sheet: Sheet): void {
  const { name, address } = sheet.fields.seller
  const text = [name, ...address].filter((part) => part !== '').join(' · ')
  const style = fitted(sheet, text, { ...FINE, size: 6.5 }, WINDOW.width, 4.5)
  const [line = ''] = sheet.type.lines(text, WINDOW.width, style)
  sheet.type.line(line, LEFT, WINDOW.address - mm(4.2), style)
}

/** @returns the y below the recipient. */
function recipient(sheet: Sheet): number {
  const { name, contact, address } = sheet.fields.client
  const style: Style = { size: 10 }
  let y = WINDOW.address
  for (const part of [name, contact, ...address]) {
    if (part !== '') y = sheet.type.text(part, LEFT, y, WINDOW.width, style)
  }
  return y
}

/** @returns the y below the facts. */
function facts(sheet: Sheet, top: number): number {
  const { type, fields, width } = sheet
  const room = LEFT + width - ASIDE
  const names = fields.facts.map(({ label: text }) => type.width(text, NAME))
  const column = Math.min(maxOf(names, 0) + 8, room * 0.42)
  let y = top
  for (const { label: text, value } of fields.facts) {
    const below = type.text(text, ASIDE, y + 0.8, column - 6, NAME)
    y = Math.max(below, type.text(value, ASIDE + column, y, room - column, VALUE)) + 1.5
  }
  return y
}

/** Draws what stands in fixed places at the head of the first page, and goes on below it. */
export function drawHead(sheet: Sheet): void {
  const has = (block: Block): boolean => sheet.look.blocks.includes(block)
  let below = has('logo') ? LOGO.top + LOGO.height : mm(20)
  if (has('logo')) letterhead(sheet)
  if (has('sender')) senderLine(sheet)
  if (has('recipient')) {
    below = Math.max(sheet.isBill ? WINDOW.near : WINDOW.bottom, recipient(sheet))
  }
  if (has('facts'))
    below = Math.max(below, facts(sheet, has('logo') ? WINDOW.top + mm(3) : WINDOW.top))
  sheet.y = below + mm(7)
}

/** The title, and what the document is about. */
export function drawTitle(sheet: Sheet): void {
  const { type, fields, width, look } = sheet
  const style: Style = { size: 16, weight: 'bold', color: look.color }
  sheet.y = type.text(fields.title, LEFT, sheet.y, width, style)
  if (fields.subject !== '') sheet.y = type.text(fields.subject, LEFT, sheet.y + 1, width, BOLD)
  sheet.y += mm(3.5)
}
