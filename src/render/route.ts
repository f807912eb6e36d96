import type { Chart } from '../domain/table.ts'
import type { Screen } from './screen.ts'
import type { Style } from './style.ts'
import { pad } from './grid.ts'
import { tidyName } from '../domain/name.ts'
import { widthFor } from './width.ts'
import { maxOf } from '../domain/lists.ts'

type Route = Extract<Chart, { kind: 'route' }>

const UNICODE = { stop: '●', way: '│', free: '○', end: '◆' }
const ASCII = { stop: '*', way: '|', free: 'o', end: '+' }

/**
 * The way through a process, from top to bottom: a line joins stages that follow one another, and
 * the requirements of a stage are on the line below it.
 */
export async function drawRoute(route: Route, screen: Screen, style: Style): Promise<string> {
  const signs = screen.unicode ? UNICODE : ASCII
  const labels = route.stops.map((stop) => tidyName(stop.label))
  const width = await widthFor(labels)
  const widest = maxOf(labels.filter((_, index) => route.stops[index]?.facts.length).map(width), 0)
  const way = route.ordered ? style.dim(signs.way) : ' '
  const lines = route.stops.flatMap(({ facts, requirements }, index) => {
    const sign = style.bar(route.ordered ? signs.stop : signs.free)
    const name = pad(labels[index] ?? '', facts.length > 0 ? widest : 0, width)
    return [
      `${sign} ${[name, style.dim(facts.join(', '))].join('  ').trimEnd()}`,
      ...(requirements.length > 0
        ? [`${way}   needs ${tidyName(requirements.join(', '))}`.trimEnd()]
        : []),
      ...(route.ordered ? [way] : []),
    ]
  })
  return [style.bold(route.title), ...lines, `${style.won(signs.end)} ${route.ends}`].join('\n')
}
