import * as zlib from 'node:zlib'
import {
  type BookType,
  CFB,
  type CellObject,
  utils,
  type WorkBook,
  type WorkSheet,
  write,
} from 'xlsx'
import { save } from './table-files.ts'

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
  CFB.utils.use_zlib(zlib)
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

/** What a test puts into a cell. */
export type Cell = string | number | boolean | null | CellObject

/** A cell that holds a day, by its Excel number. */
export const day = (v: number, z = 'yyyy-mm-dd'): CellObject => ({ t: 'n', v, z })

/** A workbook of these sheets. */
export function bookOf(sheets: Record<string, WorkSheet | Cell[][]>): WorkBook {
  const book = utils.book_new()
  for (const [name, sheet] of Object.entries(sheets)) {
    utils.book_append_sheet(book, Array.isArray(sheet) ? utils.aoa_to_sheet(sheet) : sheet, name)
  }
  return book
}

/** Saves a workbook in a file of its kind, and returns its name. */
export function saveBook(
  book: WorkBook,
  bookType: BookType = 'xlsx',
  name = `list.${bookType}`,
): string {
  return save(name, write(book, { type: 'buffer', bookType, compression: true }) as Buffer)
}

/** An OpenDocument workbook of these tables. */
export function openDocument(tables: string, styles = ''): Buffer {
  const names = ['office', 'table', 'text', 'style'].map(
    (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
  )
  const content =
    `<office:document-content ${names.join(' ')}><office:automatic-styles>${styles}</office:automatic-styles>` +
    `<office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`
  return zip([
    { path: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
    { path: 'META-INF/manifest.xml', content: '<manifest/>' },
    { path: 'styles.xml', content: '<office:document-styles/>' },
    { path: 'content.xml', content },
  ])
}
