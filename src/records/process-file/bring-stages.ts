import type { Db } from '../../book/store/db.ts'
import { tidyName } from '../../domain/name.ts'
import { editEntry } from '../dictionaries.ts'
import { addStage, orderStages, requireUnused, stageCalled } from '../stages.ts'
import type { Brought, GivenEntry } from './given.ts'

/** Brings the dictionary of stages: what it lacks, their order, and which are retired. */
export async function bringStages(
  db: Db,
  stages: readonly GivenEntry[],
  brought: readonly Brought[],
): Promise<void> {
  const ids: number[] = []
  for (const { name } of stages)
    ids.push((await stageCalled(db, name)) ?? (await addStage(db, name)))
  await orderStages(db, ids)
  for (const [index, { name, retired }] of stages.entries()) {
    const stage = await db
      .selectFrom('stages')
      .select(['id', 'name', 'retired'])
      .where('id', '=', ids[index] ?? 0)
      .executeTakeFirstOrThrow()
    if (retired && stage.retired === 0) {
      await requireUnused(
        db,
        stage,
        brought.map(({ id }) => id),
      )
    }
    await editEntry(db, 'stage', stage.id, {
      ...(tidyName(name) === stage.name ? {} : { name }),
      retired: retired ?? stage.retired === 1,
    })
  }
}
