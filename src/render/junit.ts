/** A test as a CI server shows it. */
export interface JunitCase {
  name: string
  /** Why it failed; null if it did not. */
  failure: string | null
}

/** Text in XML 1.0, which knows no control characters but tab and line ends. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Tests as JUnit XML, which CI servers read. */
export function toJunit(suite: string, cases: readonly JunitCase[]): string {
  const name = escaped(suite)
  const failures = cases.filter(({ failure }) => failure !== null).length
  const lines = cases.map((each) => {
    const head = `    <testcase classname="${name}" name="${escaped(each.name)}"`
    if (each.failure === null) return `${head}/>`
    return `${head}>\n      <failure message="${escaped(each.failure)}"/>\n    </testcase>`
  })
  const counts = `tests="${cases.length}" failures="${failures}" errors="0"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${name}" ${counts}>`,
    ...lines,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}
