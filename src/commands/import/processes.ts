import { choice, defineCommand, flag } from '../../cli/command.ts'
import { readProcesses } from '../../import/processes/read.ts'
import { bringProcesses, type ProcessesBrought } from '../../records/process-file/bring.ts'
import { warnings } from '../shared/dictionary.ts'
import { describeProcesses } from './describe-processes.ts'
import { jsonFileText } from './json-file.ts'
import { withFile } from './spool.ts'

/** What is said of deals and the like that stay in what the book no longer offers. */
function leftText({ leftBehind, inUse }: ProcessesBrought): string | undefined {
  const said = [...leftBehind, ...inUse].map((one) => warnings(one.process, [one]))
  return said.length === 0 ? undefined : said.join('\n')
}

export default defineCommand({
  description:
    'Reads what funnel export processes writes. Processes with a name that the book has are changed; what the ' +
    'file does not say stays, and so do processes that it does not name. A list of stages replaces that of the ' +
    'process: stages left out are retired, and deals in them stay there. Owners are given by their whole name. ' +
    'The history of deals is not rewritten, and open tasks stay as they are.',
  arguments: [{ syntax: '<file>', help: 'JSON; - reads stdin' }],
  options: {
    create: choice('--create <what>', 'add owners that the book does not have: owners', [
      'owners',
      'all',
    ]),
    dryRun: flag('--dry-run', 'say what would happen, and change nothing'),
  },
  examples: [
    'import processes processes.json --create owners --dry-run',
    'import processes processes.json --create owners',
  ],
  run: (context, [file = ''], { create, dryRun = false }) =>
    withFile(context, file, async (source) => {
      const given = readProcesses(jsonFileText(source, 'a file of processes'), source.name)
      await context.change({ dryRun }, async (db) => {
        const brought = await bringProcesses(db, given, create !== undefined)
        const { read, created, updated, unchanged, changes, stages } = brought
        return {
          summary: `imported processes from ${source.name}: ${created} new, ${updated} changed`,
          text: describeProcesses(source.name, brought, dryRun),
          result: {
            file: source.name,
            read,
            created,
            updated,
            unchanged,
            skipped: 0,
            rejected: 0,
            changes,
            stages_added: stages.added,
            stages_retired: stages.retired,
            stages_restored: stages.restored,
            stages_reordered: stages.isReordered,
            owners_added: brought.ownersAdded,
            left_behind: brought.leftBehind.map(({ process, stage, count }) => ({
              process,
              stage,
              deals: count,
            })),
            in_use: brought.inUse.map(({ process, what, count }) => ({ process, what, count })),
          },
          next: leftText(brought),
        }
      })
    }),
})
