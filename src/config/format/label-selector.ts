import { entryOf, textOf } from "./contained-file.ts";
import type { YamlNode } from "./yaml-node.ts";

function meets(expression: YamlNode, label: (key: string) => string | undefined): boolean {
  const found = label(textOf(expression, "key") ?? "");
  const list = entryOf(expression, "values");
  const values = (list?.kind === "list" ? list.items : []).flatMap((one) =>
    one.kind === "scalar" ? [one.text] : [],
  );
  switch (textOf(expression, "operator")) {
    case "In":
      return found !== undefined && values.includes(found);
    case "NotIn":
      return found === undefined || !values.includes(found);
    case "Exists":
      return found !== undefined;
    case "DoesNotExist":
      return found === undefined;
    case undefined:
    default:
      return false;
  }
}

/** Whether a label selector of Kubernetes takes an object; one that says nothing takes all. */
export function selects(selector: YamlNode | undefined, object: YamlNode): boolean {
  const labels = entryOf(entryOf(object, "metadata"), "labels");
  const label = (key: string): string | undefined => textOf(labels, key);
  const wanted = entryOf(selector, "matchLabels");
  const expressions = entryOf(selector, "matchExpressions");
  return (
    (wanted?.kind !== "map" ||
      wanted.entries.every(
        ({ key, value }) => value.kind === "scalar" && label(key) === value.text,
      )) &&
    (expressions?.kind !== "list" || expressions.items.every((one) => meets(one, label)))
  );
}
