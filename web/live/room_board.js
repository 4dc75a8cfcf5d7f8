/** The board that a room draws on together: lines by hand, words, and where the others point. */
import { useEffect, useRef, useState } from "preact/hooks";
import { SharedDocument } from "../client/shared_document.js";
import { html } from "./html.js";
import { useAction } from "./use_action.js";

const WIDTH = 400;
const HEIGHT = 240;
/** Numbers in a line, x and y in turn: what the server takes. */
const POINT_NUMBERS_MAX = 800;
/** A line is sent on while it is drawn. */
const LINE_EVERY_MS = 120;
const COLORS = ["#1d5bb8", "#ad3227", "#17703f", "#805300", "#6b3fa0", "#0e7490", "#9d174d", "#4d7c0f"];
const WORDS_LENGTH_MAX = 80;

/** Also where the page has no secure origin, and so no `crypto.randomUUID`. */
function shapeId() {
  return crypto.getRandomValues(new Uint32Array(3)).join("-");
}

function placeOf(svg, { clientX, clientY }) {
  const { left, top, width, height } = svg.getBoundingClientRect();
  const at = (share, of) => Math.round(Math.min(1, Math.max(0, share)) * of * 10) / 10;
  return { x: at((clientX - left) / width, WIDTH), y: at((clientY - top) / height, HEIGHT) };
}

function shapesOf(shared) {
  const shapes = Object.entries(shared.shapes.toJSON()).map(([id, shape]) => ({ id, ...shape }));
  return shapes.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}

/** A replica that is kept in step, what is on it, and why something was not taken. */
function useBoard(channel) {
  const [shared] = useState(() => new SharedDocument(channel, "board"));
  const [board, setBoard] = useState({ shapes: [], fault: null });
  useEffect(() => {
    setBoard({ shapes: shapesOf(shared), fault: null });
    const end = shared.onChange((change) => {
      if (change.kind === "saved") return;
      const fault = change.kind === "refused" ? change.message : null;
      setBoard((before) => ({
        shapes: shapesOf(shared),
        fault: fault ?? (change.by === "here" ? null : before.fault),
      }));
    });
    return () => {
      end();
      shared.close();
    };
  }, [shared]);
  return { shared, ...board };
}

/** Where the others point now, by their ids. */
function usePointers(channel) {
  const [pointers, setPointers] = useState({});
  useEffect(() =>
    channel.on("cursor", ({ user_id, document, at }) => {
      setPointers(({ [user_id]: _before, ...others }) =>
        document === "board" && at !== null ? { ...others, [user_id]: at } : others
      );
    }), [channel]);
  return pointers;
}

/** Draws with the pointer: a line grows under one id until the pointer is lifted. */
function usePen(shared, color, drawn) {
  const line = useRef(null);
  const send = () => {
    const { id, points } = line.current;
    line.current.sentMs = Date.now();
    shared.draw(id, { kind: "path", points: [...points], color, order: line.current.order });
  };
  return {
    begin(event) {
      event.currentTarget.setPointerCapture(event.pointerId);
      const { x, y } = placeOf(event.currentTarget, event);
      line.current = { id: shapeId(), points: [x, y], order: shared.shapes.size, sentMs: Date.now() };
    },
    move(event) {
      const { x, y } = placeOf(event.currentTarget, event);
      shared.point({ x, y });
      if (line.current === null || line.current.points.length >= POINT_NUMBERS_MAX) return;
      line.current.points.push(x, y);
      if (Date.now() - line.current.sentMs >= LINE_EVERY_MS) send();
    },
    end() {
      if (line.current === null) return;
      send();
      drawn(line.current.id);
      line.current = null;
    },
  };
}

function Shape({ kind, points = [], x = 0, y = 0, width = 0, height = 0, text = "", color = COLORS[0] }) {
  switch (kind) {
    case "path":
    case "line":
    case "arrow": {
      const pairs = points.length === 2 ? [...points, ...points] : points;
      return html`<polyline points=${pairs.join(" ")} stroke=${color} />`;
    }
    case "rectangle":
      return html`<rect x=${x} y=${y} width=${Math.abs(width)} height=${Math.abs(height)} stroke=${color} />`;
    case "ellipse":
      return html`<ellipse cx=${x} cy=${y} rx=${Math.abs(width)} ry=${Math.abs(height)} stroke=${color} />`;
    case "text":
      return html`<text x=${x} y=${y} fill=${color}>${text}</text>`;
  }
}

function Words({ shared, color, drawn }) {
  const [run, isBusy] = useAction();
  return html`
    <form class="row" onSubmit=${(event) => {
      event.preventDefault();
      const form = event.target;
      const text = new FormData(form).get("words").trim();
      if (text === "") return;
      void run(() => {
        const [id, order] = [shapeId(), shared.shapes.size];
        shared.draw(id, { kind: "text", x: 12, y: 24 + (order * 22) % (HEIGHT - 36), text, color, order });
        drawn(id);
        form.reset();
      });
    }}>
      <label class="field grow"><span class="unseen">Words for the board</span>
          <input name="words" maxlength=${WORDS_LENGTH_MAX} autocomplete="off" placeholder="Words for the board" /></label>
      <button class="small" disabled=${isBusy}>Put them up</button>
    </form>
  `;
}

export function RoomBoard({ channel, members, ownId, mayWrite }) {
  const { shared, shapes, fault } = useBoard(channel);
  const pointers = usePointers(channel);
  const [own, setOwn] = useState([]);
  const place = Math.max(0, members.findIndex(({ user_id }) => user_id === ownId));
  const colorOf = (index) => COLORS[index % COLORS.length];
  const drawn = (id) => setOwn((ids) => [...ids, id]);
  const pen = usePen(shared, colorOf(place), drawn);
  const words = shapes.filter(({ kind }) => kind === "text").map(({ text }) => text);
  return html`<div class="stack board">
    <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img"
      aria-label=${`Board with ${shapes.length} shapes${
    words.length > 0 ? `, and the words: ${words.join("; ")}` : ""
  }`}
      onPointerDown=${mayWrite ? pen.begin : null} onPointerMove=${mayWrite ? pen.move : null}
      onPointerUp=${pen.end} onPointerCancel=${pen.end} onPointerLeave=${() => mayWrite && shared.point(null)}>
      ${shapes.map((shape) => html`<${Shape} key=${shape.id} ...${shape} />`)}
      ${
    members.map(({ user_id, name }, index) =>
      pointers[user_id] !== undefined && html`
        <g key=${user_id} class="pointer" transform=${`translate(${pointers[user_id].x} ${pointers[user_id].y})`}>
          <circle r="4" fill=${colorOf(index)} />
          <text x="7" y="4" fill=${colorOf(index)}>${name}</text>
        </g>
      `
    )
  }
    </svg>
    ${
    mayWrite && html`
      <${Words} shared=${shared} color=${colorOf(place)} drawn=${drawn} />
      <button class="small" disabled=${own.length === 0} onClick=${() => {
        shared.shapes.delete(own.at(-1));
        setOwn(own.slice(0, -1));
      }}>Take back my last</button>
    `
  }
    ${fault && html`<p class="fault" role="alert">${fault}</p>`}
  </div>`;
}
