/** A chunk file has at least one page, and limits on files add up the sizes of files (`cio_file.c::mmap_file`). */
export const SMALLEST_CHUNK = 4096;

/**
 * A chunk takes no more records when it holds this much (`FLB_INPUT_CHUNK_FS_MAX_SIZE`); the last append may go beyond,
 * and a file is a whole number of pages.
 */
export const LARGEST_USUAL_CHUNK = 2_048_000 + 2 * SMALLEST_CHUNK;

/** How many chunks a limit in bytes stands for. */
export interface ChunkRange {
  /** With chunks as large as they usually get. */
  readonly least: number;
  /** With chunks as small as can be. */
  readonly most: number;
}

/** How many chunk files fit below a limit on files; 0 if not a single one does. */
export function filesWithin(bytes: number): ChunkRange {
  return {
    least: Math.floor(bytes / LARGEST_USUAL_CHUNK),
    most: Math.floor(bytes / SMALLEST_CHUNK),
  };
}

/** How many chunks reach a limit on what they hold (`flb_input_chunk.c::flb_input_chunk_get_size`): a byte at the least. */
export function chunksThatReach(bytes: number): ChunkRange {
  return { least: Math.ceil(bytes / LARGEST_USUAL_CHUNK), most: bytes };
}
