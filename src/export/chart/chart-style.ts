interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly box: string;
  readonly band: string;
  readonly event: string;
  readonly guard: string;
  readonly action: string;
}

const light: Palette = {
  paper: "#ffffff",
  ink: "#1f2328",
  muted: "#59636e",
  line: "#6e7781",
  box: "#f3f6fa",
  band: "#f6f8fa",
  event: "#0550ae",
  guard: "#953800",
  action: "#116329",
};

const dark: Palette = {
  paper: "#0d1117",
  ink: "#e6edf3",
  muted: "#9198a1",
  line: "#848d97",
  box: "#1c2430",
  band: "#151b23",
  event: "#79c0ff",
  guard: "#ffa657",
  action: "#7ee787",
};

function rules(palette: Palette): string {
  const { paper, ink, muted, line, box, band, event, guard, action } = palette;
  return [
    [".paper", `fill:${paper}`],
    ["text", `fill:${ink}`],
    [".note", `fill:${muted}`],
    [".event", `fill:${event}`],
    [".guard", `fill:${guard}`],
    [".action", `fill:${action}`],
    [".arrow", `stroke:${line}`],
    [".head,.dot", `fill:${line}`],
    [".box", `fill:${box};stroke:${line}`],
    [".rule", `stroke:${line}`],
    [".band", `fill:${band}`],
    [".frame", `stroke:${line}`],
  ]
    .map(([selector = "", declarations = ""]) => {
      const scoped = selector
        .split(",")
        .map((one) => `.unstuck-chart ${one}`)
        .join(",");
      return `${scoped}{${declarations}}`;
    })
    .join("");
}

/**
 * The style sheet of every chart: light, and dark where the reader asks for it. Its rules are confined to charts, so
 * that several may stand in one page.
 */
export const chartStyle = [
  ".unstuck-chart .mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace}",
  ".unstuck-chart .sans{font-family:system-ui,-apple-system,'Segoe UI',Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif}",
  ".unstuck-chart .name{font-weight:600}",
  ".unstuck-chart .arrow,.unstuck-chart .frame{fill:none;stroke-width:1.3}",
  ".unstuck-chart .frame{stroke-dasharray:5 4}",
  ".unstuck-chart .box{stroke-width:1.3}",
  ".unstuck-chart .maybe{stroke-dasharray:4 3}",
  ".unstuck-chart .rule{stroke-width:.7;stroke-opacity:.6}",
  rules(light),
  `@media (prefers-color-scheme:dark){${rules(dark)}}`,
].join("\n");
