import { LEFT, needRoom, type Sheet } from './page.ts'
import { lineHeight, type Style } from './typeset.ts'

/** Sets a text of any length, over as many pages as it takes; then leaves a space. */
export function paragraphs(sheet: Sheet, text: string, style: Style, space: number): void {
  if (text.trim() === '') return
  const step = lineHeight(style)
  const lines = sheet.type.lines(text.trim(), sheet.width, style)
  for (const [index, line] of lines.entries()) {
    // A paragraph leaves no line alone at the foot of a page.
    const isFirst = index === 0 || lines[index - 1] === ''
    const next = lines[index + 1]
    needRoom(sheet, isFirst && next !== undefined && next !== '' ? step * 2 : step)
    // An empty line is a smaller space than a line.
    if (line === '') sheet.y += step * 0.6
    else {
      sheet.type.line(line, LEFT, sheet.y, style)
      sheet.y += step
    }
  }
  sheet.y += space
}

/** A heading, which stays with what follows it. */
export function heading(sheet: Sheet, text: string, follows: number): void {
  const style: Style = { size: 10.5, weight: 'bold', color: sheet.look.color }
  const lines = sheet.type.lines(text, sheet.width, style)
  needRoom(sheet, lines.length * lineHeight(style) + follows)
  for (const line of lines) {
    sheet.type.line(line, LEFT, sheet.y, style)
    sheet.y += lineHeight(style)
  }
  sheet.y += 3
}
