import { ibanText } from '../../domain/firm/iban.ts'
import { openParts } from '../../domain/invoices/ageing.ts'
import type { DocumentFields, Fact } from '../fields.ts'
import type { Paper } from '../paper.ts'
import { factsOf } from './facts.ts'
import type { Pen } from './pen.ts'

/** When how much of an invoice is to be paid. */
function invoiceTerms(paper: Paper, pen: Pen): string[] {
  const { words, day, amount } = pen
  const { totals, open, number, parts, dueOn, early } = paper
  const left = number === null ? totals.gross : open
  if (left <= 0) return totals.gross > 0 ? [words.terms.paid] : []
  const paid = totals.gross - left
  if (parts.length > 0) {
    const some = openParts(parts, paid).map((part) =>
      words.terms.instalment(amount(part.amount), day(part.dueOn)),
    )
    return [words.terms.instalments, ...some]
  }
  const pay =
    dueOn === null ? words.terms.payNow(amount(left)) : words.terms.pay(amount(left), day(dueOn))
  if (early === null || paid > 0) return [pay]
  return [pay, words.terms.early(day(early.until), pen.share(early.discount), amount(early.amount))]
}

/** The account to pay to, with the reference to give. */
function accountFacts({ seller, reference }: Paper, pen: Pen): Fact[] {
  const { account } = seller
  if (account === null) return []
  const { iban, bic, number, sort_code: sortCode } = account
  return factsOf(
    [
      ['account_holder', seller.name ?? ''],
      ['iban', iban === null ? '' : ibanText(iban)],
      ['bic', bic ?? ''],
      ['account', iban === null ? (number ?? '') : ''],
      ['sort_code', iban === null ? (sortCode ?? '') : ''],
      ['reference', reference ?? ''],
    ],
    pen,
  )
}

/** What is to be paid by when, and to which account; nothing where nothing is asked for. */
export function paymentFields(paper: Paper, pen: Pen): DocumentFields['payment'] {
  if (paper.kind === 'credit-note') return { terms: [pen.words.terms.credit], facts: [] }
  if (paper.kind === 'reminder') return { terms: [], facts: accountFacts(paper, pen) }
  if (paper.kind !== 'invoice') return { terms: [], facts: [] }
  const isOpen = paper.number === null || paper.open > 0
  return { terms: invoiceTerms(paper, pen), facts: isOpen ? accountFacts(paper, pen) : [] }
}
