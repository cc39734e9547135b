/** A line of a log that was packed into JSON, and where it comes from. */
export interface UnpackedLine {
  readonly text: string;
  /** What names the engine: a pod, a container, a host; empty where nothing does. */
  readonly source: string;
}

const looksLogged = /\[ ?\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d|Fluent Bit v\d/;
/** Where collectors and drivers put the line, best first. */
const usual: readonly string[] = [
  "log",
  "message",
  "MESSAGE",
  "msg",
  "line",
  "textPayload",
  "@message",
  "_raw",
  "body",
];
const naming: ReadonlySet<string> = new Set([
  "pod",
  "pod_name",
  "podname",
  "container_id",
  "docker_id",
  "host",
  "hostname",
  "_hostname",
  "kubernetes.pod_name",
  "instance",
  "node",
]);
const deepest = 3;

interface Found {
  usual: string | null;
  logged: string | null;
  readonly names: string[];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function look(value: Readonly<Record<string, unknown>>, depth: number, found: Found): void {
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === "string") {
      if (naming.has(key.toLowerCase())) found.names.push(inner);
      else if (looksLogged.test(inner)) found.logged ??= inner;
      else if (usual.includes(key)) found.usual ??= inner;
    } else if (isObject(inner) && depth < deepest) {
      look(inner, depth + 1, found);
    }
  }
}

/** The line of a log inside a JSON value; null where there is none. */
export function lineInJson(value: unknown): UnpackedLine | null {
  if (!isObject(value)) return null;
  const found: Found = { usual: null, logged: null, names: [] };
  look(value, 0, found);
  const text = found.logged ?? found.usual;
  return text === null ? null : { text, source: found.names.join(" ") };
}
