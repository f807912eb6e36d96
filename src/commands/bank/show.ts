import { defineCommand } from '../../cli/command.ts'
import type { Db } from '../../book/store/db.ts'
import { ibanProblem, ibanText } from '../../domain/firm/iban.ts'
import { listReport } from '../../domain/table.ts'
import { type BankLine, findBankLine } from '../../records/bank-lines.ts'
import { currencyOf, moneyText } from '../shared/own-money.ts'
import { decimalAmount } from './columns.ts'

function stateText({ state, reason }: BankLine): string {
  return reason === null ? state : `${state}: ${reason}`
}

/** The payment of a booking, its client, and what it settles. */
async function paymentText(db: Db, { payment, client }: BankLine): Promise<string | null> {
  if (payment === null) return null
  const settled = await db
    .selectFrom('allocations as a')
    .innerJoin('invoices as i', 'i.id', 'a.invoice_id')
    .select('i.number')
    .where('a.payment_id', '=', payment)
    .orderBy('a.id')
    .execute()
  const numbers = settled.map(({ number }) => number).join(', ')
  return `${payment} (${client})${numbers === '' ? '' : `, for ${numbers}`}`
}

const grouped = (account: string | null): string | null =>
  account !== null && ibanProblem(account) === null ? ibanText(account) : account

export default defineCommand({
  arguments: [{ syntax: '<booking>', help: 'its number in the list' }],
  options: {},
  examples: ['bank show 1', 'bank show 1 --json'],
  async run(context, [text = '']) {
    const { db, settings } = await context.book()
    const line = await findBankLine(db, text)
    const { bank_account_id: _, ...cells } = line
    const way = line.amount < 0 ? 'To' : 'From'
    const lines: [string, string | null][] = [
      ['Booked', context.local(line.booked_on)],
      ['Value', line.value_on === null ? null : context.local(line.value_on)],
      [way, line.party],
      ['Their account', grouped(line.party_account)],
      ['Text', line.text],
      ['Bank reference', line.bank_ref],
      ['End-to-end reference', line.e2e_ref],
      ['Structured reference', line.structured_ref],
      ['State', stateText(line)],
      [line.amount < 0 ? 'Refund' : 'Payment', await paymentText(db, line)],
      ['Account', line.account],
      ['From the file', line.file],
    ]
    const amount = moneyText(line.amount, currencyOf(line.currency, settings.currency))
    await context.print({
      ...listReport('booking', `Booking ${line.id}: ${amount}`, {
        key: 'lines',
        columns: [],
        rows: [],
      }),
      card: true,
      sections: [],
      subtitle: lines.flatMap(([label, value]) => (value === null ? [] : `${label}: ${value}`)),
      head: { ...cells, amount: decimalAmount(line) },
      empty: '',
    })
  },
})
