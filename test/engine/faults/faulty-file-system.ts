import { headerSize } from "../../../src/engine/chunkio/layout.ts";
import type { OpenFile } from "../../../src/engine/platform/file-system.ts";
import { MemoryFileSystem } from "../../../src/engine/platform/memory-file-system.ts";

/**
 * Files in memory on a disk that can fill up and fail, with files that cannot be opened. A map is a copy, as on real
 * files: only what was written back is there after a kill.
 */
export class FaultyFileSystem extends MemoryFileSystem {
  /** No file can grow. */
  full = false;
  /** Which writes do not come through whole. */
  failing: "none" | "all" | "headers" | "metadata" | "contents" = "none";
  readonly unreadable = new Set<string>();
  /** Descriptors that are held. */
  descriptors = 0;
  /** Every file that is there. */
  readonly files = new Set<string>();
  /** Called after every change that a kill would leave behind, also in the middle of a write. */
  onChange: () => void = () => undefined;
  /** Called before a file goes. */
  onRemove: (path: string) => void = () => undefined;

  override open(path: string): OpenFile {
    if (this.unreadable.has(path)) throw new Error("EACCES: permission denied");
    const file = super.open(path);
    if (!this.files.has(path)) {
      this.files.add(path);
      this.onChange();
    }
    this.descriptors += 1;
    let isOpen = true;
    return {
      ...file,
      close: () => {
        file.close();
        if (isOpen) this.descriptors -= 1;
        isOpen = false;
      },
      map: () => file.map().slice(),
      resize: (size) => {
        if (this.full && size > file.size()) throw new Error("ENOSPC: no space left on device");
        file.resize(size);
        this.onChange();
      },
      writeBack: (map, from, to) => {
        this.#write(file, map, from, to);
      },
    };
  }

  override remove(path: string): void {
    this.onRemove(path);
    super.remove(path);
    this.files.delete(path);
    this.onChange();
  }

  override replace(path: string, bytes: Uint8Array): void {
    const file = super.open(path);
    file.resize(bytes.length);
    file.map().set(bytes);
  }

  /** The same files on a disk without faults. */
  copy(): FaultyFileSystem {
    const copy = new FaultyFileSystem();
    for (const path of this.files) {
      copy.makeDirectory(path.slice(0, path.lastIndexOf("/")));
      const bytes = this.bytes(path);
      const file = copy.open(path);
      file.resize(bytes.length);
      file.writeBack(bytes, 0, bytes.length);
    }
    copy.descriptors = 0;
    return copy;
  }

  /** A whole file, whether it can be opened or not. */
  bytes(path: string): Uint8Array {
    return this.read(path, 0, this.size(path) ?? 0);
  }

  /** A header is written in one piece; anything longer may be cut by a kill or a failure. */
  #write(file: OpenFile, map: Uint8Array, from: number, to: number): void {
    const bytes = file.map();
    if (to - from > headerSize) {
      const half = from + ((to - from) >> 1);
      bytes.set(map.subarray(from, half), from);
      this.onChange();
    }
    if (this.#fails(from, to)) throw new Error("EIO: i/o error");
    bytes.set(map.subarray(from, to), from);
    this.onChange();
  }

  #fails(from: number, to: number): boolean {
    switch (this.failing) {
      case "none":
        return false;
      case "all":
        return true;
      case "headers":
        return from === 0;
      case "metadata":
        return from === 0 && to > headerSize;
      case "contents":
        return from > 0;
    }
  }
}
