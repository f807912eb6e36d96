import { maxOf } from '../../domain/lists.ts'
import type { PaymentCode } from '../fields.ts'
import { modulesOf } from '../qr.ts'
import { BODY, label, LEFT, mm, needRoom, rule, type Sheet, SMALL } from './page.ts'
import { heading, paragraphs } from './paragraphs.ts'
import { drawQr } from './qr.ts'
import { lineHeight } from './typeset.ts'

/** A code that telephones read from paper, with the white around it. */
const QR = { side: mm(32), quiet: mm(3) }

/** When and how to pay; the code of the bank next to the account. */
export function drawPayment(sheet: Sheet, code: PaymentCode): void {
  const { fields, type, width, doc } = sheet
  const { terms } = fields.payment
  // A Swiss bill has the account.
  const facts = code?.kind === 'swiss' ? [] : fields.payment.facts
  if (terms.length === 0 && facts.length === 0) return
  const hasCode = code?.kind === 'epc' && facts.length > 0
  // An account stays with what is to be paid to it.
  const words = type.lines(terms.join('\n'), width, BODY).length * lineHeight(BODY)
  const account = facts.length * (lineHeight(BODY) + 1)
  const below = Math.max(account, hasCode ? QR.side + mm(5) : 0) + mm(3)
  const whole = words + below
  heading(sheet, label(sheet, 'payment', 'Payment'), whole < sheet.height / 2 ? whole : below)
  paragraphs(sheet, terms.join('\n'), BODY, 4)
  if (facts.length === 0) return
  const room = hasCode ? width - QR.side - QR.quiet * 2 : width
  const names = facts.map(({ label: text }) => type.width(text, SMALL))
  const column = Math.min(maxOf(names) + 10, room * 0.4)
  const rows = facts.map(({ label: text, value }) => ({
    names: type.lines(text, column - 6, SMALL),
    values: type.lines(value, room - column, BODY),
  }))
  const heights = rows.map(
    (row) => Math.max(row.names.length, row.values.length) * lineHeight(BODY) + 1,
  )
  const all = heights.reduce((sum, one) => sum + one, 0)
  needRoom(sheet, Math.max(all, hasCode ? QR.side + mm(5) : 0))
  const top = sheet.y
  for (const [index, row] of rows.entries()) {
    for (const [down, line] of row.names.entries()) {
      type.line(line, LEFT, sheet.y + 1.5 + down * lineHeight(SMALL), SMALL)
    }
    for (const [down, line] of row.values.entries()) {
      type.line(line, LEFT + column, sheet.y + down * lineHeight(BODY), BODY)
    }
    sheet.y += heights[index] ?? 0
  }
  if (hasCode) {
    const x = LEFT + width - QR.side
    drawQr(doc, modulesOf(code.payload), { x, y: top, side: QR.side })
    const under = top + QR.side + 2
    type.text(
      label(sheet, 'scan', 'Scan to pay'),
      x,
      under,
      QR.side,
      { ...SMALL, size: 7 },
      'center',
    )
    sheet.y = Math.max(sheet.y, under + mm(4))
  }
  sheet.y += 10
}

/** Where the client signs. */
export function drawAcceptance(sheet: Sheet): void {
  const { fields, width, type } = sheet
  if (fields.acceptance === '') return
  needRoom(sheet, type.lines(fields.acceptance, width, BODY).length * lineHeight(BODY) + mm(26))
  paragraphs(sheet, fields.acceptance, BODY, mm(16))
  rule(sheet, '#000000', { to: LEFT + mm(85) })
  sheet.y = type.text(
    label(sheet, 'signature', 'Place, date, signature'),
    LEFT,
    sheet.y + 2,
    mm(85),
    SMALL,
  )
  sheet.y += 12
}
