import { describe, expect, it } from 'vitest'
import { networkOf, networkUnder, networkWarning } from '../../src/book/network.ts'
import { temporaryFolder } from '../support/funnel.ts'

describe('a network file system', () => {
  // The numbers of statfs(2) and linux/magic.h; signed where the system makes them so.
  it.each([
    [0x6969, 'NFS'],
    [0x517b, 'SMB'],
    [0xff534d42, 'CIFS'],
    [-11317950, 'CIFS'],
    [0xfe534d42, 'SMB'],
    [0x01021997, '9p'],
    [0x00c36400, 'Ceph'],
  ])('is known by its number %i', (type, name) => {
    expect(networkOf(type)).toBe(name)
  })

  it.each([
    ['ext4', 0xef53],
    ['XFS', 0x58465342],
    ['btrfs', 0x9123683e],
    ['tmpfs', 0x01021994],
    ['overlay', 0x794c7630],
    ['ZFS', 0x2fc12fc1],
    ['APFS', 0x1a],
  ])('is not %s', (_name, type) => {
    expect(networkOf(type)).toBeNull()
  })

  it('is not where the tests run, nor where nothing is', () => {
    const folder = temporaryFolder()
    expect(networkUnder(folder)).toBeNull()
    expect(networkUnder(`${folder}/none`)).toBeNull()
  })

  it('is warned of with what to do', () => {
    expect(networkWarning('/mnt/funnel.db', 'NFS')).toContain('keep the book on a disk')
  })
})
