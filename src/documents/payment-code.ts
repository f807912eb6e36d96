import type { Encoded } from '../domain/payment-codes/code.ts'
import { epcPayload } from '../domain/payment-codes/epc.ts'
import { swissPayload } from '../domain/payment-codes/swiss.ts'
import type { PaymentCode } from './fields.ts'
import type { Paper } from './paper.ts'
import { totalOf } from './write/sums.ts'

/** The code of a document; or why it has none although it asks for money. */
export interface Choice {
  code: PaymentCode
  /** In words that follow “no payment code: ”; null if there is one, or none is wanted. */
  lacks: string | null
}

const NONE: Choice = { code: null, lacks: null }

function chosen(kind: 'epc' | 'swiss', encoded: Encoded): Choice {
  if ('lacks' in encoded) return { code: null, lacks: encoded.lacks }
  return { code: { kind, payload: encoded.payload }, lacks: null }
}

/**
 * Chooses the code by which a document is paid from a telephone: of a Swiss QR bill for accounts in Switzerland and
 * Liechtenstein in CHF and EUR; else that of a SEPA transfer in EUR; else none. It asks for what is open, of a reminder with its interest. Credit notes,
 * proposals, drafts and what is paid have none.
 */
export function choosePaymentCode(paper: Paper): Choice {
  const { kind, number, currency, seller, buyer, reference } = paper
  const cents = totalOf(paper)
  const isAsking = kind === 'reminder' || (kind === 'invoice' && number !== null)
  const iban = seller.account?.iban ?? null
  if (!isAsking || cents <= 0 || iban === null) return NONE
  if (/^(?:CH|LI)/.test(iban) && /^(?:CHF|EUR)$/.test(currency.code)) {
    const creditor = { ...seller, name: seller.name ?? '' }
    const bill = { iban, creditor, debtor: buyer, currency: currency.code, cents, reference }
    return chosen('swiss', swissPayload({ ...bill, message: number ?? '' }))
  }
  if (currency.code !== 'EUR') return NONE
  const bic = seller.account?.bic ?? null
  const transfer = { name: seller.name ?? '', iban, bic, cents, reference }
  return chosen('epc', epcPayload(transfer))
}
