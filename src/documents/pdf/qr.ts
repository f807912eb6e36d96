/** Where a QR code goes: its upper left corner and the length of its side, in points. */
export interface Square {
  x: number
  y: number
  side: number
}

/** Draws a QR code as one path: dark modules next to each other are one rectangle, without seams. */
export function drawQr(
  doc: PDFKit.PDFDocument,
  rows: readonly boolean[][],
  { x, y, side }: Square,
): void {
  const step = side / rows.length
  for (const [down, row] of rows.entries()) {
    let from = 0
    while (from < row.length) {
      const start = row.indexOf(true, from)
      if (start === -1) break
      const end = row.indexOf(false, start)
      const stop = end === -1 ? row.length : end
      doc.rect(x + start * step, y + down * step, (stop - start) * step, step)
      from = stop
    }
  }
  doc.fill('#000000')
}
