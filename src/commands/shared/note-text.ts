import type { InteractionKind } from '../../book/schema/work.ts'
import type { Context } from '../../cli/context.ts'
import { editorOf, writeInEditor } from '../../cli/editor.ts'
import { Fault } from '../../domain/fault.ts'

/** The kinds of interaction that a person writes down. */
export const KINDS = ['call', 'email', 'meeting', 'sms', 'message', 'note'] as const

/** How an interaction went. */
export const RESULTS = ['reached', 'no-answer', 'interested', 'refused', 'call-back'] as const

/** @throws Fault `usage` if the word is not one of the kinds. */
export function readKind(text: string): InteractionKind {
  const kind = KINDS.find((word) => word === text.toLowerCase())
  if (kind) return kind
  const hint = `use one of: ${KINDS.join(', ')}`
  throw new Fault('usage', `“${text}” is not a kind of interaction`, hint)
}

/**
 * What was said: as given, from the editor, or asked for on a terminal, where an empty answer opens
 * the editor. Without a terminal it may be empty.
 */
export async function noteText(context: Context, given: string, edit: boolean): Promise<string> {
  const editor = editorOf(context.io)
  if (edit) {
    if (editor === undefined) {
      throw new Fault('usage', 'no editor is set', 'set EDITOR, or give the text after the client')
    }
    return writeInEditor(editor)
  }
  if (given !== '' || !context.interactive) return given
  const question = `What was said?${editor ? ' (nothing opens your editor)' : ''}`
  const answer = await (await context.ask()).input(question)
  return answer.trim() === '' && editor ? writeInEditor(editor) : answer
}
