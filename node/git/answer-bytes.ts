// The body of an answer over HTTP, up to a bound: whoever answers without end is not listened to. It judges neither status nor content.

/** Reads a body. @param bytesMost - more of it is not read @returns undefined where there is more */
export async function answerBytes(body: ReadableStream<Uint8Array>, bytesMost: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let bytesCount = 0;
  // Not every browser lets a body be walked with `for await`.
  const reader = body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytesCount += next.value.length;
    if (bytesCount > bytesMost) {
      await reader.cancel();
      return undefined;
    }
    parts.push(next.value);
  }
  return Buffer.concat(parts);
}
