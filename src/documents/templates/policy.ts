/** What a page of a document may do: be styled, and show what it holds. It runs nothing and fetches nothing. */
export const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">`

/** Pages whose policy comes before anything that it is to hold for, as those of built-in templates. */
const HEAD =
  /^\s*<!doctype html>\s*<html(?: lang="[^"<>]*")?>\s*<head>\s*(?:<meta charset="utf-8">\s*)?/i

const DOCTYPE = /^\s*<!doctype[^>]*>\s*/i

/**
 * Puts the policy before everything else in a page: a template may put together a tag from pieces, which nobody sees
 * in its source.
 */
export function withPolicy(page: string): string {
  const [head = ''] = HEAD.exec(page) ?? []
  if (head !== '' && page.startsWith(POLICY, head.length)) return page
  const [doctype = ''] = DOCTYPE.exec(page) ?? []
  return `${doctype}${POLICY}\n${page.slice(doctype.length)}`
}
