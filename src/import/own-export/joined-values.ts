/** Several values in one cell; a value that contains a separator is in quotes. */
export function joinedValues(values: readonly string[]): string | null {
  const parts = values.map((value) =>
    /^"|[;,\n]|:::/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
  )
  return parts.join('; ') || null
}
