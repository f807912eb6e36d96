import { defineCommand, flag, option } from '../cli/command.ts'
import { Fault } from '../domain/fault.ts'
import { nameChange, tidyName } from '../domain/name.ts'
import { editEntry, nothingToChange } from '../records/dictionaries.ts'
import { find, findId } from '../records/lookup.ts'
import { addStage, moveStage, requireUnused } from '../records/stages.ts'
import { mergeCommand, readingCommands, retiredOf, retireOptions } from './shared/dictionary.ts'

export const { list, show } = readingCommands({
  noun: 'stage',
  columns: [],
  known: 'proposal',
  added: 'Trial',
})

export const add = defineCommand({
  description: 'Add it to a process with: funnel process edit PROCESS --stages "…"',
  arguments: [{ syntax: '<name>', help: 'its name' }],
  options: { after: option('--after <stage>', 'the stage it follows; default: the last') },
  examples: ['stage add Trial --after presentation'],
  run: (context, [name = ''], { after }) =>
    context.change({}, async (db) => {
      const id = await addStage(db, name, await findId(db, 'stage', after))
      return {
        summary: `added stage ${id} (${tidyName(name)})`,
        result: { stage: id },
        next: 'next: funnel process edit PROCESS --stages "…" puts it into a process',
      }
    }),
})

export const edit = defineCommand({
  description: 'Reports over several processes list stages in this order.',
  arguments: [{ syntax: '<stage>', help: 'its number, or part of its name' }],
  options: {
    name: option('--name <name>', 'the new name'),
    after: option('--after <stage>', 'put it after this one'),
    first: flag('--first', 'put it first'),
    ...retireOptions,
  },
  examples: ['stage edit proposal --name Offer', 'stage edit payment --after delivery'],
  run: (context, [text = ''], { name, after, first, ...options }) =>
    context.change({}, async (db) => {
      if (first && after !== undefined) {
        throw new Fault('usage', '--first and --after cannot be used together')
      }
      const stage = await find(db, 'stage', text)
      const retired = retiredOf(options)
      const own = {
        ...(name === undefined ? {} : { name }),
        ...(retired === undefined ? {} : { retired }),
      }
      if (retired) await requireUnused(db, stage)
      const moves = first === true || after !== undefined
      if (moves) await moveStage(db, stage.id, await findId(db, 'stage', after))
      else if (Object.keys(own).length === 0) throw nothingToChange('stage')
      if (Object.keys(own).length > 0) await editEntry(db, 'stage', stage.id, own)
      return {
        summary: `changed stage ${stage.id} (${nameChange(stage.name, name)})`,
        result: { stage: stage.id },
      }
    }),
})

export const merge = mergeCommand('stage', ['proposal', 'presentation'])
