/** Ends the process when everything has been let go. */

/** Where `_exit` is, by system; elsewhere the runtime's own way out has to do. */
const C_LIBRARIES: { readonly [os: string]: string } = { linux: "libc.so.6", darwin: "libSystem.B.dylib" };

/**
 * Ends the process at once with `code`. The runtime's own exit first runs what native libraries have left to do at the
 * end, while threads of theirs still run: now and then a process that had stored everything died of that.
 */
export function endProcess(code: number): never {
  // Who has something left to write does so, as before the runtime's own exit.
  globalThis.dispatchEvent(new Event("unload"));
  const library = C_LIBRARIES[Deno.build.os];
  if (library !== undefined) exitAtOnce(library, code);
  Deno.exit(code);
}

/** Returns where the library is not there, as on systems with another C library, or may not be opened. */
function exitAtOnce(library: string, code: number): void {
  let opened;
  try {
    opened = Deno.dlopen(library, { _exit: { parameters: ["i32"], result: "void" } });
  } catch {
    return;
  }
  opened.symbols._exit(code);
}
