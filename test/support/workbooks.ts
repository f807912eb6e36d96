import * as zlib from 'node:zlib'
import { CFB } from 'xlsx'

/** An open archive, as far as tests look into it. */
interface Archive {
  FileIndex: { content?: Uint8Array; size: number }[]
}

/** Opens an archive. An import in this process has left its own bounds in the library. */
export function unzip(bytes: Buffer): Archive {
  CFB.utils.use_zlib(zlib)
  return CFB.read(bytes, { type: 'buffer' }) as Archive
}

/** A file in an archive. */
export interface ZipEntry {
  path: string
  content: string | Uint8Array
}

/** A zip archive, whose directory may lie about how long its entries are. */
export function zip(entries: ZipEntry[]): Buffer {
  const archive = CFB.utils.cfb_new()
  for (const { path, content } of entries)
    CFB.utils.cfb_add(archive, `/${path}`, Buffer.from(content))
  return Buffer.from(
    CFB.write(archive, { fileType: 'zip', type: 'buffer', compression: true }) as Buffer,
  )
}

/** How the XML of a sheet begins. */
export const SHEET_HEAD =
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'

/** An XLSX file around the XML of one sheet. */
export function workbookOf(sheet: string): ZipEntry[] {
  const parts = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packages = 'http://schemas.openxmlformats.org/package/2006'
  return [
    {
      path: '[Content_Types].xml',
      content: `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${parts}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${parts}.worksheet+xml"/></Types>`,
    },
    {
      path: '_rels/.rels',
      content: `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      path: 'xl/workbook.xml',
      content: `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>`,
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { path: 'xl/worksheets/sheet1.xml', content: sheet },
  ]
}

/** A cell of text. */
export const text = (place: string, value: string): string =>
  `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
