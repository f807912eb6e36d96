import { defineCommand } from '../../cli/command.ts'
import { requirementText } from '../../domain/stage-requirement.ts'
import { type Chart, type Column, listReport, type RouteStop } from '../../domain/table.ts'
import { counted } from '../../domain/text.ts'
import { find } from '../../records/lookup.ts'
import {
  activeStages,
  loadProcess,
  type Process,
  type ProcessStage,
  type StageRules,
  stageRules,
} from '../../records/processes.ts'

const COLUMNS: Column[] = [
  { key: 'position', label: 'No.', type: 'count' },
  { key: 'stage', label: 'Stage', type: 'text' },
  { key: 'probability', label: 'Chance', type: 'share' },
  { key: 'limit_days', label: 'Limit, days', type: 'days' },
  { key: 'task', label: 'Task', type: 'text' },
  { key: 'who', label: 'Who', type: 'text' },
  { key: 'demands', label: 'Requirements', type: 'text', hidden: true },
]

const ROUTES = {
  guided: 'The route: one stage after another, back at any time',
  free: 'The route: any stage at any time',
  plain: 'The route: open until it is won or lost',
}

type Stop = ProcessStage & StageRules

function stopOf({ name, probability, limitDays, doer, requirements }: Stop): RouteStop {
  return {
    label: name,
    facts: [
      ...(probability === null ? [] : [`${Math.round(probability * 100)}%`]),
      ...(limitDays === null ? [] : [counted(limitDays, 'day')]),
      ...(doer === null ? [] : [doer]),
    ],
    requirements: requirements.map(requirementText),
  }
}

function routeOf({ kind, asksNeed }: Process, stops: Stop[]): Chart {
  const label = asksNeed ? 'opened, with what the client needs' : 'opened'
  const start: RouteStop = { label, facts: [], requirements: [] }
  return {
    kind: 'route',
    title: ROUTES[kind],
    ordered: kind !== 'free',
    stops: [start, ...stops.map(stopOf)],
    ends: 'won, or lost at any stage',
  }
}

export default defineCommand({
  description: 'Its stages, and its route with each stage’s requirements.',
  arguments: [{ syntax: '<process>', help: 'its number, or part of its name' }],
  options: {},
  examples: ['process show typical'],
  async run(context, [text = '']) {
    const { db } = await context.book()
    const process = await loadProcess(db, (await find(db, 'process', text)).id)
    const stops: Stop[] = []
    for (const stage of activeStages(process)) {
      stops.push({ ...stage, ...(await stageRules(db, process.id, stage.stageId)) })
    }
    const rows = stops.map((stage, index) => ({
      position: index + 1,
      stage: stage.name,
      probability: stage.probability,
      limit_days: stage.limitDays,
      task: stage.task,
      who: stage.doer,
      demands: stage.requirements.map(requirementText).join(', ') || null,
    }))
    const title = `Process ${process.id}: ${process.name} (${process.kind})`
    const report = listReport(
      'process',
      title,
      { key: 'stages', columns: COLUMNS, rows },
      { empty: 'It has no stages: its deals are open until they are won or lost.' },
    )
    const { id, name, kind, asksNeed } = process
    const head = { id, name, kind, asks_need: asksNeed }
    await context.print({ ...report, head, charts: [routeOf(process, stops)] })
  },
})
