/** Several values in one cell; one that holds a sign which would part it stands in quotes. */
export function joinedValues(values: readonly string[]): string | null {
  const parts = values.map((value) =>
    /^"|[;,\n]|:::/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
  )
  return parts.join('; ') || null
}
