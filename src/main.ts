import { type Io, processIo } from './cli/io.ts'
import { commands } from './commands/index.ts'

/** Set by the build from package.json. */
const version = process.env.FUNNEL_VERSION ?? '0.0.0'

/**
 * Runs one command line.
 * @param argv the words after `funnel`.
 * @param io the terminal, the environment and the folder to work in.
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 the book cannot be used,
 *   130 interrupted.
 */
export async function run(argv: string[], io: Io): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    io.stdout.write(`${version}\n`)
    return 0
  }
  if (argv[0] === '__complete') {
    const { complete } = await import('./cli/completion/index.ts')
    io.stdout.write(await complete(argv.slice(1), io, commands))
    return 0
  }
  const { runProgram } = await import('./cli/program.ts')
  return runProgram(argv, io, commands, { version, run })
}

/** Runs the command line of this process. */
export async function start(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2), processIo())
}
