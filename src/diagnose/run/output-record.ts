import { tallied, type Mark, type Tally } from "./mark.ts";

/** What a log tells of one output. */
export class OutputRecord {
  failed: Tally | null = null;
  delivered: Tally | null = null;
  dropped: Tally | null = null;
  /** Appends that were refused because the output keeps too much: `storage.total_limit_size`. */
  overTotalLimit: Tally | null = null;
  /** Warnings and errors of the plugin since it last delivered. */
  complaints: Tally | null = null;
  /** The last of them, in the plugin's words. */
  complaint = "";
  /** The last attempt or end of a delivery. */
  moved: Mark | null = null;
  /** The last time that a task which already waited was tried again. */
  attempted: Mark | null = null;

  fail(mark: Mark, wasRetry: boolean): void {
    this.failed = tallied(this.failed, mark);
    this.moved = mark;
    if (wasRetry) this.attempted = mark;
  }

  deliver(mark: Mark): void {
    this.delivered = tallied(this.delivered, mark);
    this.moved = mark;
    this.attempted = mark;
    this.complaints = null;
  }

  drop(mark: Mark): void {
    this.dropped = tallied(this.dropped, mark);
    this.moved = mark;
    this.attempted = mark;
  }

  complain(mark: Mark, words: string): void {
    this.complaint = words;
    this.complaints = tallied(this.complaints, mark);
  }
}
