import { type Contender, contest } from './contest.ts'
import { findField, type ImportKind } from './fields.ts'
import type { Proposal, Target } from './target.ts'

/** The columns as they are settled, by one method after another. */
export class Settled {
  readonly kind: ImportKind
  readonly #targets = new Map<number, Pick<Proposal, 'target' | 'by'>>()
  readonly #taken = new Set<string>()

  constructor(kind: ImportKind) {
    this.kind = kind
  }

  get(index: number): Pick<Proposal, 'target' | 'by'> | undefined {
    return this.#targets.get(index)
  }

  has(index: number): boolean {
    return this.#targets.has(index)
  }

  takesMany = (field: string): boolean => findField(this.kind, field)?.many === true

  isFree = (field: string): boolean => this.takesMany(field) || !this.#taken.has(field)

  isTaken(field: string): boolean {
    return this.#taken.has(field)
  }

  properties(): string[] {
    return [...this.#targets.values()].flatMap(({ target }) =>
      target.to === 'property' ? target.name : [],
    )
  }

  settle(index: number, target: Target, by: Proposal['by']): void {
    this.#targets.set(index, { target, by })
    if (target.to === 'field') this.#taken.add(target.field)
  }

  hold(columns: readonly Contender[], by: Proposal['by']): void {
    for (const [index, field] of contest(columns, this.isFree, this.takesMany)) {
      this.settle(index, { to: 'field', field }, by)
    }
  }
}
