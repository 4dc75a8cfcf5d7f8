/** Headless Chromium for tests, with a picture where a camera would be. */
import assert from "node:assert/strict";
import { type Browser, chromium } from "playwright-core";

/** Where Debian's `chromium` puts it; `CHROMIUM` names another. */
const CHROMIUM = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";
const LAUNCH_MS_MAX = 240_000;

/** Why no browser can be started here, or null when one can. */
function chromiumMissing(): string | null {
  try {
    return Deno.statSync(CHROMIUM).isFile ? null : `${CHROMIUM} is no program`;
  } catch (error) {
    assert.ok(error instanceof Deno.errors.NotFound, String(error));
    return `no browser: set CHROMIUM, or install Debian's chromium (looked for ${CHROMIUM})`;
  }
}

/** A test with a browser, told as skipped where none can be started; what it puts on `opened` is closed at its end. */
export function browserTest(
  name: string,
  run: (opened: AsyncDisposableStack, test: Deno.TestContext) => Promise<void>,
): void {
  const missing = chromiumMissing();
  Deno.test({
    name: missing === null ? name : `${name} (skipped: ${missing})`,
    ignore: missing !== null,
    // Chromium's pipes outlive the test that opened them.
    sanitizeResources: false,
    sanitizeOps: false,
    fn: async (test) => {
      await using opened = new AsyncDisposableStack();
      await run(opened, test);
    },
  });
}

/** Starts a browser; `args` come on top of what it needs here. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  // Tests run as root in containers, where Chromium's own sandbox cannot.
  return await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", ...args], timeout: LAUNCH_MS_MAX });
}

/**
 * Starts a browser whose only camera shows the Motion JPEG at `cameraPath` over and over, and asks nobody's leave. Its
 * WebGL and WebGPU run on the CPU.
 */
export async function launchWithCamera(cameraPath: string): Promise<Browser> {
  return await launchBrowser([
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-features=Vulkan",
    `--use-file-for-fake-video-capture=${cameraPath}`,
  ]);
}
