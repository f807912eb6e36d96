import { jsonText } from '../../domain/json-text.ts'
import { defineCommand } from '../../cli/command.ts'
import { findProfile } from '../../import/profiles.ts'

export default defineCommand({
  description:
    'Writes the profile as JSON, for another book: funnel import … --profile FILE.json reads it.',
  arguments: [{ syntax: '<profile>', help: 'its name' }],
  options: {},
  examples: ['profile export fair'],
  async run(context, [name = '']) {
    const { db } = await context.book()
    const profile = await findProfile(db, name)
    context.io.stdout.write(`${jsonText(profile, 2)}\n`)
  },
})
