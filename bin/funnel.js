#!/usr/bin/env node
'use strict'

const { existsSync } = require('node:fs')
const { homedir } = require('node:os')
const path = require('node:path')
const { load } = require('./code-cache.js')

try {
  homedir()
} catch {
  // A container may run us as a user that the system does not know: then there is no home to look into.
  process.env.HOME = '/nonexistent'
}

const dist = path.join(__dirname, '../dist')
if (existsSync(path.join(dist, 'main.cjs'))) {
  void load(dist).start()
} else {
  process.stderr.write('funnel: the program is not built yet\n  run: npm ci (or npm run build)\n')
  process.exitCode = 1
}
