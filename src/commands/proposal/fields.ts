import { choice, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import { clearable } from '../../cli/options.ts'
import { typedDay } from '../../cli/typed-day.ts'
import { addDays, type Day, withinReason } from '../../domain/day.ts'
import { DOCUMENT_FORMATS } from '../../domain/documents.ts'
import { Fault } from '../../domain/fault.ts'
import { formatMoney } from '../../domain/money.ts'
import { counted } from '../../domain/text.ts'
import type { Proposal } from '../../money/proposals/find.ts'
import { currencyOf } from '../shared/own-money.ts'

/** The argument that names a proposal. */
export const proposalArgument = {
  syntax: '<proposal>',
  help: 'its number, or the count in it: P-2026-0001 or 1; an earlier version is 1/2',
}

export const formatOption = choice('--format <format>', 'what it is written as', DOCUMENT_FORMATS)

export const templateOption = option(
  '--template <template>',
  'the template to make it with, if not the default one',
)

const DAYS = /^(\d{1,4})\s*d(?:ays?)?$/i

/** How long a proposal is valid: so many days, or until a day. */
export const validOption = clearable(
  option('--valid <time>', 'how long it is valid: 30d, or the last day', async (text, context) => {
    const days = DAYS.exec(text.trim())?.[1]
    if (days !== undefined) return { days: Number(days) }
    const { settings } = await context.book()
    const until = await typedDay(text, await context.today(), 'future', settings.locale)
    return { until: withinReason(until, '--valid') }
  }),
  'without end',
)

/** How long a proposal is valid, as it is typed. */
export type Validity = { days: number } | { until: Day } | null

/** The last day of a proposal that is made on a day. @param usual how many days if nothing is said; null is without end. */
export function lastDay(valid: Validity | undefined, on: Day, usual: number | null): Day | null {
  if (valid === null) return null
  if (valid === undefined) return usual === null ? null : addDays(on, usual)
  return 'days' in valid ? addDays(on, valid.days) : valid.until
}

/** Line numbers as they are typed: `4,5`. @throws Fault `usage` for anything else. */
export function readPositions(texts: readonly string[]): number[] {
  return texts
    .flatMap((text) => text.split(','))
    .filter((part) => part.trim() !== '')
    .map((part) => {
      if (/^\s*#?\d{1,6}\s*$/.test(part)) return Number(part.trim().replace('#', ''))
      const hint = 'give the numbers that proposal show gives: --option 4,5'
      throw new Fault('usage', `“${part.trim()}” is not the number of a line`, hint)
    })
}

/** `3,562.47 EUR net, 4,239.34 EUR with tax`. */
export async function sumsText(
  context: Context,
  { net, gross, currency: code }: Pick<Proposal, 'net' | 'gross' | 'currency'>,
): Promise<string> {
  const book = (await context.book()).settings.currency
  const currency = currencyOf(code === book.code ? null : code, book)
  const money = (minor: number): string => `${formatMoney(minor, currency, true)} ${currency.code}`
  return net === gross ? money(net) : `${money(net)} net, ${money(gross)} with tax`
}

/** `valid until 2026-12-29`, or that there is no end. */
export function validText(until: Day | null): string {
  return until === null ? 'without an end' : `valid until ${until}`
}

/** `in 5 days`, `3 days ago`. */
export function untilText(days: number): string {
  if (days === 0) return 'today'
  return days > 0 ? `in ${counted(days, 'day')}` : `${counted(-days, 'day')} ago`
}
