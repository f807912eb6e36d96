'use strict'
// Node compiles a function when it is first called, anew in each process: up to a fifth of the time of
// a short command. So the build keeps the functions of common commands compiled, in dist/code.
// A file there that is missing, damaged or made by another version of Node costs time alone.

const fs = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const vm = require('node:vm')
const { crc32 } = require('node:zlib')

/** A chunk's name holds a hash of its text, so one cannot be taken for another. */
const CHUNK = /-[\w-]{8}\.cjs$/

/** Where the compiled code of a chunk is. */
const codeFile = (chunk) => path.join(path.dirname(chunk), 'code', path.basename(chunk))

/** A chunk's compiled code: what follows its checksum, as V8 itself does not see whether it is whole. */
function readCode(chunk) {
  try {
    const bytes = fs.readFileSync(codeFile(chunk))
    const code = bytes.subarray(4)
    return bytes.readUInt32LE() === crc32(code) ? code : undefined
  } catch {
    return undefined
  }
}

/**
 * From now on chunks are compiled with the code that is kept of them.
 * @param compiled is told of each chunk, by its file, and its script.
 */
function compileWithCode(compiled = () => {}) {
  require.extensions['.cjs'] = (module, file) => {
    if (!CHUNK.test(file)) return require.extensions['.js'](module, file)
    const script = new vm.Script(Module.wrap(fs.readFileSync(file, 'utf8')), {
      filename: file,
      columnOffset: -Module.wrap('\n').indexOf('\n'),
      cachedData: readCode(file),
    })
    compiled(file, script)
    const { exports } = module
    const asked = [exports, Module.createRequire(file), module, file, path.dirname(file)]
    return script.runInThisContext().apply(exports, asked)
  }
}

/** Loads the program that lies in `dist`. */
function load(dist) {
  compileWithCode()
  return require(path.join(dist, 'main.cjs'))
}

module.exports = { codeFile, compileWithCode, load }
