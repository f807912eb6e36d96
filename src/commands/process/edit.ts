import type { Db } from '../../book/store/db.ts'
import { defineCommand, flag, option, type Values } from '../../cli/command.ts'
import { Fault } from '../../domain/fault.ts'
import { nameChange } from '../../domain/name.ts'
import { editEntry, nothingToChange } from '../../records/dictionaries.ts'
import { requireNotDefault } from '../../records/default-process.ts'
import { dealsLeftBehind, stillUsed } from '../../records/in-use.ts'
import { find } from '../../records/lookup.ts'
import { editStage, editStages, type StageSettings } from '../../records/edit-process.ts'
import { findActiveId } from '../../records/retired.ts'
import { countsOf, retiredOf, warnings } from '../shared/dictionary.ts'
import { madeText, needOptions, stageOptions, stagesOption } from './fields.ts'

type StageChanges = Partial<Values<typeof stageOptions>>

/** What to change about a stage; empty for nothing. */
async function stageSettings(db: Db, options: StageChanges): Promise<StageSettings> {
  const { chance, limit, task, who, demand } = options
  return {
    ...(chance === undefined ? {} : { probability: chance }),
    ...(limit === undefined ? {} : { limitDays: limit }),
    ...(task === undefined ? {} : { task }),
    ...(who === undefined ? {} : { doerId: await findActiveId(db, 'owner', who) }),
    ...(demand === undefined ? {} : { requirements: demand }),
  }
}

/** Changes the stage that is named; says whether there was anything to change. */
async function changeStage(
  db: Db,
  processId: number,
  stage: string | undefined,
  options: StageChanges,
): Promise<boolean> {
  const settings = await stageSettings(db, options)
  const isEmpty = Object.keys(settings).length === 0
  if (stage === undefined && isEmpty) return false
  if (stage === undefined) {
    const message = '--chance, --limit, --task, --who and --demand are about one stage'
    throw new Fault('usage', message, 'name it with --stage STAGE')
  }
  if (isEmpty) {
    const hint = 'give --chance, --limit, --task, --who or --demand'
    throw new Fault('usage', `what is to change about the stage ${stage}?`, hint)
  }
  await editStage(db, processId, (await find(db, 'stage', stage)).id, settings)
  return true
}

export default defineCommand({
  description:
    '--stages replaces the whole list: stages left out are retired, and deals in them stay ' +
    'there. --stage names one to change. The history of deals is not rewritten, and open tasks ' +
    'stay as they are.',
  arguments: [{ syntax: '<process>', help: 'its number, or part of its name' }],
  options: {
    name: option('--name <name>', 'the new name'),
    stages: stagesOption,
    ...needOptions,
    stage: option('--stage <stage>', 'the stage that the options below are about'),
    ...stageOptions,
    retire: flag('--retire', 'open no new deals in it'),
    restore: flag('--restore', 'open new deals in it again'),
  },
  examples: [
    'process edit free --name "my way"',
    'process edit free --stages "Qualification=10%, Proposal=40%, Decision=60%"',
    'process edit typical --ask-need',
    'process edit typical --stage proposal --limit 10 --demand "amount, expected-close, meeting"',
  ],
  async run(context, [text = ''], { name, stages, askNeed, stage, ...options }) {
    await context.change({}, async (db) => {
      const process = await find(db, 'process', text)
      const retired = retiredOf(options)
      const own = {
        ...(name === undefined ? {} : { name }),
        ...(retired === undefined ? {} : { retired }),
        ...(askNeed === undefined ? {} : { asks_need: askNeed ? 1 : 0 }),
      }
      const made = stages ? await editStages(db, process.id, stages) : []
      if (retired) await requireNotDefault(db, process)
      const isStageChanged = await changeStage(db, process.id, stage, options)
      const isChanged = Object.keys(own).length > 0
      if (!stages && !isStageChanged && !isChanged) throw nothingToChange('process')
      if (isChanged) await editEntry(db, 'process', process.id, own)
      const named = { id: process.id, name: name ?? process.name }
      const used = retired ? await stillUsed(db, 'process', named) : []
      const behind = stages ? await dealsLeftBehind(db, named) : []
      return {
        summary: `changed process ${process.id} (${nameChange(process.name, name)})${madeText(made)}`,
        result: {
          process: process.id,
          stages_added: made,
          ...(retired && { in_use: countsOf(used) }),
          ...(stages && {
            left_behind: behind.map((left) => ({ stage: left.stage, deals: left.count })),
          }),
        },
        next: warnings(named.name, [...used, ...behind]),
      }
    })
  },
})
