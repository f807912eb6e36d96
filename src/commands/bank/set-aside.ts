import { defineCommand, option } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import type { Db } from '../../book/store/db.ts'
import { Fault } from '../../domain/fault.ts'
import { tidyName } from '../../domain/name.ts'
import { counted } from '../../domain/text.ts'
import {
  type BankLine,
  findBankLine,
  ignoreBankLine,
  unignoreBankLine,
} from '../../records/bank-lines.ts'
import { oneOrNumbers } from '../shared/several.ts'

const lines = { syntax: '<booking...>', help: 'its number in the list; several numbers' }

/** Changes one booking or several in one operation. @param say says of which, one or many, what was done. */
function changeLines(
  context: Context,
  texts: readonly string[],
  say: (which: string, isOne: boolean) => string,
  change: (db: Db, line: BankLine) => Promise<void>,
): Promise<unknown> {
  return context.change({}, async (db) => {
    const found: BankLine[] = []
    for (const text of oneOrNumbers(texts)) {
      const line = await findBankLine(db, text)
      await change(db, line)
      found.push(line)
    }
    const [first] = found
    const isOne = found.length === 1 && first
    return {
      summary: isOne
        ? say(`booking ${first.id} (${first.party ?? first.text ?? first.booked_on})`, true)
        : say(counted(found.length, 'booking'), false),
      result: { booking: isOne ? first.id : found.map(({ id }) => id) },
    }
  })
}

export const ignore = defineCommand({
  description:
    'Marks a booking that is not a payment from a client, such as rent or a bank fee, and says why. It no longer ' +
    'counts as open.',
  arguments: [lines],
  options: { reason: option('--reason <text>', 'why') },
  examples: ['bank ignore 2 --reason "bank fee"', 'bank ignore 2 3 --reason rent'],
  run: (context, texts, { reason: given }) => {
    const reason = tidyName(given ?? '')
    if (reason === '') {
      throw new Fault(
        'usage',
        'why is it ignored?',
        'add --reason TEXT, such as --reason "bank fee"',
      )
    }
    return changeLines(
      context,
      texts,
      (which) => `ignored ${which}`,
      (db, line) => ignoreBankLine(db, line, reason),
    )
  },
})

export const unignore = defineCommand({
  arguments: [lines],
  options: {},
  examples: ['bank unignore 1'],
  run: (context, texts) =>
    changeLines(
      context,
      texts,
      (which, isOne) => `${which} ${isOne ? 'is' : 'are'} open again`,
      unignoreBankLine,
    ),
})
