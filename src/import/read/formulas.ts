const CELL_START = '<c'
const CELL_END = '</c>'
const FORMULA = '<f'
// The longest formula of a spreadsheet has 8,192 characters.
const LONGEST_CELL = 1 << 16

// A cell of the type `str` without a value has the empty text that its formula gave.
const UNCOMPUTED =
  /^<c(?![^>]*\st="(?:str|inlineStr)")(?:\s[^>]*)?>\s*<f(?:\s[^>]*)?(?:\/>|>[^<]*<\/f>)\s*(?:(?:<v\s*\/>|<v><\/v>)\s*)?<\/c>$/

/** How many cells of an XLSX sheet have a formula but no result. @param xml the sheet's. */
export function uncomputedCells(xml: Buffer): number {
  let cells = 0
  let from = 0
  for (let at = xml.indexOf(FORMULA); at >= 0; at = xml.indexOf(FORMULA, from)) {
    const start = xml.subarray(from, at).lastIndexOf(CELL_START)
    const end = xml.subarray(at, at + LONGEST_CELL).indexOf(CELL_END)
    const next = at + (end < 0 ? LONGEST_CELL : end + CELL_END.length)
    if (start >= 0 && end >= 0 && UNCOMPUTED.test(xml.toString('latin1', from + start, next))) {
      cells += 1
    }
    from = next
  }
  return cells
}

/** The same of an OpenDocument sheet. @param place which one of the file, from 0. */
export function uncomputedInOds(content: string, place: number): number {
  const [start, end] = [...content.matchAll(/<table:table(?:\s[^<>]*)?>/g)]
    .slice(place, place + 2)
    .map(({ index }) => index)
  if (start === undefined) return 0
  const cells = content.slice(start, end).match(/<table:table-cell\s[^<>]*>/g) ?? []
  return cells.filter(
    (tag) => tag.includes(' table:formula=') && !/\svalue-type=|:value-type=/.test(tag),
  ).length
}

/** Where an XLSX file keeps a sheet. @param text the text of a file in the archive. */
export function sheetPath(
  text: (path: string) => string | undefined,
  place: number,
): string | undefined {
  const [tag] = [...(text('xl/workbook.xml') ?? '').matchAll(/<sheet\s[^<>]*>/g)][place] ?? []
  const id = /\s\w+:id="([^"]*)"/.exec(tag ?? '')?.[1]
  const relations =
    (text('xl/_rels/workbook.xml.rels') ?? '').match(/<Relationship\s[^<>]*>/g) ?? []
  const relation = relations.find((each) => /\sId="([^"]*)"/.exec(each)?.[1] === id)
  const target = /\sTarget="([^"]*)"/.exec(relation ?? '')?.[1]
  return target?.startsWith('/') ? target.slice(1) : target && `xl/${target}`
}
