import { scheduleEvery, type TimerHandle } from "../platform/clock.ts";
import type { FileFacts } from "../platform/file-system.ts";
import type { InputContext, InputPlugin } from "./input-plugin.ts";
import { linesIn, packLines } from "./line-batch.ts";
import { type Bookmark, formatBookmarks, readBookmarks } from "./tail-bookmark.ts";
import { type ReadResult, TailFile } from "./tail-file.ts";
import { generationsBetween, locate } from "./tail-generations.ts";

/** What to follow. */
export interface TailOptions {
  /** The absolute paths to follow, as they are now; asked again at each look. A file need not be there. */
  readonly find: () => readonly string[];
  readonly tag: string;
  /** A file that keeps the offsets across restarts; without it every file is read from its start. */
  readonly db?: string;
  /** Milliseconds between two looks at the files. */
  readonly refreshInterval?: number;
  /** Milliseconds without growth after which a file that was rotated away is let go. */
  readonly rotateWait?: number;
  /** Bytes read at a time, at least 4; a longer line is cut there, between two characters. */
  readonly bufferSize?: number;
}

/** Buffers read in one turn of the event loop, so that a long file does not keep everything else waiting. */
const buffersAtATime = 64;

/**
 * Follows files, line by line: the inode, not the name. A file that was rotated away is read to its end before the one
 * that got its name, also if that happened between two processes. An offset moves, and is written to the db, only after
 * the engine has the lines in a chunk: a kill in between reads them again. Stands for `in_tail`.
 */
export class TailInput implements InputPlugin {
  readonly name = "tail";
  readonly #options: TailOptions;
  readonly #files = new Map<string, TailFile>();
  readonly #told = new Map<string, string>();
  #timer: TimerHandle | undefined;
  #more: TimerHandle | undefined;
  #unsaved = false;

  constructor(options: TailOptions) {
    this.#options = options;
  }

  start(context: InputContext): void {
    this.#resume(context);
    const collect = (): void => {
      this.#collect(context);
    };
    this.#timer = scheduleEvery(context.clock, this.#options.refreshInterval ?? 250, collect);
    collect();
  }

  stop(): void {
    this.#timer?.cancel();
    this.#more?.cancel();
    for (const file of this.#files.values()) file.close();
    this.#files.clear();
  }

  #collect(context: InputContext): void {
    this.#look(context);
    const busy = this.#read(context);
    this.#letGo(context);
    if (this.#unsaved) this.#save(context);
    if (!busy) return;
    this.#more?.cancel();
    this.#more = context.clock.schedule(0, () => {
      this.#collect(context);
    });
  }

  /** Goes on where a former process stopped, wherever its files are now. */
  #resume(context: InputContext): void {
    for (const mark of this.#bookmarks(context)) {
      this.#attempt(context, "resume", mark.path, () => {
        const path = locate(context.fileSystem, mark);
        if (path === undefined) {
          this.#resumeWithout(context, mark);
          return;
        }
        const file = this.#follow(context, path, mark);
        file.path = mark.path;
        if (file.bookmark.offset < mark.offset) {
          this.#say(context, `${path} was cut or rewritten; it is read from its start`);
        }
      });
    }
  }

  #resumeWithout(context: InputContext, mark: Bookmark): void {
    this.#say(
      context,
      `${mark.path}: the file that was read up to byte ${mark.offset} is gone; what was written to it after that is not read`,
    );
    const current = context.fileSystem.look(mark.path);
    if (current !== undefined) this.#generations(context, mark, current);
  }

  #bookmarks(context: InputContext): readonly Bookmark[] {
    const { db, find } = this.#options;
    if (db === undefined) return [];
    try {
      const { marks, damaged } = readBookmarks(context.fileSystem, db, find());
      if (damaged) this.#say(context, `${db} holds no offsets: every file is read from its start`);
      return marks;
    } catch (error) {
      this.#say(
        context,
        `cannot read offsets in ${db}, every file is read from its start: ${why(error)}`,
      );
      return [];
    }
  }

  /** Finds new files, and notices which of the known ones lost their path. */
  #look(context: InputContext): void {
    const seen = new Set<string>();
    for (const path of this.#options.find()) {
      this.#attempt(context, "look", path, () => {
        const facts = context.fileSystem.look(path);
        if (facts === undefined || facts.kind === "directory") return;
        if (facts.kind === "other") throw new Error("it is no regular file, and is not read");
        seen.add(facts.identity);
        const known = this.#files.get(facts.identity);
        if (known === undefined) this.#followNew(context, path, facts);
        else Object.assign(known, { path, goneSince: undefined });
      });
    }
    for (const file of this.#files.values()) {
      if (seen.has(file.identity) || file.goneSince !== undefined) continue;
      file.goneSince = context.clock.now();
      context.log.info(
        () => `${label(context)} ${file.path} was rotated away; reading it to its end`,
      );
    }
  }

  #followNew(context: InputContext, path: string, facts: FileFacts): void {
    const before = [...this.#files.values()].filter((file) => file.path === path);
    const last = before.at(-1);
    const between = last === undefined ? [] : this.#generations(context, last.bookmark, facts);
    const predecessors = [...before, ...between];
    const file = this.#follow(context, path, undefined);
    if (!predecessors.includes(file)) file.predecessors = predecessors;
  }

  /** Follows the files that had a path after the one of the bookmark, and lost it before anybody looked. */
  #generations(context: InputContext, old: Bookmark, current: FileFacts): readonly TailFile[] {
    const { fileSystem, log } = context;
    return generationsBetween(fileSystem, old, current)
      .filter((path) => !this.#files.has(fileSystem.look(path)?.identity ?? ""))
      .map((path) => {
        log.info(() => `${label(context)} ${path} was ${old.path} for a time; reading it, too`);
        const file = this.#follow(context, path, undefined);
        file.path = old.path;
        return file;
      });
  }

  #follow(context: InputContext, path: string, mark: Bookmark | undefined): TailFile {
    const { bufferSize = 32_768 } = this.#options;
    const file = new TailFile(context.fileSystem, path, {
      now: context.clock.now(),
      bufferSize,
      mark,
    });
    const known = this.#files.get(file.identity);
    if (known !== undefined) {
      file.close();
      return known;
    }
    this.#files.set(file.identity, file);
    this.#unsaved = true;
    return file;
  }

  /** Reads every file once in turn; true if there is more to read at once. */
  #read(context: InputContext): boolean {
    let busy = false;
    for (const file of this.#files.values()) {
      if (file.predecessors.some(({ atEnd }) => !atEnd)) continue;
      file.predecessors = [];
      // A file that cannot be read must not keep its successor waiting.
      file.atEnd = true;
      this.#attempt(context, "read", file.path, () => {
        const rewound = file.rewound(context.clock.now());
        if (rewound !== undefined) this.#say(context, `${file.path} ${rewound}`);
        let result: ReadResult = "more";
        for (let turn = 0; result === "more" && turn < buffersAtATime; turn += 1) {
          result = file.read((lines) => this.#take(context, lines));
          if (this.#unsaved) this.#save(context);
        }
        file.atEnd = result === "end";
        if (result === "more") busy = true;
      });
    }
    return busy;
  }

  /** Closes the files that lost their path and have not grown for a while. */
  #letGo(context: InputContext): void {
    const { rotateWait = 5000 } = this.#options;
    for (const file of this.#files.values()) {
      if (file.goneSince === undefined || !file.atEnd) continue;
      const since = Math.max(file.goneSince, file.grewAt);
      if (context.clock.now() - since < rotateWait) continue;
      if (!file.readRest((lines) => this.#take(context, lines))) continue;
      file.close();
      this.#files.delete(file.identity);
      this.#unsaved = true;
    }
  }

  #take(context: InputContext, bytes: Uint8Array): boolean {
    const lines = linesIn(bytes);
    const data = packLines(lines, context.clock.now());
    const taken = lines.length === 0 || context.append(this.#options.tag, data, lines.length);
    if (taken) this.#unsaved = true;
    return taken;
  }

  #save(context: InputContext): void {
    const { db } = this.#options;
    this.#unsaved = false;
    if (db === undefined) return;
    try {
      context.fileSystem.replace(
        db,
        formatBookmarks([...this.#files.values()].map((file) => file.bookmark)),
      );
      this.#told.delete(db);
    } catch (error) {
      this.#unsaved = true;
      this.#sayOnce(context, db, `cannot keep offsets in ${db}: ${why(error)}`);
    }
  }

  /** Does something with a file; what goes wrong is told once, until it goes well again. */
  #attempt(context: InputContext, what: string, path: string, action: () => void): void {
    const about = `${what} ${path}`;
    try {
      action();
      this.#told.delete(about);
    } catch (error) {
      this.#sayOnce(context, about, `cannot follow ${path}: ${why(error)}`);
    }
  }

  #sayOnce(context: InputContext, about: string, sentence: string): void {
    if (this.#told.get(about) === sentence) return;
    this.#told.set(about, sentence);
    context.log.error(() => `${label(context)} ${sentence}`);
  }

  #say(context: InputContext, sentence: string): void {
    context.log.warn(() => `${label(context)} ${sentence}`);
  }
}

function label({ name }: InputContext): string {
  return `[input:tail:${name}]`;
}

function why(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
