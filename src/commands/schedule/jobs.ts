import path from 'node:path'
import type { CommandSpec } from '../../cli/command.ts'
import type { Context } from '../../cli/context.ts'
import type { RunDays } from '../../cli/crontab.ts'
import { Fault } from '../../domain/fault.ts'
import { parseMailbox } from '../../mail/addresses.ts'
import backup from '../backup.ts'
import check, { thresholdsOf } from '../check.ts'
import { readChoice } from '../shared/choose-clients.ts'
import { find } from '../../records/lookup.ts'
import { ownerOf } from '../me.ts'
import remind from '../remind.ts'
import snapshot from '../snapshot.ts'
import today from '../today.ts'

/** The values of a command's options, by key, as they were typed. */
type Given = Record<string, unknown>

/** A command that can be scheduled. */
interface Job {
  spec: CommandSpec
  /** What it is scheduled for by default. */
  days: RunDays
  hour: number
  /** The options as cron will give them. */
  settle?: (given: Given, context: Context, book: string) => Given | Promise<Given>
  /** The arguments as cron will give them. */
  words?: (args: string[], context: Context, given: Given) => string[] | Promise<string[]>
}

function noWords(args: string[]): string[] {
  const [extra] = args
  if (extra === undefined) return []
  throw new Fault('usage', `“${extra}” is one word too many`, 'see: funnel schedule --help')
}

/** What the command would refuse each time is refused right away. */
async function checkChoice(context: Context, { where, segment, mailTo }: Given): Promise<void> {
  await readChoice(context, {
    where: where as string[] | undefined,
    segment: segment as string | undefined,
  })
  for (const address of (mailTo as string[] | undefined) ?? []) parseMailbox(address)
}

/** Where the figures go: by mail if something happened, else into a file next to the book. */
function settleSnapshot(given: Given, book: string): Given {
  if (given.out !== undefined) return given
  if (given.mailTo !== undefined) return { ...given, ifChanged: true }
  return { ...given, out: `${book}.snapshot.html` }
}

/** cron does not know FUNNEL_OWNER, so the owner's name is in its line. */
async function settleToday(given: Given, context: Context): Promise<Given> {
  const { mine, ...others } = given
  if (!mine) return given
  const owner = await ownerOf(context, { owner: given.owner as string | undefined, mine: true })
  return { ...others, owner: owner?.name }
}

/** What cron can have of it: letters in a folder, and a look at them, are for people. */
function mailed({ options, ...spec }: CommandSpec): CommandSpec {
  const { out: _out, dryRun: _dryRun, ...others } = options
  return { ...spec, options: others }
}

/** What can be scheduled, by the command's name. */
export const JOBS: Record<string, Job> = {
  snapshot: {
    spec: snapshot,
    days: 1,
    hour: 7,
    settle: async (given, context, book) => {
      await checkChoice(context, given)
      return settleSnapshot(given, book)
    },
  },
  today: {
    spec: today,
    days: 'weekdays',
    hour: 7,
    settle: async (given, context) => {
      await checkChoice(context, given)
      return settleToday(given, context)
    },
  },
  remind: {
    spec: mailed(remind),
    days: 'weekdays',
    hour: 7,
    settle: async (given, context) => {
      const { client } = given
      if (typeof client === 'string') await find((await context.book()).db, 'client', client)
      return given
    },
  },
  backup: {
    spec: backup,
    days: 'daily',
    hour: 20,
    words: (args, { io }) => {
      const [file, ...extra] = args
      noWords(extra)
      return file === undefined
        ? []
        : [path.resolve(io.cwd, file) + (/[/\\]$/.test(file) ? path.sep : '')]
    },
  },
  check: {
    spec: check,
    days: 'daily',
    hour: 7,
    settle: async (given, context) => {
      await checkChoice(context, given)
      return given
    },
    words: async (args, context, given) => {
      thresholdsOf(context, args, given, (await context.book()).settings.currency)
      return args
    },
  },
}

/** The words that follow the book: the command, its arguments and its options. */
export async function settled(
  context: Context,
  book: string,
  what: string,
  { args, given }: { args: string[]; given: Given },
): Promise<{ args: string[]; given: Given }> {
  const job = JOBS[what]
  return {
    args: job?.words ? await job.words(args, context, given) : noWords(args),
    given: job?.settle ? await job.settle(given, context, book) : given,
  }
}
