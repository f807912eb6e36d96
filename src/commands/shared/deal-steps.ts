import { option } from '../../cli/command.ts'
import { onOption } from '../../cli/options.ts'
import type { Change } from '../../cli/context.ts'
import type { Day } from '../../domain/day.ts'
import type { OpenedTask } from '../../records/stage-tasks.ts'
import type { TimeOfDay } from '../../domain/time-of-day.ts'
import type { Step } from '../../records/steps.ts'
import { momentText } from './appointment.ts'

/** The argument of every step of a deal. */
export const dealArgument = {
  syntax: '<deal>',
  help: 'its number, part of its title, or words from client and title',
}

/** The options of every step of a deal. */
export const stepOptions = {
  on: onOption,
  note: option('--note <text>', 'why, or what was said'),
}

/** What a step did, for people and for programs. */
export function stepDone(id: number, step: Step, what: string): Change {
  const { status, closedOn } = step.state
  const next = [unratedText(step), nextText(step.task)].filter((line) => line !== undefined)
  return {
    summary: `${what} deal ${id} (${step.title})`,
    result: {
      deal: id,
      status,
      stage: step.now,
      from: step.from,
      closed_on: closedOn,
      ...taskResult(step.task),
    },
    next: next.length > 0 ? next.join('\n') : undefined,
  }
}

/** What is missing from the sums where a deal is closed without a rate. */
function unratedText({ state }: Step): string | undefined {
  const { currency, rate, amount, closedOn } = state
  if (currency === null || closedOn === null || rate !== null || amount === null) return undefined
  return (
    `there is no exchange rate for ${currency} on ${closedOn}, so the deal is not summed; ` +
    `funnel rate add ${currency} RATE --on ${closedOn}, then funnel rate apply`
  )
}

/** The task that a change opened, for programs. */
export function taskResult(task: OpenedTask | null): {
  task: number | null
  due: Day | null
  time: TimeOfDay | null
} {
  return { task: task?.id ?? null, due: task?.due ?? null, time: task?.time ?? null }
}

/** The task that a change opened, for people. */
export function nextText(task: OpenedTask | null): string | undefined {
  if (!task) return undefined
  return `next: ${task.text}${task.due ? ` by ${momentText(task.due, task.time ?? null)}` : ''} (task ${task.id})`
}
