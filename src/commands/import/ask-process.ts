import type { Context } from '../../cli/context.ts'
import { CANCELLED } from '../../cli/errors.ts'
import { tidyName } from '../../domain/name.ts'
import type { AskProcess } from '../../import/stages/route.ts'
import { askStages } from './ask-values.ts'

/** How many stages a question names. */
const NAMED = 8

/** Stands for the choice to say which stage each one is. */
const EACH = Symbol('each')

/**
 * Asks what to do with stages that no process has.
 * @param saysEach may the person say which stage each of them is?
 * @throws an error that ends the command as interrupted, if the person wants neither.
 */
export function askProcess(context: Context, saysEach: boolean): AskProcess {
  return async ({ usual, stages, offered, name }) => {
    const questions = await context.ask()
    const named = stages.slice(0, NAMED).map(tidyName).join(', ')
    const more = stages.length > NAMED ? ` and ${stages.length - NAMED} more` : ''
    const answer = await questions.select<string | null | typeof EACH>(
      `No process has the stages ${named}${more}. What is to be done?`,
      [
        { name: `make a process “${name}” of the file's stages`, value: name },
        ...(usual === null
          ? []
          : [{ name: `add them to the process ${usual}, before its last stage`, value: usual }]),
        ...(saysEach && offered.length > 0
          ? [{ name: `say which stage of ${usual} each of them is`, value: EACH } as const]
          : []),
        { name: 'cancel', value: null },
      ],
    )
    if (answer === null) throw CANCELLED
    return answer === EACH ? askStages(context, stages, offered, 'a stage of its own') : answer
  }
}
