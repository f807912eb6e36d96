import makeCode from 'qrcode-generator'

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

/** White around a code, in modules: a screen is dark around it. */
const QUIET = 2

/**
 * A QR code for a terminal, two rows of modules a line: light modules are drawn, as most terminals are dark. Telephones read
 * it either way.
 */
export function qrText(payload: string): string[] {
  const rows = modulesOf(payload)
  const size = rows.length + QUIET * 2
  const isLight = (row: number, column: number): boolean =>
    row < size && !rows[row - QUIET]?.[column - QUIET]
  return Array.from({ length: Math.ceil(size / 2) }, (_, line) =>
    Array.from({ length: size }, (__, column) => {
      const [upper, lower] = [isLight(line * 2, column), isLight(line * 2 + 1, column)]
      if (upper) return lower ? '█' : '▀'
      return lower ? '▄' : ' '
    }).join(''),
  )
}
