import { authorOf } from '../cli/author.ts'
import { defineCommand } from '../cli/command.ts'
import type { Context } from '../cli/context.ts'
import { setMachineUser } from '../cli/machine.ts'
import { Fault } from '../domain/fault.ts'
import { tidyName } from '../domain/name.ts'
import { counted } from '../domain/text.ts'
import { type Column, listReport } from '../domain/table.ts'
import { changeSetting, getSetting, listSettings, SETTING_NAMES } from '../records/settings.ts'

const COLUMNS: Column[] = [
  { key: 'setting', label: 'Setting', type: 'text' },
  { key: 'value', label: 'Value', type: 'text' },
  { key: 'about', label: 'What it is', type: 'text' },
]

/** Who the person is: kept on this machine, as several people may share a book. */
const USER = 'user'

const isUser = (name: string): boolean => name.trim().toLowerCase() === USER

const NAMES = `${SETTING_NAMES.join(', ')} (a contact standard, in days), ${USER} (who you are in the history: kept on this machine, not in the book)`

export const list = defineCommand({
  options: {},
  examples: ['settings list', 'settings list --json'],
  async run(context) {
    const lines = await listSettings(await context.book(), await context.today())
    const { json, csv } = context.globals
    const rows = lines.map(({ name, text, value, about }) => ({
      setting: name,
      value: json || csv ? value : text,
      about,
    }))
    const user = authorOf(context.io)
    rows.push({ setting: USER, value: user, about: 'who you are in the history, on this machine' })
    const section = { key: 'settings', columns: COLUMNS, rows }
    await context.print(listReport('settings', 'Settings of this book', section))
  },
})

export const get = defineCommand({
  description: `Prints the value alone, or nothing if there is none. Settings: ${NAMES}.`,
  arguments: [{ syntax: '<setting>', help: 'its name' }],
  options: {},
  examples: ['settings get timezone', 'settings get target-amount --json'],
  async run(context, [name = '']) {
    const { json, csv } = context.globals
    const user = authorOf(context.io)
    const found = isUser(name)
      ? { name: USER, value: user, bare: user }
      : await getSetting(await context.book(), name, await context.today())
    if (json || csv) await context.tell('', { setting: found.name, value: found.value })
    else if (found.bare !== null) context.io.stdout.write(`${found.bare}\n`)
  },
})

/** @throws Fault `usage` if the name is empty. */
function setUser(context: Context, text: string): Promise<void> {
  const user = tidyName(text)
  if (user === '') throw new Fault('usage', 'a user needs a name', 'none clears it')
  setMachineUser(user.toLowerCase() === 'none' ? null : user)
  const now = authorOf(context.io)
  const isOther = context.io.env.FUNNEL_USER && now !== user
  const why = isOther ? ' (FUNNEL_USER says so)' : ''
  return context.tell(`you are ${now} on this machine${why}`, { setting: USER, value: now })
}

/** `; 12 exchange rates stay as they are, for one EUR`. */
function ratesText(rates: { count: number; per: string[] } | null): string {
  if (rates === null) return ''
  const { count, per } = rates
  const stay = count === 1 ? 'stays as it is' : 'stay as they are'
  return `; ${counted(count, 'exchange rate')} ${stay}, for one ${per.join(' or ')}`
}

export const set = defineCommand({
  description:
    `Settings: ${NAMES}. “none” clears a value. The currency can be changed as long as the ` +
    'book has no amounts. The locale (de, en-GB) sets how tables show numbers and days, and ' +
    'what 1.234 means in an amount that you type; JSON, CSV and the days that you type do not ' +
    'change. A new country reads the book’s phone numbers again: with TH, 081 234 5678 is +66 ' +
    '81 234 5678.',
  arguments: [
    { syntax: '<setting>', help: 'its name' },
    { syntax: '<value>', help: 'its value, or none' },
  ],
  options: {},
  examples: [
    'settings set target-amount 25000',
    'settings set first-weekday sunday',
    'settings set locale de',
    'settings set margin none',
    'settings set standard:A 14',
    'settings set user ann',
  ],
  async run(context, [name = '', value = '']) {
    if (isUser(name)) return setUser(context, value)
    const book = await context.book()
    return context.change({}, async () => {
      const { phones, rates = null } = await changeSetting(book, name, value, await context.today())
      const read = phones === 0 ? '' : `; ${counted(phones, 'phone number')} read again`
      return {
        summary: `${name} is ${value}${read}${ratesText(rates)}`,
        result: { setting: name, value, ...(phones === 0 ? {} : { phones }) },
      }
    })
  },
})
