import { defineCommand, flag, option } from '../../cli/command.ts'
import { advancePaidDeals } from '../../money/payments/paid-deals.ts'
import { matchBookings } from '../../money/matching/run.ts'
import { findId } from '../../records/lookup.ts'
import { paidResult, paidText, paidTexts } from '../payment/fields.ts'
import { sayUnratedMoney } from '../shared/unrated-money.ts'
import { matchedText, matchingPage, matchingRecord, matchingReport } from './match-table.ts'
import { toleranceOption } from './tolerance.ts'

export default defineCommand({
  description:
    'Finds the invoices that open bookings pay. What proves itself is booked: a payment reference, or the number of an ' +
    'invoice in the text, if the amount is no more than what is open. What is only likely is proposed, and booked with ' +
    '--yes: a known account of a client, or its name, and an amount that one invoice or one combination of invoices ' +
    'comes to; or more than is open, of which the rest is kept as credit. What has nothing but the amount of an invoice ' +
    'stays open, with a hint. Payments that were entered before are recognised, and not entered twice.',
  options: {
    account: option('--account <bank-account>', 'only bookings of this account'),
    tolerance: toleranceOption,
    dryRun: flag('--dry-run', 'only show what would be done'),
  },
  examples: ['bank match --dry-run', 'bank match', 'bank match --yes', 'bank match --tolerance 2%'],
  run: (context, _words, { account, tolerance, dryRun }) =>
    context.change({ dryRun }, async (db, moment) => {
      const { store, settings } = await context.book()
      const book = settings.currency
      const accountId = (await findId(db, 'bank-account', account)) ?? null
      const all = await matchBookings(store, {
        accountId,
        tolerance: tolerance ?? null,
        yes: context.globals.yes ?? false,
        book: book.code,
        today: moment.today,
      })
      const payments = all.flatMap(({ payment }) => payment ?? [])
      const paid = await advancePaidDeals(db, 'payment_id', payments, moment)
      await sayUnratedMoney(context, db, { table: 'payments', ids: payments })
      const isDry = dryRun ?? false
      const count = (state: string): number => all.filter((one) => one.state === state).length
      const proposed = count('proposed')
      const hinted = all.find(({ verdict }) => verdict.kind === 'open' && verdict.rule === 'amount')
      const next =
        proposed > 0
          ? 'book what is proposed: funnel bank match --yes; one of them: funnel bank assign NUMBER INVOICE'
          : hinted &&
            `say what a booking pays: funnel bank assign ${hinted.booking.id} INVOICE; or that it is not a payment: funnel bank ignore ${hinted.booking.id} --reason TEXT`
      const page = matchingPage(all, { book, isDry })
      return {
        summary: `${matchedText(all, book, isDry)}${paidText(paid)}`,
        text: { ...page, notes: [...page.notes, ...paidTexts(paid)] },
        table: matchingReport(all, { book, title: 'Matching' }),
        result: {
          booked: count('booked'),
          proposed,
          open: count('open'),
          ...paidResult(paid),
          bookings: all.map((one) => matchingRecord(one, book)),
        },
        next,
      }
    }),
})
