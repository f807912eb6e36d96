import type { Variable } from 'liquidjs'
import { htmlEngine } from './html.ts'

/** A field as a page uses it. */
interface HtmlUse {
  name: string
  /** The lists that may be around it: one name may stand for entries of several. */
  within: readonly (readonly string[])[]
  /** What it is outside of lists, if it may also be meant so: `fact.due` where `fact` is of a list as well. */
  whole?: string
}

const LOOP = /\{%-?\s*(?:for|tablerow)\s+(\w+)\s+in\s+([\w.]+)/g

/** What engines of this kind know by themselves. */
const OWN = new Set(['forloop', 'tablerowloop', 'blank', 'empty', 'nil', 'null', 'true', 'false'])

/** The path of a variable, up to a place in a list. */
function pathOf({ segments }: Variable): string[] {
  const end = segments.findIndex((one) => typeof one !== 'string')
  const path = end < 0 ? segments : segments.slice(0, end)
  return path.filter((one) => typeof one === 'string')
}

/** The fields that a page uses. @throws Error what the engine says of one that is not valid. */
export function htmlUses(source: string): HtmlUse[] {
  const engine = htmlEngine()
  const { variables, locals } = engine.analyzeSync(engine.parse(source))
  const loops = new Map<string, string[]>()
  for (const [, name = '', list = ''] of source.matchAll(LOOP)) {
    loops.set(name, [...(loops.get(name) ?? []), list])
  }
  return Object.values(variables)
    .flat()
    .map(pathOf)
    .flatMap((path): HtmlUse[] => {
      const [root = '', ...rest] = path
      const lists = loops.get(root)
      if (lists) {
        const within = lists.map((list) => [list])
        const whole = path.join('.')
        return rest.length === 0 ? [] : [{ name: rest.join('.'), within, whole }]
      }
      const isOwn = OWN.has(root) || Object.hasOwn(locals, root)
      // How long a list is, every list knows.
      const known = ['size', 'first', 'last'].includes(rest.at(-1) ?? '') ? path.slice(0, -1) : path
      return isOwn ? [] : [{ name: known.join('.'), within: [[]] }]
    })
}
