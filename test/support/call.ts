import { Readable } from 'node:stream'
import { run } from '../../src/main.ts'
import { type Outcome, TODAY } from './funnel.ts'

/**
 * Runs a command inside the test's own process, whatever becomes of it.
 * @param program what runs it, where that is another build of the program.
 */
export async function call(
  folder: string,
  args: string[],
  env: Record<string, string> = {},
  program: typeof run = run,
): Promise<Outcome> {
  const out: Buffer[] = []
  let err = ''
  const code = await program(args, {
    stdin: Readable.from([]),
    stdout: { write: (data) => out.push(Buffer.from(data as string)) },
    stderr: { write: (text) => (err += String(text)) },
    env: { HOME: folder, FUNNEL_TODAY: TODAY, ...env },
    cwd: folder,
    now: () => new Date(`${TODAY}T12:00:00Z`),
  })
  return { code, out: Buffer.concat(out).toString(), err }
}
