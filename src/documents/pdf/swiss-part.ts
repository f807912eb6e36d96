import { ibanText } from '../../domain/firm/iban.ts'
import { billText, type Lines } from '../../domain/payment-codes/swiss.ts'
import { modulesOf } from '../qr.ts'
import { BILL_FONTS } from './fonts.ts'
import { mm, type Sheet } from './page.ts'
import { drawQr } from './qr.ts'
import { billWords } from './swiss-words.ts'
import { type Style, type Typesetter, typesetter } from './typeset.ts'

/** Receipt and payment part at the foot of the page (Style Guide QR-bill), in points. */
export const PART_HEIGHT = mm(105)
const PART_WIDTH = mm(210)

/** Where the receipt ends. */
const CUT = 62

/** The measures of one of the two parts: headings, values, and from one line to the next, in points. */
interface Measures {
  left: number
  width: number
  heading: Style
  value: Style
  headingStep: number
  step: number
  gap: number
  /** The place for the payer's name, in millimetres. */
  blank: readonly [width: number, height: number]
  /** How many lines names, streets and places may take. */
  most: readonly [name: number, street: number, place: number]
}

const RECEIPT: Measures = {
  left: 5,
  width: 52,
  heading: { size: 6, weight: 'bold' },
  value: { size: 8 },
  headingStep: 9,
  step: 9,
  gap: 7,
  blank: [52, 20],
  most: [2, 1, 1],
}

const PAYMENT: Measures = {
  left: 118,
  width: 87,
  heading: { size: 8, weight: 'bold' },
  value: { size: 10 },
  headingStep: 11,
  step: 11,
  gap: 8,
  blank: [65, 25],
  most: [2, 2, 1],
}

/** Below it, codes have a mark for readers in the middle, which the cross would cover. */
const LEAST_VERSION = 14

const TITLE: Style = { size: 11, weight: 'bold' }

/** `1 949.75`. */
const amountText = (amount: string): string => amount.replaceAll(/\B(?=(?:\d{3})+\.)/g, ' ')

/** References in groups: of five digits from the right, or of four signs. */
const referenceText = (reference: string): string =>
  /^\d+$/.test(reference)
    ? reference.replaceAll(/(?=(?:\d{5})+$)/g, ' ').trim()
    : ibanText(reference)

/** Name, street and place of an address, with how many lines each may take. */
function addressTexts(lines: Lines, most: Measures['most']): (readonly [string, number])[] {
  const [, name = '', street = '', house = '', postcode = '', town = '', country = ''] = lines
  const place = country === 'CH' ? `${postcode} ${town}` : `${country}-${postcode} ${town}`
  return [
    [name, most[0]],
    [`${street} ${house}`.trim(), most[1]],
    [place, most[2]],
  ]
}

/** The corners of a place to write in. */
function corners(doc: PDFKit.PDFDocument, x: number, y: number, size: Measures['blank']): void {
  const [right, bottom, arm] = [x + mm(size[0]), y + mm(size[1]), mm(3)]
  doc.lineWidth(0.75).strokeColor('#000000')
  for (const [across, down, to, along] of [
    [x, y, x + arm, y + arm],
    [right, y, right - arm, y + arm],
    [x, bottom, x + arm, bottom - arm],
    [right, bottom, right - arm, bottom - arm],
  ] as const) {
    doc.moveTo(to, down).lineTo(across, down).lineTo(across, along)
  }
  doc.stroke()
}

/** The cross in the middle of the code: 7 mm with its white edge. */
function cross(doc: PDFKit.PDFDocument, x: number, y: number): void {
  const square = (side: number, high: number, color: string): void => {
    doc.rect(x - mm(side) / 2, y - mm(high) / 2, mm(side), mm(high)).fill(color)
  }
  square(7, 7, '#ffffff')
  square(6, 6, '#000000')
  square(3.89, 1.17, '#ffffff')
  square(1.17, 3.89, '#ffffff')
}

/** The lines to cut along, with scissors. */
function cuts(doc: PDFKit.PDFDocument, type: Typesetter, top: number): void {
  const scissors: Style = { size: 12 }
  doc.lineWidth(0.5).strokeColor('#000000')
  doc.moveTo(0, top).lineTo(PART_WIDTH, top).stroke()
  doc
    .moveTo(mm(CUT), top)
    .lineTo(mm(CUT), top + PART_HEIGHT)
    .stroke()
  type.line('✂', mm(5), top - 7.8, scissors)
  doc.save()
  doc.rotate(90, { origin: [mm(CUT), top + mm(8)] })
  type.line('✂', mm(CUT), top + mm(8) - 7.8, scissors)
  doc.restore()
}

/**
 * Draws the receipt and the payment part of a Swiss QR bill at the foot of the page, from the text of its code.
 * @param missing where letters go that no font has.
 */
export function drawSwissPart(sheet: Sheet, payload: string, missing: Set<string>): void {
  const { doc, fields } = sheet
  const type = typesetter(doc, BILL_FONTS, missing)
  const top = sheet.height - PART_HEIGHT
  const words = billWords(fields.language)
  const bill = billText(payload)

  /** Account, reference, message and payer, below each other. */
  function information(measures: Measures, start: number, hasMessage: boolean): void {
    const { left, width, heading, value, headingStep, step, gap, blank, most } = measures
    const x = mm(left)
    let y = top + mm(start)
    const head = (text: string): void => {
      type.line(text, x, y, heading)
      y += headingStep
    }
    const put = (text: string, lines: number): void => {
      if (text === '') return
      for (const line of type.lines(text, mm(width), value).slice(0, lines)) {
        type.line(line, x, y, value)
        y += step
      }
    }
    head(words.payableTo)
    put(ibanText(bill.iban), 1)
    for (const [text, lines] of addressTexts(bill.creditor, most)) put(text, lines)
    y += gap
    if (bill.reference !== '') {
      head(words.reference)
      put(referenceText(bill.reference), 1)
      y += gap
    }
    if (hasMessage && bill.message !== '') {
      head(words.information)
      put(bill.message, 3)
      y += gap
    }
    if (bill.debtor.every((line) => line === '')) {
      head(words.payableByBlank)
      corners(doc, x, y + 1, blank)
      return
    }
    head(words.payableBy)
    for (const [text, lines] of addressTexts(bill.debtor, most)) put(text, lines)
  }

  /** Currency and amount next to each other. */
  function amounts({ heading, value, headingStep }: Measures, left: number, apart: number): void {
    const y = top + mm(68)
    type.line(words.currency, mm(left), y, heading)
    type.line(words.amount, mm(left + apart), y, heading)
    type.line(bill.currency, mm(left), y + headingStep, value)
    type.line(amountText(bill.amount), mm(left + apart), y + headingStep, value)
  }

  cuts(doc, type, top)
  type.line(words.receipt, mm(RECEIPT.left), top + mm(5), TITLE)
  information(RECEIPT, 12, false)
  amounts(RECEIPT, RECEIPT.left, 14)
  const { heading } = RECEIPT
  type.line(words.acceptance, mm(RECEIPT.left), top + mm(82), heading, 'right', mm(RECEIPT.width))
  type.line(words.paymentPart, mm(67), top + mm(5), TITLE)
  drawQr(doc, modulesOf(payload, LEAST_VERSION), { x: mm(67), y: top + mm(17), side: mm(46) })
  cross(doc, mm(67 + 23), top + mm(17 + 23))
  amounts(PAYMENT, 67, 16)
  information(PAYMENT, 5, true)
}
