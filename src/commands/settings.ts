import { defineCommand } from '../cli/command.ts'
import { counted } from '../domain/text.ts'
import { type Column, listReport } from '../domain/table.ts'
import { changeSetting, getSetting, listSettings, SETTING_NAMES } from '../records/settings.ts'

const COLUMNS: Column[] = [
  { key: 'setting', label: 'Setting', type: 'text' },
  { key: 'value', label: 'Value', type: 'text' },
  { key: 'about', label: 'What it is', type: 'text' },
]

const NAMES = `${SETTING_NAMES.join(', ')} (a contact standard, in days)`

export const list = defineCommand({
  options: {},
  examples: ['settings list', 'settings list --json'],
  async run(context) {
    const lines = await listSettings(await context.book())
    const { json, csv } = context.globals
    const rows = lines.map(({ name, text, value, about }) => ({
      setting: name,
      value: json || csv ? value : text,
      about,
    }))
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
    const found = await getSetting(await context.book(), name)
    const { json, csv } = context.globals
    if (json || csv) await context.tell('', { setting: found.name, value: found.value })
    else if (found.bare !== null) context.io.stdout.write(`${found.bare}\n`)
  },
})

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
  ],
  async run(context, [name = '', value = '']) {
    const book = await context.book()
    await context.change({}, async () => {
      const { phones } = await changeSetting(book, name, value)
      const read = phones === 0 ? '' : `; ${counted(phones, 'phone number')} read again`
      return {
        summary: `${name} is ${value}${read}`,
        result: { setting: name, value, ...(phones === 0 ? {} : { phones }) },
      }
    })
  },
})
