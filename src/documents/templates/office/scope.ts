import { Fault } from '../../../domain/fault.ts'
import type { View } from '../view.ts'

/** What a tag can stand for. */
export type Value = View[string] | undefined

/** The value of a path in a view: `client.name`. Only what the view itself has, never what objects inherit. */
export function valueAt(view: View, path: string): Value {
  let value: Value = view
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || Array.isArray(value)) return undefined
    const one = value as View
    value = Object.hasOwn(one, part) ? one[part] : undefined
  }
  return value
}

/** The value that a name has in the innermost of some scopes that knows it. @param scopes the innermost is last. */
export function lookUp(scopes: readonly View[], path: string): Value {
  for (const scope of scopes.toReversed()) {
    const value = valueAt(scope, path)
    if (value !== undefined) return value
  }
  return undefined
}

/** More than ten thousand lines of ten values, each of them in bold or not. */
const MOST_VALUES = 1_000_000

/** Longer than any document takes, in ms. */
const LONGEST = 30_000

/**
 * @param tags in their order.
 * @throws Fault `usage` for a list within itself: each of its lines would have all lines again, and so on.
 */
export function requireNotWithin(
  tags: readonly { name: string; opens: boolean; closes: boolean }[],
): void {
  const open: string[] = []
  for (const { name, opens, closes } of tags) {
    if (closes) open.pop()
    if (!opens) continue
    if (open.includes(name)) {
      throw new Fault('usage', `{#${name}} is within {#${name}}`, 'take one of them out')
    }
    open.push(name)
  }
}

/**
 * Counts the values that a template asks for.
 * @throws Fault `usage` if it repeats itself without an end in sight.
 */
export function counter(): () => void {
  let count = 0
  const began = Date.now()
  return () => {
    count += 1
    if (count <= MOST_VALUES && (count % 100 !== 0 || Date.now() - began <= LONGEST)) return
    const hint = 'take repetitions out of one another'
    throw new Fault('usage', 'the template repeats itself without an end in sight', hint)
  }
}
