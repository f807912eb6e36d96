import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { parseCountry } from '../domain/country.ts'
import { placeFor, putLogsAside } from '../book/files/new-file.ts'
import { createBook, thereAlready } from '../book/open.ts'
import {
  NO_EXTRAS,
  parseCurrency,
  parseLocale,
  parsePercent,
  parseTimezone,
  parseFirstWeekday,
} from '../domain/settings.ts'
import { defineCommand, option } from '../cli/command.ts'
import { type Context, shortPath } from '../cli/context.ts'
import { pastInterrupt } from '../cli/interrupt.ts'
import { LOCAL_BOOK } from '../cli/locate.ts'
import { checkWith } from '../cli/questions.ts'
import { tidyName } from '../domain/name.ts'
import { usualSettings } from './shared/usual-settings.ts'
import { saySetAside } from './shared/set-aside-logs.ts'

/** Asks until the answer can be read; without a terminal, takes the usual one. */
async function settle<T>(
  context: Context,
  given: string | undefined,
  question: string,
  usual: { asked: string; otherwise: string },
  parse: (text: string) => T,
): Promise<T> {
  if (given !== undefined) return parse(given)
  if (!context.interactive || context.globals.yes) return parse(usual.otherwise)
  const questions = await context.ask()
  const validate = checkWith(parse)
  return parse(await questions.input(question, { default: usual.asked, validate }))
}

const NOTHING = 'none'

/** Reads what may be left out: nothing, or `none`, is null. */
function optional<T>(parse: (text: string) => T): (text: string) => T | null {
  return (text) => {
    const word = text.trim().toLowerCase()
    return word === '' || word === NOTHING ? null : parse(text)
  }
}

/** A question that may be left unanswered. */
function settleOptional<T>(
  context: Context,
  given: string | undefined,
  question: string,
  usual: string,
  parse: (text: string) => T,
): Promise<T | null> {
  const proposed = { asked: usual || NOTHING, otherwise: NOTHING }
  return settle(context, given, question, proposed, optional(parse))
}

export default defineCommand({
  description:
    'A book is one file; without --book it is funnel.db in this folder. On a terminal you are ' +
    'asked for whatever you leave out. In a script, the currency is then EUR, the time zone is ' +
    'this machine’s, and there is no country, locale or owner.',
  options: {
    currency: option('--currency <code>', 'the currency of all amounts, such as EUR'),
    timezone: option('--timezone <zone>', 'where a day begins and ends, such as Europe/Berlin'),
    country: option('--country <code>', 'whose phone numbers need no prefix, such as DE'),
    locale: option('--locale <tag>', 'how numbers and days are written, such as de or en-GB'),
    owner: option('--owner <name>', 'who you are: the first owner of clients and deals'),
    weekday: option('--first-weekday <day>', 'monday, sunday or saturday'),
    margin: option(
      '--margin <percent>',
      'profit as a share of the amount, for deals without a cost',
    ),
  },
  examples: [
    'init --currency EUR --timezone Europe/Berlin',
    'init --currency EUR --country DE --locale de --owner Ann',
    'init --book sales.db --currency THB --timezone Asia/Bangkok --margin 30%',
  ],
  async run(context, _args, options) {
    const { io, globals } = context
    const file = placeFor(path.resolve(io.cwd, globals.book ?? io.env.FUNNEL_BOOK ?? LOCAL_BOOK))
    if (existsSync(file)) throw thereAlready(file)
    const usual = usualSettings(io)
    const currency = await settle(
      context,
      options.currency,
      'Currency of all amounts:',
      { asked: usual.currency, otherwise: 'EUR' },
      parseCurrency,
    )
    const timezone = await settle(
      context,
      options.timezone,
      'Time zone whose days count:',
      { asked: usual.timezone, otherwise: usual.timezone },
      parseTimezone,
    )
    const country = await settleOptional(
      context,
      options.country,
      'Country whose phone numbers need no prefix (such as DE, or none):',
      usual.country,
      parseCountry,
    )
    const locale = await settleOptional(
      context,
      options.locale,
      'How numbers and days are written (such as de or en-GB; none: 1,234.50 and 2026-11-23):',
      usual.locale,
      parseLocale,
    )
    const owner = await settleOptional(
      context,
      options.owner,
      'Your name, as the owner of clients and deals (or none):',
      usual.owner,
      (text) => tidyName(text),
    )
    const settings = {
      ...NO_EXTRAS,
      currency,
      timezone,
      country,
      locale,
      firstWeekday: options.weekday === undefined ? 1 : parseFirstWeekday(options.weekday),
      margin: options.margin === undefined ? null : parsePercent(options.margin),
    }
    if (!globals.book && io.env.FUNNEL_BOOK) mkdirSync(path.dirname(file), { recursive: true })
    saySetAside(context, putLogsAside(file))
    createBook(file, settings, owner ?? undefined).close()
    pastInterrupt()
    await context.tell(`made the book ${shortPath(io, file)} (${currency.code}, ${timezone})`, {
      book: file,
      currency: currency.code,
      timezone,
      country,
      locale: locale?.tag ?? null,
      owner,
    })
    context.say('next: funnel import clients FILE, or funnel client add NAME')
  },
})
