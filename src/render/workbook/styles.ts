import type { Currency } from '../../domain/money.ts'

/** The looks of cells, by their places in the part of styles. */
export const STYLES = { general: 0, day: 1, share: 2, money: 3 } as const

export type CellStyle = keyof typeof STYLES

/** The first number that a format of one's own may have. */
const OWN_FORMATS = 164

/** The part that says how the cells of each style look. */
export function stylesXml(currency: Currency | null): string {
  const decimals = currency?.digits ? `.${'0'.repeat(currency.digits)}` : ''
  const formats = ['yyyy-mm-dd', '0.0%', `#,##0${decimals}`]
  const own = formats.map(
    (code, at) => `<numFmt numFmtId="${OWN_FORMATS + at}" formatCode="${code}"/>`,
  )
  const looks = [0, ...formats.map((_, at) => OWN_FORMATS + at)].map(
    (id) =>
      `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  )
  return (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `<numFmts count="${own.length}">${own.join('')}</numFmts>` +
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${looks.length}">${looks.join('')}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
    '</styleSheet>'
  )
}
