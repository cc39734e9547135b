import type { JSX } from "preact";
import type { Picture, Shape } from "../pictures/picture.ts";

function ShapeView({ shape }: { readonly shape: Shape }): JSX.Element {
  switch (shape.kind) {
    case "box":
      return (
        <rect
          class={shape.looks}
          x={shape.x}
          y={shape.y}
          width={shape.width}
          height={shape.height}
          rx={shape.looks.includes("box") ? 6 : 0}
        />
      );
    case "path":
      return <path class={shape.looks} d={shape.path} />;
    case "text":
      return (
        <text class={shape.looks} x={shape.x} y={shape.y} text-anchor={shape.anchor}>
          {shape.text}
        </text>
      );
  }
}

/** A picture on the page, read aloud as what it says. */
export function PictureView(props: {
  readonly picture: Picture;
  readonly kind: string;
}): JSX.Element {
  const { title, description, width, height, shapes } = props.picture;
  return (
    <svg
      class={`picture ${props.kind}`}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={`${title}. ${description}`}
    >
      {shapes.map((shape, index) => (
        <ShapeView key={index} shape={shape} />
      ))}
    </svg>
  );
}
