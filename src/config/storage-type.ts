/** `storage.type` of an input: chunk files, memory, or a memory ring buffer. */
export type StorageType = "filesystem" | "memory" | "memrb";

/** Whether a text, in lower case, is a storage type. */
export function isStorageType(text: string): text is StorageType {
  return text === "filesystem" || text === "memory" || text === "memrb";
}
