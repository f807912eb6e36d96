import { removeUnfinished } from '../book/files/new-file.ts'

/** The signals that ask a program to end, with their exit codes. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

const cleaners = new Set<() => void>()
let isDone = false

function interrupted(signal: NodeJS.Signals): void {
  // What is done is done, and is about to be reported.
  if (isDone) return
  for (const clean of [...cleaners].toReversed()) clean()
  removeUnfinished()
  process.stderr.write('interrupted; nothing was changed\n')
  process.exit(SIGNALS[signal as keyof typeof SIGNALS])
}

function listen(): void {
  isDone = false
  for (const signal of Object.keys(SIGNALS)) process.on(signal, interrupted)
}

function leave(): void {
  for (const signal of Object.keys(SIGNALS)) process.off(signal, interrupted)
}

/**
 * From now on the program, if interrupted, cleans up and says that nothing was changed
 * (exit code 130). Otherwise a signal ends it at once, which suits everything that only reads: long
 * computations would delay any answer to it.
 * @param clean takes away what must not stay, except unfinished files, which go anyway; it
 *   must not wait for anything.
 * @returns a function that calls it off.
 */
export function onInterrupt(clean?: () => void): () => void {
  if (cleaners.size === 0) listen()
  const own = (): void => clean?.()
  cleaners.add(own)
  return () => {
    if (cleaners.delete(own) && cleaners.size === 0) leave()
  }
}

/** Has this command made its change for good? */
export function isPast(): boolean {
  return isDone
}

/** From here on a signal comes too late: the change is final, and the program is about to say so. */
export function pastInterrupt(): void {
  isDone = true
}
