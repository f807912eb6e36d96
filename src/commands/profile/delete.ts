import { defineCommand } from '../../cli/command.ts'
import { deleteProfile } from '../../import/profiles.ts'

export default defineCommand({
  arguments: [{ syntax: '<profile>', help: 'its name' }],
  options: {},
  examples: ['profile delete fair'],
  async run(context, [name = '']) {
    await context.change({}, async (db) => {
      await deleteProfile(db, name)
      return { summary: `forgot the profile ${name}`, result: { deleted: name } }
    })
  },
})
