import type { DocumentKind } from '../../../book/schema/documents.ts'
import type { Look } from '../../fields.ts'
import type { Words } from '../../words/words.ts'
import { type Archive, bytesOf } from './archive.ts'
import {
  isTable,
  layout,
  type Paragraph,
  type Part,
  type Style,
  type StyleName,
  STYLES,
  type Table,
} from './layout.ts'
import { xmlText } from './xml-tree.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const SPACES = [
  'office',
  'style',
  'text',
  'table',
  'drawing',
  'xsl-fo-compatible',
  'svg-compatible',
]
  .map((name) => {
    const prefix = { drawing: 'draw', 'xsl-fo-compatible': 'fo', 'svg-compatible': 'svg' }[name]
    return `xmlns:${prefix ?? name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`
  })
  .concat('xmlns:xlink="http://www.w3.org/1999/xlink"')
  .join(' ')

const BOLD =
  '<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold" style:font-weight-complex="bold"/></style:style>'

function paragraph({ style, runs, only }: Paragraph): string {
  const inner = runs
    .map(({ text, bold }) =>
      bold ? `<text:span text:style-name="bold">${xmlText(text)}</text:span>` : xmlText(text),
    )
    .join('')
  const text = only === undefined ? inner : `{#${only}}${inner}{/${only}}`
  return `<text:p text:style-name="${style}">${text}</text:p>`
}

/** The columns of tables have styles of their own, by the place of the table. */
function tableStyles({ widths, indent, ruled }: Table, at: number): string {
  const width = widths.reduce((sum, mm) => sum + mm, 0)
  const columns = widths.map(
    (mm, column) =>
      `<style:style style:name="t${at}c${column}" style:family="table-column"><style:table-column-properties style:column-width="${mm}mm"/></style:style>`,
  )
  const rule = ruled ? ' fo:border-bottom="0.5pt solid #cccccc"' : ''
  return `<style:style style:name="t${at}" style:family="table"><style:table-properties style:width="${width}mm" fo:margin-left="${indent}mm" table:align="left"/></style:style>${columns.join('')}<style:style style:name="t${at}cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.7mm" fo:border="none"${rule}/></style:style>`
}

function table({ widths, rows }: Table, at: number): string {
  const columns = widths.map(
    (_, column) => `<table:table-column table:style-name="t${at}c${column}"/>`,
  )
  const all = rows.map(({ cells, isHead }) => {
    const inner = cells
      .map(
        (some) =>
          `<table:table-cell table:style-name="t${at}cell" office:value-type="string">${some.map(paragraph).join('')}</table:table-cell>`,
      )
      .join('')
    const row = `<table:table-row>${inner}</table:table-row>`
    return isHead ? `<table:table-header-rows>${row}</table:table-header-rows>` : row
  })
  return `<table:table table:name="t${at}" table:style-name="t${at}">${columns.join('')}${all.join('')}</table:table>`
}

function styleXml(name: StyleName, style: Style, color: string): string {
  const { size, bold, gray, tint, align, before = 0, after = 0, rule } = style
  const border = rule ? ' fo:border-top="0.5pt solid #444444" fo:margin-right="80mm"' : ''
  const keep = name === 'title' || name === 'heading' ? ' fo:keep-with-next="always"' : ''
  const shade = tint ? color : gray ? '#666666' : '#222222'
  const weight = bold ? ' fo:font-weight="bold" style:font-weight-complex="bold"' : ''
  return `<style:style style:name="${name}" style:family="paragraph"><style:paragraph-properties fo:margin-top="${before}mm" fo:margin-bottom="${after}mm" fo:text-align="${align === 'right' ? 'end' : 'start'}"${keep}${border}/><style:text-properties fo:color="${shade}" fo:font-size="${size}pt" style:font-size-complex="${size}pt"${weight}/></style:style>`
}

/** `Page 1 of 2` as fields of the document. */
function pageText({ labels }: Words): string {
  return labels.page
    .split(/(\{pages?\})/)
    .map((part) => {
      if (part === '{page}')
        return '<text:page-number text:select-page="current">1</text:page-number>'
      return part === '{pages}' ? '<text:page-count>1</text:page-count>' : xmlText(part)
    })
    .join('')
}

function stylesPart(color: string, words: Words, hasFooter: boolean): string {
  const [language = 'en', country = 'GB'] = words.usualTag.split('-')
  const own = (Object.entries(STYLES) as [StyleName, Style][])
    .map(([name, style]) => styleXml(name, style, color))
    .join('')
  const usual = `<style:default-style style:family="paragraph"><style:text-properties style:font-name="Arial" fo:font-family="Arial" style:font-family-complex="Arial" fo:font-size="10pt" fo:language="${language}" fo:country="${country}" style:language-complex="${language}" style:country-complex="${country}"/></style:default-style>`
  const footer = hasFooter
    ? `<style:footer>${paragraph({ style: 'footer', runs: [{ text: '{footer_text}' }] })}<text:p text:style-name="pagenumber">${pageText(words)}</text:p></style:footer>`
    : ''
  const number =
    '<style:style style:name="pagenumber" style:family="paragraph" style:parent-style-name="footer"><style:paragraph-properties fo:text-align="end"/></style:style>'
  const page =
    '<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin-top="20mm" fo:margin-bottom="12mm" fo:margin-left="25mm" fo:margin-right="20mm"/><style:footer-style><style:header-footer-properties fo:min-height="10mm" fo:margin-top="5mm"/></style:footer-style></style:page-layout>'
  return `${HEAD}<office:document-styles ${SPACES} office:version="1.2"><office:styles>${usual}${own}${number}</office:styles><office:automatic-styles>${page}</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page">${footer}</style:master-page></office:master-styles></office:document-styles>`
}

const TYPE = 'application/vnd.oasis.opendocument.text'

const MANIFEST = `${HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="${TYPE}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/></manifest:manifest>`

/** A document of OpenDocument for a kind, with words of a language: a template that can be saved and changed. */
export function odtTemplate(
  kind: DocumentKind,
  words: Words,
  { color, blocks }: Pick<Look, 'color' | 'blocks'>,
): Archive {
  const parts: Part[] = layout(kind, words, blocks)
  const styles = parts.map((part, at) => (isTable(part) ? tableStyles(part, at) : ''))
  const body = parts.map((part, at) => (isTable(part) ? table(part, at) : paragraph(part)))
  const content = `${HEAD}<office:document-content ${SPACES} office:version="1.2"><office:automatic-styles>${BOLD}${styles.join('')}</office:automatic-styles><office:body><office:text>${body.join('')}</office:text></office:body></office:document-content>`
  return new Map(
    (
      [
        ['mimetype', TYPE],
        ['META-INF/manifest.xml', MANIFEST],
        ['content.xml', content],
        ['styles.xml', stylesPart(color, words, blocks.includes('footer'))],
      ] as const
    ).map(([name, text]) => [name, bytesOf(text)]),
  )
}
