// The size of texts in UTF-8. It encodes nothing.

/** Counts the bytes a text has in UTF-8; a lone surrogate counts as the three bytes of its replacement. Pure. */
export function utf8Length(text: string): number {
  let bytesCount = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) bytesCount += 1;
    else if (code < 0x800) bytesCount += 2;
    else if (code >= 0xd800 && code < 0xdc00 && text.charCodeAt(at + 1) >= 0xdc00 && text.charCodeAt(at + 1) <= 0xdfff) {
      bytesCount += 4;
      at += 1;
    } else bytesCount += 3;
  }
  return bytesCount;
}
