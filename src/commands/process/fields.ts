import { parsePercent } from '../../domain/settings.ts'
import { choice, flag, option } from '../../cli/command.ts'
import { clearable, readCount } from '../../cli/options.ts'
import { type Requirement, parseRequirement } from '../../domain/stage-requirement.ts'
import { Fault } from '../../domain/fault.ts'
import type { StagePlan } from '../../records/edit-process.ts'

/** Reads `Proposal=40%, Decision`: names in order, each with its template chance if wanted. */
function readStages(text: string): StagePlan[] {
  const plans = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): StagePlan => {
      const [name = '', chance] = part.split('=').map((side) => side.trim())
      return chance === undefined ? { name } : { name, probability: parsePercent(chance) }
    })
  const names = plans.map((plan) => plan.name.toLowerCase())
  if (new Set(names).size < names.length) {
    throw new Fault('usage', 'a stage can be in a process only once')
  }
  return plans
}

/** The stages given for a process that are new to the book: `; new stages: Visit, Offer`. */
export function madeText(made: string[]): string {
  if (made.length === 0) return ''
  return `; new ${made.length === 1 ? 'stage' : 'stages'}: ${made.join(', ')}`
}

export const kindOption = choice('--kind <kind>', 'how its deals move', ['guided', 'free', 'plain'])

export const stagesOption = option(
  '--stages <list>',
  'its stages in order, with chances to win: "Talk=10%, Offer=50%"',
  readStages,
)

/** Whether deals of the process are opened only with the client's need. */
export const needOptions = {
  askNeed: flag('--ask-need', 'require what the client needs when a deal is opened'),
  noAskNeed: flag('--no-ask-need', 'do not require it'),
}

/** Reads `need, amount, property:Fleet`; `none` is nothing. */
function readRequirements(text: string): Requirement[] {
  if (text.trim().toLowerCase() === 'none') return []
  return text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(parseRequirement)
}

/** What a process says of one of its stages. */
export const stageOptions = {
  chance: clearable(option('--chance <percent>', 'chance to win from that stage', parsePercent)),
  limit: clearable(option('--limit <days>', 'time limit of that stage, in days', readCount)),
  task: clearable(option('--task <text>', 'what to do in that stage')),
  who: clearable(option('--who <owner>', 'who does it; default: the deal’s owner')),
  demand: option(
    '--demand <list>',
    'required before a deal leaves it: need, amount, cost, expected-close, contact, invoiced, paid, ' +
      'property:NAME, call, email, meeting, sms, message (none: nothing)',
    readRequirements,
  ),
}
