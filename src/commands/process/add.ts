import { defineCommand } from '../../cli/command.ts'
import { addProcess } from '../../records/edit-process.ts'
import { kindOption, madeText, needOptions, stagesOption } from './fields.ts'

export default defineCommand({
  description:
    'Guided: one stage after another. Free: any stage at any time. Plain: no stages. Stages ' +
    'that the book does not have yet (funnel stage list) are added to it. Set the time limits, ' +
    'tasks and requirements of its stages with funnel process edit.',
  arguments: [{ syntax: '<name>', help: 'the name of the process' }],
  options: { kind: kindOption, stages: stagesOption, askNeed: needOptions.askNeed },
  examples: [
    'process add Repeat --kind free --stages "Qualification=20%, Proposal=50%, Payment=90%"',
    'process add Service --stages "Request, Visit=30%, Offer=60%"',
    'process add "Quick sale" --kind plain',
  ],
  async run(context, [name = ''], { kind, stages, askNeed }) {
    await context.change({}, async (db) => {
      const { id, made } = await addProcess(db, name, kind ?? 'guided', stages ?? [], askNeed)
      return {
        summary: `added process ${id} (${name})${madeText(made)}`,
        result: { process: id, stages_added: made },
        next: 'next: funnel process edit PROCESS --stage STAGE sets limits, tasks and requirements',
      }
    })
  },
})
