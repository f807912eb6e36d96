import type { Screen } from './screen.ts'

type Paint = (text: string) => string

/** The few ways to highlight text. */
export interface Style {
  bold: Paint
  dim: Paint
  won: Paint
  lost: Paint
  bar: Paint
  /** What has stayed too long where it is. */
  stuck: Paint
  /** What was looked for. */
  mark: Paint
}

const same: Paint = (text) => text

const PLAIN: Style = {
  bold: same,
  dim: same,
  won: same,
  lost: same,
  bar: same,
  stuck: same,
  mark: same,
}

/** The style of a screen; chalk is loaded only where there is colour. */
export async function styleOf(screen: Screen): Promise<Style> {
  if (!screen.colour) return PLAIN
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level: 1 })
  // chalk paints every argument it gets, and `map` gives three.
  return {
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    won: (text) => chalk.green(text),
    lost: (text) => chalk.red(text),
    bar: (text) => chalk.cyan(text),
    stuck: (text) => chalk.yellow(text),
    mark: (text) => chalk.bold.yellow(text),
  }
}
