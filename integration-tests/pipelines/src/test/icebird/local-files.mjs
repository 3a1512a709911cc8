import { open, stat } from 'node:fs/promises'

// icebird reads with fetch, which refuses files: it asks for a file's size, for ranges of it, or for all of it.
globalThis.fetch = async (url, { method, headers } = {}) => {
  const path = String(url).replace(/^file:(\/\/)?/, '')
  const size = await stat(path).then(({ size }) => size, () => undefined)
  if (size === undefined) return new Response('', { status: 404 })
  if (method === 'HEAD') return new Response(null, { headers: { 'content-length': String(size) } })
  const range = new Headers(headers).get('range')?.match(/^bytes=(\d+)-(\d*)$/)
  const [from, to] = range ? [Number(range[1]), range[2] ? Number(range[2]) : size - 1] : [0, size - 1]
  const file = await open(path)
  try {
    const buffer = new Uint8Array(to - from + 1)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
    return new Response(buffer.subarray(0, bytesRead), { status: range ? 206 : 200 })
  } finally {
    await file.close()
  }
}
