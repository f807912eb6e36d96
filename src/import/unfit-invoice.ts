import type { Share } from './invoice-numbers.ts'

/**
 * Why an invoice cannot be settled by what a row brings, in words that follow a colon; null if it can. One of another
 * client is settled only where its own part is stated, as in a file that this program wrote.
 */
export function unfitFor(
  { invoice, amount }: Share,
  { clientId, currency }: { clientId: number; currency: string },
): string | null {
  if (!invoice) return 'the book has no invoice of that number'
  if (invoice.kind === 'credit') return 'it is a credit note'
  if (invoice.voided_on !== null) return `it was voided on ${invoice.voided_on}`
  if (invoice.currency !== currency) return `it is in ${invoice.currency}`
  if (invoice.client_id !== clientId && amount === null) return 'it is one of another client'
  return invoice.open <= 0 ? 'it is settled already' : null
}
