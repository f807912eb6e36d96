import type { Db } from '../../book/store/db.ts'
import type { Day } from '../../domain/day.ts'
import type { EInvoice } from '../../domain/einvoice/model.ts'
import type { Called } from '../../domain/einvoice/rules.ts'
import type { Currency } from '../../domain/money.ts'
import { converted } from '../../domain/rate.ts'
import { draftName, type Invoice } from '../../money/invoices/find.ts'
import { loadSeller } from '../../money/invoices/freeze.ts'
import { invoicePaper } from '../gather/invoice.ts'
import type { Paper } from '../paper.ts'
import { eInvoiceOf } from './from-paper.ts'

/** An e-invoice with the paper that it is made of, and how commands call both of its sides. */
export interface GatheredEInvoice {
  paper: Paper
  invoice: EInvoice
  called: Called
}

/** The tax in the currency of the book, at the rate that is written in an invoice of another one. */
function accountingOf({ rate, tax, currency }: Invoice, book: Currency, digits: number) {
  if (rate === null || currency === book.code) return null
  const inBook = converted(tax, rate, { from: digits, to: book.digits })
  return { code: book.code, digits: book.digits, tax: inBook }
}

/**
 * An invoice or a credit note as an e-invoice. What was issued is as it was frozen; only where it is sent to, and how
 * to reach the seller, may have been added since, as that is not part of what was claimed.
 * @param usual the language of the book's documents.
 * @param today the day of a draft.
 */
export async function gatherEInvoice(
  db: Db,
  invoice: Invoice,
  { usual, book, today }: { usual: string; book: Currency; today: Day },
): Promise<GatheredEInvoice> {
  const found = await invoicePaper(db, invoice, usual, invoice.issued_on ?? today)
  const client = await db
    .selectFrom('clients')
    .select(['e_address', 'buyer_ref'])
    .where('id', '=', invoice.client_id)
    .executeTakeFirstOrThrow()
  const { seller: own } = await loadSeller(db, invoice)
  const { seller, buyer } = found
  const paper: Paper = {
    ...found,
    buyerRef: found.buyerRef ?? client.buyer_ref,
    seller: {
      ...seller,
      e_address: seller.e_address ?? own.e_address,
      email: seller.email ?? own.email,
      phone: seller.phone ?? own.phone,
    },
    buyer: { ...buyer, e_address: buyer.e_address ?? client.e_address },
  }
  return {
    paper,
    invoice: eInvoiceOf(paper, {
      accounting: accountingOf(invoice, book, paper.currency.digits),
    }),
    called: {
      invoice: invoice.number ?? draftName(invoice.id),
      client: invoice.client_id,
      isIssued: invoice.number !== null,
    },
  }
}
