import type { Context } from '../../cli/context.ts'
import type { Aids } from '../../records/choose/test.ts'

/** What conditions ask of a command: it says what could not be compared, and looks up learnt chances. */
export function conditionAids(context: Context): Aids {
  return {
    note: (text) => context.say(text),
    async learnt() {
      const { learntChances } = await import('./learnt-chances.ts')
      return learntChances(context)
    },
  }
}
