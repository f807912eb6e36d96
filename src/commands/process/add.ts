import { defineCommand } from '../../cli/command.ts'
import { addProcess } from '../../records/processes.ts'
import { kindOption, needOptions, stagesOption } from './fields.ts'

export default defineCommand({
  description:
    'Guided: one stage after another. Free: any stage at any time. Plain: no stages. The stages ' +
    'come from the dictionary: funnel stage list, funnel stage add. ' +
    'Time limits, tasks and demands of its stages are set with funnel process edit.',
  arguments: [{ syntax: '<name>', help: 'the name of the process' }],
  options: { kind: kindOption, stages: stagesOption, askNeed: needOptions.askNeed },
  examples: [
    'process add Repeat --kind free --stages "Qualification=20%, Proposal=50%, Payment=90%"',
    'process add "Quick sale" --kind plain',
  ],
  async run(context, [name = ''], { kind, stages, askNeed }) {
    await context.change({}, async (db) => {
      const id = await addProcess(db, name, kind ?? 'guided', stages ?? [], askNeed)
      return {
        summary: `added process ${id} (${name})`,
        result: { process: id },
        next: 'next: funnel process edit PROCESS --stage STAGE sets limits, tasks and demands',
      }
    })
  },
})
