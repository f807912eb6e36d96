import type { ADVISORIES } from './list.mjs'

interface Lock {
  packages?: Record<string, { version?: string }>
}
export function packagesIn(lock: Lock): { name: string; version: string }[]
export function faultsIn(
  lock: Lock,
  advisories: typeof ADVISORIES,
): { name: string; version: string; advisory: (typeof ADVISORIES)[number] }[]
