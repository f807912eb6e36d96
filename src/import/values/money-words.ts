import { nameKey } from '../../domain/name.ts'
import type { PaymentKind } from '../../book/schema/money.ts'

const keys = (words: string): ReadonlySet<string> =>
  new Set(words.split(',').map((word) => nameKey(word)))

const INVOICES = keys(
  `invoice, invoices, tax invoice, sales invoice, standard, inv, bill, accrec, out_invoice, 380, rechnung, re, facture,
  factura, factura de venta, счет, счёт, счет-фактура, счёт-фактура, накладная, 发票, 账单, ใบแจ้งหนี้, ใบกำกับภาษี`,
)

const CREDITS = keys(
  `credit, credit note, creditnote, credit memo, credit invoice, accreccredit, out_refund, cn, 381, gutschrift,
  rechnungskorrektur, korrekturrechnung, storno, stornorechnung, gs, avoir, note de crédit, facture d'avoir, abono,
  nota de crédito, nota de abono, factura rectificativa, кредит-нота, кредитовая нота, корректировочный счет,
  сторно, возврат, 贷项, 贷记单, 贷项通知单, 红字发票, 退款单, ใบลดหนี้`,
)

/** What a word says that a row of invoices is; `invoice` if it is blank, undefined if it is something else. */
export function invoiceKind(word: string): 'invoice' | 'credit' | undefined {
  const key = nameKey(word)
  if (key === '' || INVOICES.has(key)) return 'invoice'
  return CREDITS.has(key) ? 'credit' : undefined
}

const PAYMENTS: Record<PaymentKind, ReadonlySet<string>> = {
  in: keys(
    `in, payment, receipt, received, incoming, customer payment, receive, inbound, zahlung, eingang, zahlungseingang,
    paiement, encaissement, règlement, pago, cobro, оплата, платеж, платёж, поступление, 付款, 收款, การชำระเงิน,
    รับชำระ`,
  ),
  refund: keys(
    'refund, outbound, erstattung, rückzahlung, remboursement, reembolso, devolución, возврат, 退款, คืนเงิน',
  ),
  'write-off': keys(
    `write-off, write off, writeoff, bad debt, ausbuchung, abschreibung, forderungsausfall, perte, créance irrécouvrable,
    incobrable, списание, 坏账, 核销, หนี้สูญ`,
  ),
  discount: keys(
    'discount, cash discount, early discount, skonto, escompte, descuento, скидка, 折扣, ส่วนลด',
  ),
  fee: keys(
    'fee, bank fee, charge, gebühr, bankgebühr, frais, comisión, комиссия, 手续费, ค่าธรรมเนียม',
  ),
}

/** What a word says that a row of payments is; `in` if it is blank, undefined if it is something else. */
export function paymentKind(word: string): PaymentKind | undefined {
  const key = nameKey(word)
  if (key === '') return 'in'
  return (Object.keys(PAYMENTS) as PaymentKind[]).find((kind) => PAYMENTS[kind].has(key))
}
