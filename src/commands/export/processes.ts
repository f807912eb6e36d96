import { defineCommand } from '../../cli/command.ts'
import { writeOut } from '../../cli/write-out.ts'
import { jsonText } from '../../domain/json-text.ts'
import { processFile } from '../../records/process-file/load.ts'
import { requireJson } from './json-only.ts'
import { fileOptions } from './options.ts'

export default defineCommand({
  description:
    'Every process with its stages, also retired ones, as JSON: chances (0.4 is 40%), time limits, tasks, who ' +
    'does them and requirements; and all stages in the order of reports. For another book, which funnel import ' +
    'processes reads it into, or to change it in an editor and read it back.',
  options: { out: fileOptions.out },
  examples: ['export processes', 'export processes --out processes.json'],
  async run(context, _args, { out }) {
    requireJson(context, out, 'processes go')
    const { db } = await context.book()
    await writeOut(context, [`${jsonText(await processFile(db), 2)}\n`], out)
  },
})
