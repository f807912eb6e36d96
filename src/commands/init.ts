import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseCountry } from '../book/country.ts'
import { createBook, thereAlready } from '../book/open.ts'
import {
  NO_EXTRAS,
  parseCurrency,
  parsePercent,
  parseTimezone,
  parseFirstWeekday,
} from '../book/settings.ts'
import { defineCommand, option } from '../cli/command.ts'
import { type Context, shortPath } from '../cli/context.ts'
import { LOCAL_BOOK } from '../cli/locate.ts'
import { checkWith } from '../cli/questions.ts'

/** Asks until the answer can be read; without a terminal takes what is usual. */
async function settle<T>(
  context: Context,
  given: string | undefined,
  question: string,
  usual: string,
  parse: (text: string) => T,
): Promise<T> {
  if (given !== undefined) return parse(given)
  if (!context.interactive || context.globals.yes) return parse(usual)
  const questions = await context.ask()
  const validate = checkWith(parse)
  return parse(await questions.input(question, { default: usual, validate }))
}

function systemTimezone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

export default defineCommand({
  description:
    'The book is one file. Without --book it is funnel.db in this folder. Currency and time zone ' +
    'are asked for on a terminal; in a script they are EUR and the zone of this machine.',
  options: {
    currency: option('--currency <code>', 'the currency of all amounts, such as EUR'),
    timezone: option('--timezone <zone>', 'the zone whose days count, such as Europe/Berlin'),
    country: option('--country <code>', 'where phone numbers need no prefix, such as DE'),
    weekday: option('--first-weekday <day>', 'monday, sunday or saturday'),
    margin: option('--margin <percent>', 'profit as a share of the amount, for deals without cost'),
  },
  examples: [
    'init --currency EUR --timezone Europe/Berlin',
    'init --book sales.db --currency THB --timezone Asia/Bangkok --margin 30%',
  ],
  async run(context, _args, options) {
    const { io, globals } = context
    const file = path.resolve(io.cwd, globals.book ?? io.env.FUNNEL_BOOK ?? LOCAL_BOOK)
    if (existsSync(file)) throw thereAlready(file)
    const currency = await settle(
      context,
      options.currency,
      'Currency of all amounts:',
      'EUR',
      parseCurrency,
    )
    const timezone = await settle(
      context,
      options.timezone,
      'Time zone whose days count:',
      systemTimezone(),
      parseTimezone,
    )
    const settings = {
      ...NO_EXTRAS,
      currency,
      timezone,
      firstWeekday: options.weekday === undefined ? 1 : parseFirstWeekday(options.weekday),
      country: options.country === undefined ? null : parseCountry(options.country),
      margin: options.margin === undefined ? null : parsePercent(options.margin),
    }
    if (!globals.book && io.env.FUNNEL_BOOK) mkdirSync(path.dirname(file), { recursive: true })
    createBook(file, settings).close()
    await context.tell(`made the book ${shortPath(io, file)} (${currency.code}, ${timezone})`, {
      book: file,
      currency: currency.code,
      timezone,
    })
    context.say('next: funnel import clients FILE, or funnel client add NAME')
  },
})
