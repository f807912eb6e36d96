/** Rows that are read at once. */
export const PAGE = 1000

/** Rows of any number, a page at a time. @param next the page of rows whose numbers follow one. */
export async function* paged<T extends { id: number }>(
  next: (after: number) => Promise<T[]>,
): AsyncGenerator<T> {
  let page = await next(0)
  while (page.length > 0) {
    yield* page
    page = await next(page.at(-1)?.id ?? 0)
  }
}
