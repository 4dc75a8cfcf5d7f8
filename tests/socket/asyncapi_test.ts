/** The AsyncAPI document covers every frame and every command. */
import assert from "node:assert/strict";
import { asyncApiDocument } from "../../src/http/socket/asyncapi.ts";
import { CLOSE } from "../../src/http/socket/close_codes.ts";
import { CLIENT_FRAMES, SERVER_FRAMES } from "../../src/http/socket/frame.ts";
import { CLASSROOM_COMMANDS } from "../../src/http/socket/classroom_commands.ts";
import { SESSION_COMMANDS } from "../../src/http/socket/session_commands.ts";

interface Message {
  readonly payload: { readonly properties?: { readonly type?: { readonly const: string } } };
}

interface Document {
  readonly channels: { readonly socket: { readonly messages: Record<string, unknown> } };
  readonly operations: Record<"receive" | "send", { readonly messages: readonly { readonly $ref: string }[] }>;
  readonly components: { readonly messages: Record<string, Message>; readonly schemas: Record<string, unknown> };
}

Deno.test("[W2] asyncApiDocument describes every frame of either direction, and the camera's, with its schema", () => {
  const text = JSON.stringify(asyncApiDocument("/api/v1/socket", "1.0.0"));
  const document: Document = JSON.parse(text);
  const names = [...Object.keys(CLIENT_FRAMES), "camera_frame", ...Object.keys(SERVER_FRAMES)];
  assert.deepEqual(Object.keys(document.components.messages), names);
  assert.deepEqual(Object.keys(document.channels.socket.messages), names);
  for (const name of [...Object.keys(CLIENT_FRAMES), ...Object.keys(SERVER_FRAMES)]) {
    assert.equal(document.components.messages[name]?.payload.properties?.type?.const, name);
  }
  const { receive, send } = document.operations;
  assert.equal(receive.messages.length + send.messages.length, names.length);
  for (const name of Object.keys(SESSION_COMMANDS)) assert.ok(document.components.schemas[`session_command_${name}`]);
  for (const name of Object.keys(CLASSROOM_COMMANDS)) {
    assert.ok(document.components.schemas[`classroom_command_${name}`]);
  }
});

Deno.test("[W5] docs/PROTOCOL.md lists every close code, frame and command that the code has", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/PROTOCOL.md", import.meta.url));
  for (const code of Object.values(CLOSE)) assert.ok(text.includes(`| ${code} |`), `close code ${code}`);
  for (const name of [...Object.keys(CLIENT_FRAMES), ...Object.keys(SERVER_FRAMES), ...Object.keys(SESSION_COMMANDS)]) {
    assert.ok(text.includes(`\`${name}\``), `frame or command ${name}`);
  }
});
