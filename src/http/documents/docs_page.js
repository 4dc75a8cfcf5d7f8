/** Shows the OpenAPI document as a page: every operation, its shapes, and a form that sends it. */

const METHODS = ["get", "post", "put", "patch", "delete"];

/** An element with attributes and children; text is only ever set as text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function resolve(schema, all) {
  return schema?.$ref ? all[schema.$ref.split("/").at(-1)] ?? {} : schema ?? {};
}

/** A schema as indented text, one property a line; a name met again inside itself is not opened twice. */
function shapeOf(schema, all, indent = "", seen = new Set()) {
  const name = schema?.$ref?.split("/").at(-1);
  if (name && seen.has(name)) return name;
  const inner = name ? new Set([...seen, name]) : seen;
  const plain = resolve(schema, all);
  const variants = plain.oneOf ?? plain.anyOf;
  if (variants) return variants.map((one) => shapeOf(one, all, indent, inner)).join(" | ");
  if (plain.allOf) return plain.allOf.map((one) => shapeOf(one, all, indent, inner)).join(" & ");
  if ("const" in plain) return JSON.stringify(plain.const);
  if (plain.enum) return plain.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (plain.type === "array") return `[ ${shapeOf(plain.items, all, indent, inner)} ]`;
  if (plain.properties) {
    const required = new Set(plain.required ?? []);
    const lines = Object.entries(plain.properties).map(([key, value]) => {
      const note = resolve(value, all).description;
      const optional = required.has(key) ? "" : "?";
      const text = shapeOf(value, all, `${indent}  `, inner);
      return `${indent}  ${key}${optional}: ${text}${note ? `  // ${note}` : ""}`;
    });
    return `{\n${lines.join("\n")}\n${indent}}`;
  }
  const type = [plain.type ?? "any"].flat().join(" | ");
  return plain.format ? `${type} (${plain.format})` : type;
}

/** A body to begin with: required properties, empty. */
function sampleOf(schema, all) {
  const plain = resolve(schema, all);
  if (plain.default !== undefined) return plain.default;
  if (plain.example !== undefined) return plain.example;
  const variant = (plain.oneOf ?? plain.anyOf)?.[0];
  if (variant) return sampleOf(variant, all);
  if (plain.enum) return plain.enum[0];
  if (plain.properties) {
    return Object.fromEntries(Object.entries(plain.properties).map(([key, value]) => [key, sampleOf(value, all)]));
  }
  const samples = { array: [], integer: 0, number: 0, boolean: false, string: "" };
  return samples[[plain.type].flat()[0]] ?? null;
}

function jsonSchemaOf(part) {
  return part?.content?.["application/json"]?.schema;
}

async function send(method, path, form, output) {
  const values = new FormData(form);
  const query = new URLSearchParams();
  const headers = new Headers();
  let target = path;
  for (const [field, value] of values) {
    const [place, name] = field.split(" ");
    if (value === "") continue;
    if (place === "path") target = target.replace(`{${name}}`, encodeURIComponent(value));
    if (place === "query") query.set(name, value);
    if (place === "header") headers.set(name, value);
  }
  const token = document.getElementById("token").value.trim();
  if (token) headers.set("authorization", `Bearer ${token}`);
  const body = values.get("body");
  if (body) headers.set("content-type", "application/json");
  const search = query.size > 0 ? `?${query}` : "";
  try {
    const response = await fetch(`${target}${search}`, { method: method.toUpperCase(), headers, body: body || null });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    const shown = isJson && text ? JSON.stringify(JSON.parse(text), null, 2) : text;
    output.textContent = `${response.status} ${response.statusText}\n\n${shown}`;
  } catch (error) {
    output.textContent = `Not sent: ${error.message}`;
  }
}

function formOf(method, path, operation, all) {
  const output = element("pre", { "aria-live": "polite" }, "—");
  const form = element("form");
  for (const { name, in: place, required, description } of operation.parameters ?? []) {
    const label = `${name} (${place}${required ? "" : ", optional"})${description ? ` — ${description}` : ""}`;
    const attributes = { name: `${place} ${name}`, ...(required ? { required: "" } : {}) };
    form.append(element("label", {}, label, element("input", attributes)));
  }
  const bodySchema = jsonSchemaOf(operation.requestBody);
  if (bodySchema) {
    const text = element("textarea", { name: "body" });
    text.value = JSON.stringify(sampleOf(bodySchema, all), null, 2);
    form.append(element("label", {}, "body", text));
  }
  form.append(element("button", {}, "Send"), output);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(method, path, form, output);
  });
  return form;
}

function operationBlock(method, path, operation, all) {
  const access = operation["x-access"];
  const block = element(
    "details",
    {},
    element(
      "summary",
      {},
      element("span", { class: "method" }, method.toUpperCase()),
      element("code", {}, path),
      ` — ${operation.summary}`,
      element("span", { class: "access" }, Array.isArray(access) ? access.join(", ") : access ?? ""),
    ),
  );
  if (operation.description) block.append(element("p", {}, operation.description));
  const bodySchema = jsonSchemaOf(operation.requestBody);
  if (bodySchema) block.append(element("h4", {}, "Body"), element("pre", {}, shapeOf(bodySchema, all)));
  for (const [status, response] of Object.entries(operation.responses)) {
    if (status === "default") continue;
    block.append(element("h4", {}, `${status}: ${response.description}`));
    const schema = jsonSchemaOf(response);
    if (schema) block.append(element("pre", {}, shapeOf(schema, all)));
  }
  block.addEventListener("toggle", () => block.append(formOf(method, path, operation, all)), { once: true });
  return block;
}

const openapi = await (await fetch("/openapi.json")).json();
const schemas = openapi.components?.schemas ?? {};
document.getElementById("about").textContent = `${openapi.info.version}. ${openapi.info.description}`;
const operations = Object.entries(openapi.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({ method, path, operation: item[method] }))
);
const main = document.getElementById("operations");
for (const tag of new Set(operations.map(({ operation }) => operation.tags?.[0] ?? "other"))) {
  main.append(element("h2", {}, tag));
  for (const { method, path, operation } of operations) {
    if ((operation.tags?.[0] ?? "other") === tag) main.append(operationBlock(method, path, operation, schemas));
  }
}
