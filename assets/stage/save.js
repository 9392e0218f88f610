/** Files that the browser makes and saves. */

/** Offers a file for download. @param {string} name @param {BlobPart[]} parts @param {string} type */
export function offer(name, parts, type) {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the file after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
