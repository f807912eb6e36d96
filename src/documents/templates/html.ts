import { Liquid } from 'liquidjs'
import { Fault } from '../../domain/fault.ts'
import type { View } from './view.ts'

/** Tags that read other files. */
const FILE_TAGS = ['include', 'render', 'layout', 'block']

const nowhere = (): never => {
  throw new Error('a template cannot read other files')
}

/**
 * The engine of HTML templates: no files, no code, only the values that it is given; what it fills in is escaped,
 * whatever filter a template asks for.
 */
function makeEngine(): Liquid {
  const engine = new Liquid({
    outputEscape: 'escape',
    ownPropertyOnly: true,
    strictFilters: true,
    cache: false,
    relativeReference: false,
    parseLimit: 2_000_000,
    renderLimit: 5000,
    memoryLimit: 50_000_000,
    fs: {
      exists: async () => false,
      existsSync: () => false,
      readFile: nowhere,
      readFileSync: nowhere,
      resolve: nowhere,
    },
  })
  for (const tag of FILE_TAGS) delete engine.tags[tag]
  delete engine.filters.raw
  return engine
}

let shared: Liquid | undefined

/** The engine, made once. */
export function htmlEngine(): Liquid {
  return (shared ??= makeEngine())
}

/** Turns what the engine says about a template into a fault. */
export function templateFault(error: unknown, name: string): Fault {
  if (error instanceof Fault) return error
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const hint = `see what is wrong: funnel template check ${name}`
  return new Fault('failed', `the template ${name} cannot be filled in: ${why}`, hint, error)
}

/** Fills in a page. @throws Fault `failed` if the template is not valid or takes too much. */
export function fillHtml(source: string, view: View, name: string): string {
  try {
    return htmlEngine().parseAndRenderSync(source, view) as string
  } catch (error) {
    throw templateFault(error, name)
  }
}
