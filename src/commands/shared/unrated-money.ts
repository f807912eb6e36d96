import type { Db } from '../../book/store/db.ts'
import type { Context } from '../../cli/context.ts'
import { unratedAmong } from '../../money/rates.ts'

/** Says that invoices or payments that were just written count in no report, as no exchange rate is known for their day. */
export async function sayUnratedMoney(
  context: Context,
  db: Db,
  among: { table: 'invoices' | 'payments'; ids: readonly number[] },
): Promise<void> {
  const { code } = (await context.book()).settings.currency
  for (const { currency, day } of await unratedAmong(db, code, among)) {
    context.say(
      `warning: there is no exchange rate for ${currency} on ${day}, so reports and journals leave this out; ` +
        `funnel rate add ${currency} RATE --on ${day}, then funnel rate apply`,
    )
  }
}
