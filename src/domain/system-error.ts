import { Fault } from './fault.ts'

/** Why the system refused access to a file, by error code. */
const REASONS: Partial<Record<string, string>> = {
  EACCES: 'you may not use it',
  EPERM: 'you may not use it',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead back to themselves',
  EROFS: 'its disk cannot be written to',
  EBUSY: 'another program is using it',
  ETXTBSY: 'another program is using it',
  ENXIO: 'it is a pipe or device that nobody serves',
  ESTALE: 'the network that it lies on has lost it',
  EIO: 'its disk does not work',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EAGAIN: 'the system has no process or memory left',
  ENOMEM: 'the system has no process or memory left',
}

/** Failures of the machine, for which another name would not help. */
const OF_MACHINE: Partial<Record<string, string>> = {
  ESTALE: 'connect it again and try again',
  EIO: 'save what is on it, and try again on another disk',
  EMFILE: 'allow more and try again: ulimit -n 1024',
  ENFILE: 'end other programs and try again',
  EAGAIN: 'end other programs and try again',
  ENOMEM: 'end other programs and try again',
}

/** The suffix of a file or folder's name until it is complete. */
const UNFINISHED = /\.\d+-[\da-f-]{36}\.new$/

/** Why the system refused something, in words for people; undefined if unknown. */
export function systemReason(error: unknown): string | undefined {
  return REASONS[(error as NodeJS.ErrnoException).code ?? '']
}

/**
 * What an error of the operating system about a file means to the person at the terminal, wherever it
 * occurred; undefined for any other error.
 */
export function systemFault(error: unknown): Fault | undefined {
  if (!(error instanceof Error) || !('syscall' in error)) return undefined
  const { code = '', path } = error as NodeJS.ErrnoException
  const why = systemReason(error)
  if (why === undefined) return undefined
  const name = path === undefined ? 'what the command needs' : path.replace(UNFINISHED, '')
  const ofMachine = OF_MACHINE[code]
  const hint = ofMachine ?? 'check the name and who may use it, or name another'
  const kind = ofMachine === undefined ? 'usage' : 'failed'
  return new Fault(kind, `${name} cannot be used: ${why}`, hint, error)
}
