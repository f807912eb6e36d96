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
