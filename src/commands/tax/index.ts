import { choice, defineCommand, option } from '../../cli/command.ts'
import { clearable, dueOption } from '../../cli/options.ts'
import { CATEGORY_CODES, TAX_CATEGORIES } from '../../domain/firm/tax-category.ts'
import { parsePortion } from '../../domain/lines/read.ts'
import { percentText, type Portion } from '../../domain/lines/scaled.ts'
import { nameChange, tidyName } from '../../domain/name.ts'
import { type Column, listReport, type Row } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { addTax, dropTax, editTax, listTaxes } from '../../records/firm/taxes.ts'
import { find } from '../../records/lookup.ts'
import { numberColumn, percentCell } from '../product/columns.ts'
import { defaultOption, defaultText, noDefaultText, wantsDefault } from '../shared/firm.ts'
import { given } from '../shared/given.ts'

const readRate = (text: string): Portion => parsePortion(text, 'tax rate')

const options = {
  category: choice(
    '--category <code>',
    `why, as in EN 16931: ${CATEGORY_CODES.map((code) => `${code} ${TAX_CATEGORIES[code]}`).join('; ')}`,
    CATEGORY_CODES,
  ),
  reason: clearable(option('--reason <text>', 'why there is none, as invoices say it')),
  since: clearable(dueOption('--since <day>', 'the first day that it is charged')),
  default: defaultOption,
}

const argument = { syntax: '<tax>', help: 'its number, or part of its name' }

export const add = defineCommand({
  description:
    'A tax that you charge. Products refer to it: product add --tax takes its name or its rate. The first ' +
    'one is the default, which product add takes. A rate that changes is a new tax from a day on, or ' +
    'tax edit --rate on that day.',
  arguments: [
    { syntax: '<name>', help: 'what you call it' },
    { syntax: '<rate>', help: 'in percent: 19%' },
  ],
  options,
  examples: [
    'tax add Standard 19%',
    'tax add Reduced 7%',
    'tax add "Reverse charge" 0% --category AE --reason "VAT is owed by the recipient"',
  ],
  run: (context, [name = '', rate = ''], { default: wanted, since: validFrom, ...values }) =>
    context.change({}, async (db) => {
      const portion = readRate(rate)
      const { id, isDefault } = await addTax(db, name, {
        ...given({ ...values, validFrom }),
        rate: portion,
        isDefault: wantsDefault(wanted),
      })
      return {
        summary: `added tax ${id} (${tidyName(name)}, ${percentText(portion)})${defaultText(isDefault)}`,
        result: { tax: id, default: isDefault },
      }
    }),
})

function columns(rows: readonly Row[]): Column[] {
  return [
    { key: 'id', label: 'No.', type: 'count' },
    { key: 'name', label: 'Tax', type: 'text' },
    numberColumn('rate', 'Rate %', rows),
    { key: 'category', label: 'Code', type: 'text' },
    { key: 'about', label: 'Category', type: 'text' },
    { key: 'reason', label: 'Reason', type: 'text', optional: true },
    { key: 'valid_from', label: 'Since', type: 'day', optional: true },
    { key: 'default', label: 'Default', type: 'flag' },
  ]
}

export const list = defineCommand({
  options: {},
  examples: ['tax list', 'tax list --json'],
  async run(context) {
    const { db, settings } = await context.book()
    const taxes = await listTaxes(db, settings.locale?.tag ?? null)
    const rows = taxes.map(({ name_key: _, is_default: isDefault, rate, ...tax }) => ({
      ...tax,
      rate: percentCell(rate),
      about: TAX_CATEGORIES[tax.category],
      default: isDefault === 1,
    }))
    await context.print(
      listReport(
        'taxes',
        `Taxes (${rows.length})`,
        { key: 'taxes', columns: columns(rows), rows },
        { empty: 'No taxes; funnel tax add Standard 19% adds one.' },
      ),
    )
  },
})

export const edit = defineCommand({
  description:
    'Products that have the tax get its new rate; lines of deals keep the one they have.',
  arguments: [argument],
  options: {
    name: option('--name <name>', 'the new name'),
    rate: option('--rate <percent>', 'the new rate', readRate),
    ...options,
  },
  examples: ['tax edit Standard --rate 20%', 'tax edit Reduced --default'],
  run: (context, [text = ''], { name, default: wanted, since: validFrom, ...values }) =>
    context.change({}, async (db) => {
      const found = await find(db, 'tax', text)
      const products = await editTax(db, found.id, {
        ...given({ ...values, validFrom }),
        name,
        isDefault: wantsDefault(wanted),
      })
      const follow = products === 0 ? '' : `; ${counted(products, 'product')} with it`
      return {
        summary: `changed tax ${found.id} (${nameChange(found.name, name)})${follow}`,
        result: { tax: found.id, products },
      }
    }),
})

export const drop = defineCommand({
  arguments: [argument],
  options: {},
  examples: ['tax drop Reduced'],
  run: (context, [text = '']) =>
    context.change({}, async (db) => {
      const found = await find(db, 'tax', text)
      const lacks = await dropTax(db, found)
      const summary = `dropped tax ${found.id} (${found.name})${noDefaultText(lacks, 'tax')}`
      return { summary, result: { tax: found.id } }
    }),
})
