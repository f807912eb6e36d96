import { Liquid } from 'liquidjs'
import { Fault } from '../../domain/fault.ts'
import { withPolicy } from './policy.ts'
import type { View } from './view.ts'

/** Tags that read other files. */
const FILE_TAGS = ['include', 'render', 'layout', 'block']

/** More letters than any page of a document has. */
const MOST_LETTERS = 40 << 20

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

/** Fills in a page. @throws Error what the engine says of a template that is not valid or takes too much; Fault `usage` of a page that is too large. */
export function fillHtml(source: string, view: View): string {
  const page = htmlEngine().parseAndRenderSync(source, view) as string
  if (page.length <= MOST_LETTERS) return withPolicy(page)
  throw new Fault('usage', 'the page is too large', 'take repetitions out of the template')
}
