import type { Db } from '../book/store/db.ts'
import { choice, defineCommand, flag, option, type Values } from '../cli/command.ts'
import type { Change, Context } from '../cli/context.ts'
import { dueMomentOption, onMomentOption } from '../cli/options.ts'
import type { Day } from '../domain/day.ts'
import { Fault } from '../domain/fault.ts'
import type { TimeOfDay } from '../domain/time-of-day.ts'
import { clientDefaults } from '../records/clients.ts'
import { addInteraction, findContact } from '../records/interactions.ts'
import type { NewInteraction } from '../records/rows/interaction.ts'
import { find, findId } from '../records/lookup.ts'
import { findDeal } from '../records/lookup/deal.ts'
import type { Moment } from '../records/moment.ts'
import { defaultProcess } from '../records/processes.ts'
import type { OpenedTask } from '../records/stage-tasks.ts'
import { addTask } from '../records/tasks.ts'
import { atOption, lengthOption, momentText, requireClock, whenOf } from './shared/appointment.ts'
import { moneyOfDeal } from './shared/deal-money.ts'
import { moneyOption } from './shared/typed-money.ts'
import { given } from './shared/given.ts'
import { openNewDeal } from './shared/open-deal.ts'
import { KINDS, RESULTS, readKind, noteText } from './shared/note-text.ts'
import { nextText, taskResult } from './shared/deal-steps.ts'

const logOptions = {
  in: flag('--in', 'they came to us'),
  out: flag('--out', 'we went to them'),
  result: choice('--result <result>', 'how it went', RESULTS),
  contact: option('--contact <name>', 'the person it was with'),
  deal: option('--deal <deal>', 'the deal it was about'),
  owner: option('--owner <owner>', 'who spoke to them; default: the client’s owner'),
  on: onMomentOption,
  at: atOption('past'),
  length: lengthOption,
  edit: flag('--edit', 'write the text in your editor ($EDITOR)'),
  next: option('--next <text>', 'what to do next: adds a task'),
  due: dueMomentOption('--due <day>', 'when to do it: friday, "friday 14:30", +3d, 1 Dec'),
  openDeal: option('--open-deal <title>', 'open a deal with this title'),
  amount: moneyOption('--amount <money>', 'the value of that deal'),
  process: option('--process <process>', 'its process; default: the first'),
}

type LogOptions = Values<typeof logOptions>

/** @throws Fault `usage` if options contradict one another, or one lacks another. */
function requireSense(options: LogOptions): void {
  const has = (name: keyof LogOptions): boolean => options[name] !== undefined
  if (has('in') && has('out')) throw new Fault('usage', '--in and --out cannot be used together')
  if (has('due') && !has('next')) {
    throw new Fault('usage', '--due needs what is to be done', 'give it: --next "Call again"')
  }
  if (has('deal') && has('openDeal')) {
    throw new Fault('usage', '--deal and --open-deal cannot be used together')
  }
  if ((has('amount') || has('process')) && !has('openDeal')) {
    throw new Fault('usage', '--amount and --process are for the deal of --open-deal')
  }
}

/** @throws Fault `usage` if the day is still to come: what is planned is a task. */
function requireHappened(
  day: Day | undefined,
  time: TimeOfDay | null,
  today: Day,
  clientId: number,
): void {
  if (day === undefined || day <= today) return
  throw new Fault(
    'usage',
    `${day} is still to come (today is ${today})`,
    `plan it as a task: funnel task add "…" --client ${clientId} --due "${momentText(day, time)}"`,
  )
}

/** The deal that is opened from it; what was said is its need. */
async function openDeal(
  context: Context,
  db: Db,
  { clientId, ownerId, text }: NewInteraction,
  { openDeal: title, process, amount }: LogOptions,
  moment: Moment,
): Promise<Change | null> {
  if (title === undefined) return null
  const processId = (await findId(db, 'process', process)) ?? (await defaultProcess(db))
  const details = {
    clientId,
    ownerId,
    title,
    processId,
    need: text || null,
    ...(await moneyOfDeal(context, db, null, given({ amount }), { on: moment.on, converted: [] })),
  }
  return openNewDeal(context, db, details, moment)
}

/** The task that follows from it. */
async function addNext(
  db: Db,
  { clientId, dealId, ownerId }: NewInteraction,
  { next, due }: LogOptions,
  moment: Moment,
): Promise<OpenedTask | null> {
  if (next === undefined) return null
  const when = { due: due?.day ?? null, time: due?.time ?? null, minutes: null }
  const task = { text: next, ...when, clientId, dealId, ownerId, repeat: null }
  return addTask(db, task, moment)
}

export default defineCommand({
  description:
    '--next also adds a follow-up task; --open-deal also opens a deal, with the text as its ' +
    'need. On a terminal you are asked for the text if you leave it out.',
  arguments: [
    { syntax: '<kind>', help: KINDS.join(', ') },
    { syntax: '<client>', help: 'its number, or part of its name' },
    { syntax: '[text...]', help: 'what was said' },
  ],
  options: logOptions,
  examples: [
    'log call harbour "wants an offer by Friday" --out --result interested',
    'log meeting harbour "showed the plans" --on "yesterday 14:30" --length 1h',
    'log email 1 "asked for references" --in --on yesterday',
    'log call harbour "asked to ring later" --result call-back --next "Call again" --due friday',
    'log meeting harbour "needs a second cold store" --open-deal "Cold store 2" --amount 9000',
  ],
  async run(context, [kindText = '', client = '', ...words], options) {
    requireSense(options)
    const kind = readKind(kindText)
    const { db: reader } = await context.book()
    const { id: clientId, name } = await find(reader, 'client', client)
    const contactId =
      options.contact === undefined
        ? null
        : (await findContact(reader, clientId, options.contact)).id
    const { day, time } = await whenOf(context, options.on, options.at, '--on')
    if (options.due?.time != null) await requireClock(context, options.due.day, options.due.time)
    requireHappened(day, time, await context.today(), clientId)
    const text = await noteText(context, words.join(' '), options.edit === true)
    await context.change({ on: day }, async (db, moment) => {
      const usual = await clientDefaults(db, clientId)
      const said: NewInteraction = {
        kind,
        clientId,
        contactId,
        dealId:
          options.deal === undefined
            ? null
            : (await findDeal(db, options.deal, { wanted: 'open', clientId })).id,
        ownerId: (await findId(db, 'owner', options.owner)) ?? usual.ownerId,
        direction: options.in ? 'in' : options.out ? 'out' : null,
        result: options.result ?? null,
        time,
        minutes: options.length ?? null,
        text,
      }
      const opened = await openDeal(context, db, said, options, moment)
      if (opened) said.dealId = Number(opened.result?.deal)
      const id = await addInteraction(db, said, moment)
      const task = await addNext(db, said, options, moment)
      const next = [opened?.next, nextText(task)].filter((line) => line !== undefined)
      const at = time === null ? '' : `, ${momentText(moment.on, time)}`
      const summary = `logged ${kind} ${id} with client ${clientId} (${name})${at}`
      return {
        summary: opened ? `${summary}; ${opened.summary}` : summary,
        result: { interaction: id, client: clientId, deal: said.dealId, ...taskResult(task) },
        next: next.length > 0 ? next.join('\n') : undefined,
      }
    })
  },
})
