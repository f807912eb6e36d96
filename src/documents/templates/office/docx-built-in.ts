import type { DocumentKind } from '../../../book/schema/documents.ts'
import type { Look } from '../../fields.ts'
import type { Words } from '../../words/words.ts'
import { type Archive, bytesOf } from './archive.ts'
import {
  isTable,
  layout,
  type Paragraph,
  type Style,
  type StyleName,
  STYLES,
  type Table,
} from './layout.ts'
import { xmlText } from './xml-tree.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SPACES = [
  `xmlns:w="${WORD}"`,
  `xmlns:r="${RELATIONS}"`,
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
].join(' ')

/** Millimetres in twentieths of a point. */
const twips = (mm: number): number => Math.round((mm / 25.4) * 1440)

const run = (text: string, bold = false): string =>
  `<w:r>${bold ? '<w:rPr><w:b/><w:bCs/></w:rPr>' : ''}<w:t xml:space="preserve">${xmlText(text)}</w:t></w:r>`

function paragraph({ style, runs, only }: Paragraph): string {
  const inner = runs.map(({ text, bold }) => run(text, bold)).join('')
  // Without its value, the whole paragraph goes and not only its text.
  const text =
    only === undefined
      ? inner
      : `${run(`{#${only} [loopOver: "paragraph"]}`)}${inner}${run(`{/${only}}`)}`
  return `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${text}</w:p>`
}

function table({ widths, indent, rows, ruled }: Table): string {
  const grid = widths.map((mm) => `<w:gridCol w:w="${twips(mm)}"/>`).join('')
  const rule =
    '<w:bottom w:val="single" w:sz="4" w:color="CCCCCC"/><w:insideH w:val="single" w:sz="4" w:color="CCCCCC"/>'
  const borders = ruled ? `<w:tblBorders>${rule}</w:tblBorders>` : ''
  const all = rows.map(({ cells, isHead }) => {
    const inner = cells.map((some, at) => {
      const width = `<w:tcW w:w="${twips(widths[at] ?? 0)}" w:type="dxa"/>`
      return `<w:tc><w:tcPr>${width}</w:tcPr>${some.map(paragraph).join('')}</w:tc>`
    })
    const how = `<w:cantSplit/>${isHead ? '<w:tblHeader/>' : ''}`
    return `<w:tr><w:trPr>${how}</w:trPr>${inner.join('')}</w:tr>`
  })
  const total = twips(widths.reduce((sum, mm) => sum + mm, 0))
  return `<w:tbl><w:tblPr><w:tblW w:w="${total}" w:type="dxa"/><w:tblInd w:w="${twips(indent)}" w:type="dxa"/>${borders}<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="40" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${all.join('')}</w:tbl>`
}

function styleXml(name: StyleName, style: Style, color: string): string {
  const { size, bold, gray, tint, align, before = 0, after = 0, rule } = style
  const border = rule
    ? '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="444444"/></w:pBdr>'
    : ''
  const spacing = `<w:spacing w:before="${twips(before)}" w:after="${twips(after)}"/>`
  const right = rule ? '<w:ind w:right="4500"/>' : ''
  const how = `${border}${spacing}${right}${align === 'right' ? '<w:jc w:val="right"/>' : ''}`
  const shade = tint ? color.slice(1).toUpperCase() : gray ? '666666' : '222222'
  const half = Math.round(size * 2)
  const letters = `${bold ? '<w:b/><w:bCs/>' : ''}<w:color w:val="${shade}"/><w:sz w:val="${half}"/><w:szCs w:val="${half}"/>`
  const keep = name === 'title' || name === 'heading' ? '<w:keepNext/>' : ''
  return `<w:style w:type="paragraph" w:styleId="${name}"><w:name w:val="${name}"/><w:pPr>${keep}${how}</w:pPr><w:rPr>${letters}</w:rPr></w:style>`
}

function stylesPart(color: string, language: string): string {
  const fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
  const lang = `<w:lang w:val="${language}" w:bidi="${language}"/>`
  const all = (Object.entries(STYLES) as [StyleName, Style][]).map(([name, style]) =>
    styleXml(name, style, color),
  )
  return `${HEAD}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr>${fonts}<w:sz w:val="20"/>${lang}</w:rPr></w:rPrDefault></w:docDefaults>${all.join('')}</w:styles>`
}

/** `Page 1 of 2` as fields of Word. */
function pageRuns({ labels }: Words): string {
  const field = (name: string): string =>
    `<w:fldSimple w:instr=" ${name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
  return labels.page
    .split(/(\{pages?\})/)
    .map((part) =>
      part === '{page}' ? field('PAGE') : part === '{pages}' ? field('NUMPAGES') : run(part),
    )
    .join('')
}

const footerPart = (words: Words): string =>
  `${HEAD}<w:ftr ${SPACES}>${paragraph({ style: 'footer', runs: [{ text: '{footer_text}' }] })}<w:p><w:pPr><w:pStyle w:val="footer"/><w:jc w:val="right"/></w:pPr>${pageRuns(words)}</w:p></w:ftr>`

const TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>`

const relationships = (all: readonly [id: string, type: string, target: string][]): string =>
  `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
    )
    .join('')}</Relationships>`

/** A document of Word for a kind, with words of a language: a template that can be saved and changed. */
export function docxTemplate(
  kind: DocumentKind,
  words: Words,
  { color, blocks }: Pick<Look, 'color' | 'blocks'>,
): Archive {
  const parts = layout(kind, words, blocks).map((part) =>
    isTable(part) ? table(part) : paragraph(part),
  )
  const hasFooter = blocks.includes('footer')
  const footer = hasFooter ? '<w:footerReference w:type="default" r:id="rId2"/>' : ''
  const page = `<w:sectPr>${footer}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1417" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`
  // A table at the end needs a paragraph behind it.
  const end = '<w:p><w:pPr><w:pStyle w:val="details"/></w:pPr></w:p>'
  const document = `${HEAD}<w:document ${SPACES}><w:body>${parts.join('')}${end}${page}</w:body></w:document>`
  return new Map(
    (
      [
        ['[Content_Types].xml', TYPES],
        ['_rels/.rels', relationships([['rId1', 'officeDocument', 'word/document.xml']])],
        ['word/document.xml', document],
        ['word/styles.xml', stylesPart(color, words.usualTag)],
        ['word/footer1.xml', footerPart(words)],
        [
          'word/_rels/document.xml.rels',
          relationships([
            ['rId1', 'styles', 'styles.xml'],
            ['rId2', 'footer', 'footer1.xml'],
          ]),
        ],
      ] as const
    ).map(([name, text]) => [name, bytesOf(text)]),
  )
}
