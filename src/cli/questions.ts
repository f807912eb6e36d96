import { Fault } from '../domain/fault.ts'
import { type Io, terminalOf } from './io.ts'

/** True for an answer that will do, else what is wrong with it. */
type Answer = true | string

/** What a person can be asked. Answers come from stdin, questions go to stderr. */
export interface Questions {
  input: (
    message: string,
    options?: { default?: string; validate?: (text: string) => Answer | Promise<Answer> },
  ) => Promise<string>
  confirm: (message: string, otherwise: boolean) => Promise<boolean>
  select: <T>(message: string, choices: { name: string; value: T }[]) => Promise<T>
}

/** Loads the prompts. Ctrl-C at any of them ends the command with nothing changed. */
export async function ask(io: Io): Promise<Questions> {
  const { input, confirm, select } = await import('@inquirer/prompts')
  const streams = { input: io.stdin, output: terminalOf(io) }
  return {
    input: (message, options = {}) => input({ message, ...options }, streams),
    confirm: (message, otherwise) => confirm({ message, default: otherwise }, streams),
    select: (message, choices) => select({ message, choices, loop: false }, streams),
  }
}

/** Turns a reader of texts into a check of answers: what it refuses is asked again. */
export function checkWith(read: (text: string) => unknown): (text: string) => Promise<Answer> {
  return async (text) => {
    try {
      await read(text)
      return true
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return [error.message, error.hint].filter(Boolean).join('; ')
    }
  }
}
