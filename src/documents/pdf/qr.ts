import makeCode from 'qrcode-generator'

/** Where a QR code goes: its upper left corner and the length of its side, in points. */
export interface Square {
  x: number
  y: number
  side: number
}

/**
 * The modules of a QR code at level M, in bytes of UTF-8: rows of dark ones.
 * @param least the version that it has at least, of 1 to 40.
 */
export function modulesOf(payload: string, least = 1): boolean[][] {
  const made = (version: number) => {
    const code = makeCode(version as Parameters<typeof makeCode>[0], 'M')
    // It takes letters for bytes.
    code.addData(Buffer.from(payload, 'utf8').toString('latin1'), 'Byte')
    code.make()
    return code
  }
  const fitting = made(0)
  const version = (fitting.getModuleCount() - 17) / 4
  const code = version < least ? made(least) : fitting
  const count = code.getModuleCount()
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (__, column) => code.isDark(row, column)),
  )
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
