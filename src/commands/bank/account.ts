import { defineCommand, option } from '../../cli/command.ts'
import { clearable } from '../../cli/options.ts'
import { parseBic, parseIban } from '../../domain/firm/iban.ts'
import { nameChange, tidyName } from '../../domain/name.ts'
import { listReport } from '../../domain/table.ts'
import {
  addAccount,
  dropAccount,
  editAccount,
  listAccounts,
} from '../../records/firm/bank-accounts.ts'
import { find } from '../../records/lookup.ts'
import { currencyOption } from '../shared/currency.ts'
import { defaultOption, defaultText, noDefaultText, wantsDefault } from '../shared/firm.ts'
import { given } from '../shared/given.ts'
import { accountSection } from './section.ts'

const one = (text: string): string | null => tidyName(text) || null

const options = {
  iban: clearable(option('--iban <iban>', 'its IBAN; its check digits are checked', parseIban)),
  bic: clearable(option('--bic <bic>', 'the BIC of the bank', parseBic)),
  number: clearable(option('--number <number>', 'its number, if it has no IBAN', one)),
  sortCode: clearable(option('--sort-code <code>', 'sort code or routing number of the bank', one)),
  currency: currencyOption('--currency <currency>', 'what it is in; the book’s by default'),
  default: defaultOption,
}

const account = { syntax: '<bank-account>', help: 'its number in the list, or part of its name' }

export const add = defineCommand({
  description: 'An account that clients pay to. The first one is the default.',
  arguments: [{ syntax: '<name>', help: 'what you call it' }],
  options,
  examples: [
    'bank account add "House bank" --iban "DE89 3704 0044 0532 0130 00" --bic COBADEFFXXX',
    'bank account add "US account" --number 123456789 --sort-code 021000021 --currency USD',
  ],
  run: (context, [name = ''], { default: wanted, currency, ...values }) =>
    context.change({}, async (db) => {
      const book = (await context.book()).settings.currency.code
      const row = { ...given(values), currency: currency ?? book }
      const { id, isDefault } = await addAccount(db, name, row, wantsDefault(wanted))
      return {
        summary: `added bank account ${id} (${tidyName(name)})${defaultText(isDefault)}`,
        result: { bank_account: id, default: isDefault },
      }
    }),
})

export const list = defineCommand({
  options: {},
  examples: ['bank account list', 'bank account list --json'],
  async run(context) {
    const { db, settings } = await context.book()
    const accounts = await listAccounts(db, settings.locale?.tag ?? null)
    await context.print(
      listReport('bank accounts', `Bank accounts (${accounts.length})`, accountSection(accounts), {
        empty: 'No bank accounts; funnel bank account add NAME --iban IBAN adds one.',
      }),
    )
  },
})

export const edit = defineCommand({
  arguments: [account],
  options: { name: option('--name <name>', 'the new name'), ...options },
  examples: ['bank account edit House --bic COBADEFFXXX', 'bank account edit House --default'],
  run: (context, [text = ''], { name, default: wanted, ...values }) =>
    context.change({}, async (db) => {
      const found = await find(db, 'bank-account', text)
      await editAccount(db, found.id, { ...given(values), name, isDefault: wantsDefault(wanted) })
      return {
        summary: `changed bank account ${found.id} (${nameChange(found.name, name)})`,
        result: { bank_account: found.id },
      }
    }),
})

export const drop = defineCommand({
  arguments: [account],
  options: {},
  examples: ['bank account drop House'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const found = await find(db, 'bank-account', text)
      const { id, name } = found
      const lacks = await dropAccount(db, found)
      const summary = `dropped bank account ${id} (${name})${noDefaultText(lacks, 'bank account')}`
      return { summary, result: { bank_account: id } }
    }),
})
