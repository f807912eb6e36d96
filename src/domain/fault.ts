/** What kind of failure it is; `cli/errors.ts` turns it into an exit code. */
export type FaultCode =
  /** The command line or the input is wrong (exit 2). */
  | 'usage'
  /** A name matches nothing, or more than one thing (exit 3). */
  | 'not-found'
  /** The book is busy, damaged, newer than the program or out of reach (exit 4). */
  | 'book'
  /** The command was understood but cannot be carried out (exit 1). */
  | 'failed'

/** A failure meant to be read: what and why in `message`, what to type next in `hint`. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly hint: string | undefined

  constructor(code: FaultCode, message: string, hint?: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause })
    this.name = 'Fault'
    this.code = code
    this.hint = hint
  }
}
