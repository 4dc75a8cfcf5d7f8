/** `/openapi.json`, `/asyncapi.json` and `/docs`: the API described, and a page that shows it without any other server. */
import { OpenAPIHono } from "@hono/zod-openapi";
import { open } from "../access_rules.ts";
import pageStyle from "../documents/docs_page.css" with { type: "text" };
import page from "../documents/docs_page.html" with { type: "text" };
import pageScript from "../documents/docs_page.js" with { type: "text" };
import type { Guard } from "../guard.ts";
import type { OpenEnv } from "../request_env.ts";

const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Both documents are made once, after every other route is there. */
export function documentRoutes(
  documents: { readonly openApi: () => object; readonly asyncApi: () => object },
  guard: Guard,
): OpenAPIHono<OpenEnv> {
  const app = new OpenAPIHono<OpenEnv>();
  const admit = guard.open(open("probe"));
  const openApi = JSON.stringify(documents.openApi());
  const asyncApi = JSON.stringify(documents.asyncApi());

  function serve(path: string, body: string, contentType: string): void {
    app.get(path, admit, (c) =>
      c.body(body, 200, {
        "content-type": contentType,
        "content-security-policy": PAGE_POLICY,
        "cache-control": "no-cache",
      }));
  }

  serve("/openapi.json", openApi, "application/json");
  serve("/asyncapi.json", asyncApi, "application/json");
  serve("/docs", page, "text/html; charset=utf-8");
  serve("/docs/page.css", pageStyle, "text/css; charset=utf-8");
  serve("/docs/page.js", pageScript, "text/javascript; charset=utf-8");
  return app;
}
