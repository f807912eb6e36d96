import PdfKit from 'pdfkit'
import type { Day } from '../../domain/day.ts'
import type { Block, DocumentFields, Look, MadeFile, PaymentCode } from '../fields.ts'
import { embed, type Embedded, identityOf, infoOf, xmpOf } from './archive.ts'
import { TEXT_FONTS } from './fonts.ts'
import { drawFooters, footerHeight } from './footer.ts'
import { drawHead, drawTitle } from './head.ts'
import { drawLines, drawOptions, drawSums } from './lines.ts'
import { BODY, LEFT, type PageSize, RIGHT, type Sheet, SIZES, turnPage } from './page.ts'
import { heading, paragraphs } from './paragraphs.ts'
import { drawAcceptance, drawPayment } from './payment.ts'
import { drawSwissPart, PART_HEIGHT } from './swiss-part.ts'
import { typesetter } from './typeset.ts'

/** What blocks leave below them. */
const GAP = 10

/** What goes into a PDF document besides what it says. */
export interface PdfExtra {
  code: PaymentCode
  /** The day that the file is dated by. */
  day: Day
  /** The paper; A4 by default. */
  page?: PageSize | undefined
  /** Files inside it. */
  embed?: readonly Embedded[] | undefined
}

/** Draws a block that stands wherever the ones before it end. */
function drawBlock(sheet: Sheet, block: Block, code: PaymentCode): void {
  const { fields } = sheet
  if (block === 'title') drawTitle(sheet)
  else if (block === 'intro') {
    paragraphs(sheet, fields.intro, BODY, 10)
    paragraphs(sheet, fields.body, BODY, 10)
  } else if (block === 'lines') drawLines(sheet)
  else if (block === 'sums') drawSums(sheet)
  else if (block === 'options') drawOptions(sheet)
  else if (block === 'note') drawNote(sheet)
  else if (block === 'closing') paragraphs(sheet, fields.closing, BODY, 10)
  else if (block === 'payment') drawPayment(sheet, code)
  else if (block === 'acceptance') drawAcceptance(sheet)
}

function drawNote(sheet: Sheet): void {
  const { note, labels } = sheet.fields
  if (note === '') return
  heading(sheet, labels.note ?? 'Note', 20)
  paragraphs(sheet, note, BODY, 10)
}

/** Everything that a document wrote. */
function bytesOf(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  const parts: Buffer[] = []
  return new Promise((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part))
    doc.on('end', () => resolve(Buffer.concat(parts)))
    doc.on('error', reject)
  })
}

/**
 * A document as PDF/A-3b, with its fonts inside. The same document of the same day gives the same bytes.
 * @throws Fault `failed` if the logo cannot be drawn.
 */
export async function toPdf(
  fields: DocumentFields,
  look: Look,
  { code, day, page = 'a4', embed: files = [] }: PdfExtra,
): Promise<MadeFile> {
  const info = infoOf(fields, day)
  const size = SIZES[page]
  const doc = new PdfKit({
    size,
    margin: 0,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    lang: fields.language,
    displayTitle: true,
    bufferPages: true,
    info,
    // Fonts are chosen by letter; the usual one would not be inside the file.
    font: null as unknown as string,
  })
  // What pdfkit has, and its types leave out: the identifier, and the metadata, which an ampersand would break.
  Reflect.set(doc, '_id', identityOf({ fields, look, code, day }, files))
  Reflect.set(doc, '_addInfo', () => {
    doc.appendXML(xmpOf(info, day))
  })
  const bytes = bytesOf(doc)
  const missing = new Set<string>()
  const type = typesetter(doc, TEXT_FONTS, missing)
  const [width, height] = size
  const isBill = code?.kind === 'swiss' && look.blocks.includes('payment')
  const sheet = {
    doc,
    type,
    fields,
    look,
    width: width - LEFT - RIGHT,
    height,
    isBill,
    y: 0,
    bottom: 0,
  }
  sheet.bottom = height - footerHeight(sheet)
  drawHead(sheet)
  for (const block of look.blocks) drawBlock(sheet, block, code)
  const raised = isBill ? PART_HEIGHT : 0
  if (isBill) {
    if (sheet.y - GAP > height - raised - footerHeight(sheet, true)) turnPage(sheet)
    drawSwissPart(sheet, code.payload, missing)
  }
  drawFooters(sheet, raised)
  embed(doc, files, day)
  doc.end()
  return { bytes: await bytes, missing: [...missing] }
}
