import { choice, defineCommand, list as repeated, option } from '../cli/command.ts'
import { nameChange } from '../domain/name.ts'
import { quoted } from '../domain/plain-text.ts'
import { kindText } from '../domain/property-values.ts'
import { type Column, listReport } from '../domain/table.ts'
import { counted } from '../domain/text.ts'
import { find } from '../records/lookup.ts'
import { propertyType } from '../records/properties.ts'
import { editProperty, listProperties, unfitValues } from '../records/property-kinds.ts'

const COLUMNS: Column[] = [
  { key: 'id', label: 'No.', type: 'count' },
  { key: 'name', label: 'Property', type: 'text' },
  { key: 'kind', label: 'Kind', type: 'text' },
  { key: 'choices', label: 'Choices', type: 'names', optional: true },
  { key: 'clients', label: 'Clients', type: 'count' },
  { key: 'deals', label: 'Deals', type: 'count' },
]

export const list = defineCommand({
  description:
    'The fields of your own that clients and deals have. Without a kind, values are compared as ' +
    'numbers or days where they look like it.',
  options: {},
  examples: ['property list'],
  async run(context) {
    const { db } = await context.book()
    const rows = (await listProperties(db)).map((property) => ({
      ...property,
      choices: JSON.stringify(property.choices),
    }))
    await context.print(
      listReport(
        'properties',
        'All properties',
        { key: 'properties', columns: COLUMNS, rows },
        { empty: 'No properties; funnel client edit CLIENT --property NAME=VALUE adds one.' },
      ),
    )
  },
})

/** How many values that do not fit are named. */
const NAMED = 3

export const edit = defineCommand({
  description:
    'With a kind, values are compared and sorted as what they are, in the book’s locale. Values ' +
    'that are there stay as they are; those that do not fit are named and counted.',
  arguments: [{ syntax: '<property>', help: 'its name, or part of it' }],
  options: {
    name: option('--name <name>', 'the new name'),
    kind: choice('--kind <kind>', 'what its values are (none: not said)', [
      'text',
      'number',
      'day',
      'choice',
      'none',
    ]),
    choice: repeated('--choice <value>', 'a value to choose from, in their order (repeatable)'),
    dropChoice: repeated('--drop-choice <value>', 'no longer offer a value (repeatable)'),
  },
  examples: [
    'property edit fleet --kind number',
    'property edit colour --choice red --choice blue',
    'property edit fleet --name Vessels',
  ],
  async run(context, [text = ''], { name, kind, choice: choices, dropChoice: without }) {
    await context.change({}, async (db) => {
      const property = await find(db, 'property', text)
      await editProperty(db, property, {
        name,
        kind: kind === 'none' ? null : kind,
        choices,
        without,
      })
      const type = await propertyType(db, property.id)
      const unfit = await unfitValues(db, property.id)
      const records = unfit.reduce((sum, one) => sum + one.records, 0)
      if (type !== null && unfit.length > 0) {
        const named = unfit
          .slice(0, NAMED)
          .map(({ value }) => quoted(value))
          .join(', ')
        const more = unfit.length > NAMED ? ' …' : ''
        context.say(
          `${counted(records, 'value')} ${records === 1 ? 'is' : 'are'} not ${kindText(type)}: ${named}${more}`,
        )
      }
      return {
        summary: `changed property ${property.id} (${nameChange(property.name, name)})`,
        result: { property: property.id, unfit: records },
      }
    })
  },
})
