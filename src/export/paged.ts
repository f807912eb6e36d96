/** How many rows are read at once. */
export const PAGE = 1000

/** Pages of rows of any number. @param next gives the page of rows after a number. */
export async function* pages<T extends { id: number }>(
  next: (after: number) => Promise<T[]>,
): AsyncGenerator<T[]> {
  let page = await next(0)
  while (page.length > 0) {
    yield page
    page = await next(page.at(-1)?.id ?? 0)
  }
}

/** The rows of such pages, one by one. */
export async function* paged<T extends { id: number }>(
  next: (after: number) => Promise<T[]>,
): AsyncGenerator<T> {
  for await (const page of pages(next)) yield* page
}
