import type { Store } from '../../book/store/store.ts'
import type { Day } from '../../domain/day.ts'
import { Fault } from '../../domain/fault.ts'
import { currencyDigits, formatMoney, type Money } from '../../domain/money.ts'
import { allocationAdder } from '../../money/settle.ts'
import { invoiceNumbers, type Share } from '../invoice-numbers.ts'
import { rowRemarks } from '../left-alone.ts'
import { unfitFor } from '../unfit-invoice.ts'
import type { PaymentDraft } from './draft.ts'

/** What a client has paid or been credited and not used. */
interface Credit {
  payment_id: number | null
  credit_id: number | null
  rest: number
}

const CREDIT = `
  SELECT payment_id, credit_id, rest FROM (
    SELECT p.id AS payment_id, NULL AS credit_id, p.paid_on AS day, p.amount
      - coalesce((SELECT sum(a.amount) FROM allocations AS a WHERE a.payment_id = p.id), 0) AS rest
    FROM payments AS p WHERE p.client_id = :client AND p.kind = 'in' AND p.currency = :currency AND p.paid_on <= :on
    UNION ALL
    SELECT NULL, i.id, i.issued_on, i.gross
      - coalesce((SELECT sum(a.amount) FROM allocations AS a WHERE a.credit_id = i.id), 0)
    FROM invoices AS i WHERE i.client_id = :client AND i.kind = 'credit' AND i.currency = :currency
      AND i.issued_on <= :on AND i.voided_on IS NULL)
  WHERE rest > 0 ORDER BY day, payment_id IS NULL, payment_id, credit_id`

const later = (one: Day, other: Day): Day => (one > other ? one : other)

/** Uses payments of a file for what they are for. */
export function paymentSettling(store: Store) {
  const numbers = invoiceNumbers(store)
  const allocate = allocationAdder(store)
  const credit = store.prepare(CREDIT)
  const remarks = rowRemarks()

  const shares = ({ for: listed, currency }: PaymentDraft): Share[] =>
    listed === null ? [] : numbers.listed(listed, currency)

  return {
    shares,
    notes: remarks.notes,
    /** Settles invoices with money that came in; what fits nothing is said and stays as credit. */
    money(id: number, draft: PaymentDraft, clientId: number, row: number): void {
      let left: number = draft.amount
      for (const share of shares(draft)) {
        const unfit = unfitFor(share, { clientId, currency: draft.currency })
        if (unfit !== null) {
          remarks.add(() => `row ${row} settles nothing of ${share.number}: ${unfit}`)
        } else if (share.invoice) {
          const { id: invoice, open, issued_on: issued } = share.invoice
          const amount = Math.min(left, open, share.amount ?? left) as Money
          left -= amount
          const at = later(draft.on, issued)
          if (amount > 0) allocate({ payment_id: id, invoice_id: invoice, at, amount })
        }
      }
    },
    /**
     * The invoice that is settled without money: written off, as a discount or a fee.
     * @throws Fault `usage` if the row does not name one, or less is open of it.
     */
    withoutMoney(draft: PaymentDraft, clientId: number): (id: number) => void {
      const [share, other] = shares(draft)
      if (!share || other)
        throw new Fault('usage', `a ${draft.kind} needs one invoice that it is for`)
      const unfit = unfitFor(share, { clientId, currency: draft.currency })
      if (unfit !== null || !share.invoice) {
        throw new Fault('usage', `it settles nothing of ${share.number}: ${unfit}`)
      }
      const { id: invoice, open, issued_on: issued } = share.invoice
      if (open < draft.amount) {
        const currency = { code: draft.currency, digits: currencyDigits(draft.currency) }
        const shown = `${formatMoney(open, currency, true)} ${draft.currency}`
        throw new Fault('usage', `only ${shown} are open of ${share.number}`)
      }
      const at = later(draft.on, issued)
      return (id) => allocate({ payment_id: id, invoice_id: invoice, at, amount: draft.amount })
    },
    /**
     * What a refund gives back: the credit of the client, the oldest first.
     * @throws Fault `usage` if the client has less.
     */
    refund(draft: PaymentDraft, clientId: number): (id: number) => void {
      const { currency, on, amount } = draft
      const all = credit.all({ client: clientId, currency, on }) as Credit[]
      const named = new Set(shares(draft).map(({ invoice }) => invoice?.id))
      const found = all.toSorted(
        (a, b) => Number(named.has(b.credit_id ?? -1)) - Number(named.has(a.credit_id ?? -1)),
      )
      const sum = found.reduce((total, { rest }) => total + rest, 0)
      if (sum < amount) {
        const shown = formatMoney(sum, { code: currency, digits: currencyDigits(currency) }, true)
        throw new Fault('usage', `the client has only ${shown} ${currency} of credit to give back`)
      }
      return (id) => {
        let left: number = amount
        for (const { payment_id: payment, credit_id: note, rest } of found) {
          const part = Math.min(left, rest) as Money
          if (part === 0) return
          left -= part
          const of = payment === null ? { credit_id: note ?? 0 } : { payment_id: payment }
          allocate({ ...of, refund_id: id, at: on, amount: part })
        }
      }
    },
  }
}
