import { option } from '../../cli/command.ts'
import { parsePortion } from '../../domain/lines/read.ts'
import type { Tolerance } from '../../domain/matching/fit.ts'
import { readSum } from '../payment/fields.ts'

/** By how much less than what is open a payment settles it all the same. */
export const toleranceOption = option(
  '--tolerance <money|percent>',
  'settle what comes short by no more than this, as a fee or a late discount: 5 or 2%',
  async (text, context): Promise<Tolerance> =>
    text.trim().endsWith('%')
      ? { portion: parsePortion(text, 'percentage') }
      : readSum(text, (await context.book()).settings.currency),
)
