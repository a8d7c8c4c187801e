/// The files that bundlers make, and what JavaScript's runtimes print. By hand, after what they really made.
enum BundlerGolden {
    private static func trace(_ path: String) -> String {
        """
        TypeError: x is not a function
            at total (https://shop.example/\(path):1:234)
            at start (https://shop.example/js/start.js:1:2)
        """
    }

    private static func files(_ reason: String, _ first: String, _ second: String) -> GoldenPair {
        GoldenPair(reason, trace(first), trace(second))
    }

    static let oldNode = #"""
        Error: boom
            at total (/app/src/cart.js:1:2)
            at emitOne (events.js:116:13)
            at Server.emit (events.js:211:7)
            at parserOnIncoming (_http_server.js:602:12)
        """#
    static let bun = #"""
        TypeError: x is not a function
              at total (/app/src/cart.js:1:2)
              at run (/app/src/main.js:3:1)
              at processTicksAndRejections (native:7:39)
        """#
    /// `Promise.any`, each of two tasks failed.
    static let tasks = #"""
        [AggregateError: All promises were rejected] {
          [errors]: [
            Error: e0
                at fetchIt (/app/src/main.js:2:55)
                at async worker (/app/src/main.js:3:29)
                at async Promise.any (index 0),
            Error: e1
                at fetchIt (/app/src/main.js:2:55)
                at async worker (/app/src/main.js:3:29)
                at async Promise.any (index 1)
          ]
        }
        """#

    private static func walk(depth: Int) -> String {
        String(repeating: "    at visit (/app/w.js:3:4)\n    at visitChildren (/app/w.js:9:4)\n", count: depth)
            + "    at main (/app/m.js:1:1)"
    }

    static let table = GoldenTable(
        language: "JavaScript bundles",
        samples: [oldNode, bun, tasks],
        same: [
            files("Nuxt", "_nuxt/DlAUqK2U.js", "_nuxt/CJpQzBRE.js"),
            files("Nuxt, named", "_nuxt/entry.CqR3bT_x.js", "_nuxt/entry.BxKa9Qzd.js"),
            files("SvelteKit's chunk", "_app/immutable/chunks/CqRhbTzx.js", "_app/immutable/chunks/BxKa9Qzd.js"),
            files(
                "SvelteKit's named chunk", "_app/immutable/chunks/index.CqR3bT_x.js",
                "_app/immutable/chunks/index.BxKa9Qzd.js"),
            files(
                "SvelteKit's entry", "_app/immutable/entry/start.CqRhbTzx.js", "_app/immutable/entry/start.B-Ka9Qzd.js"),
            files("Astro", "_astro/hoisted.CqRhbTzx.js", "_astro/hoisted.BxKa9Qzd.js"),
            files("webpack's chunk", "static/js/787.3f9a2b1c.chunk.js", "static/js/453.b1c3f9a2.chunk.js"),
            files(
                "Next's chunk", "_next/static/chunks/4711-3f9a2b1c4d5e6f70.js",
                "_next/static/chunks/815-a1b2c3d4e5f60718.js"),
            files("Bun's chunk", "chunk-zjy5wtw6.js", "chunk-abkqzwtd.js"),
            GoldenPair(
                "Node up to 14", oldNode, oldNode.replacing("parserOnIncoming (_http_server", with: "startup (module")),
            GoldenPair("Bun's own code", bun, bun.replacing("Rejections (native:7:39)", with: "(native:8:1)")),
            GoldenPair(
                "how many tasks failed", tasks,
                tasks.replacing(
                    "Promise.any (index 1)",
                    with: """
                        Promise.any (index 1),
                            Error: e2
                                at fetchIt (/app/src/main.js:2:55)
                                at async worker (/app/src/main.js:3:29)
                                at async Promise.any (index 2)
                        """)),
            GoldenPair("depth of a recursion through two functions", walk(depth: 2), walk(depth: 5)),
        ],
        different: [
            files("Nuxt: the entry", "_nuxt/entry.CqR3bT_x.js", "_nuxt/cart.CqR3bT_x.js"),
            files("SvelteKit: the node", "_app/immutable/nodes/2.CqRhbTzx.js", "_app/immutable/chunks/2.CqRhbTzx.js"),
            files("a word in `assets`", "assets/validate.js", "assets/checkout.js"),
            files("a file of eight letters elsewhere", "js/cartPage.js", "js/homePage.js"),
            files("behind a dot elsewhere", "js/jquery.Validate.js", "js/jquery.Autofill.js"),
            GoldenPair("a task's function", tasks, tasks.replacing("fetchIt", with: "loadIt")),
            GoldenPair(
                "a function of a recursion", walk(depth: 2), walk(depth: 2).replacing("Children", with: "Parents")),
            GoldenPair(
                "a file named like one of Node's", oldNode,
                oldNode.replacing("(events.js:116:13)", with: "(/app/src/events.js:116:13)")),
            GoldenPair(
                "a number in a name", bun.replacing("at run", with: "at handle_404"),
                bun.replacing("at run", with: "at handle_500")),
        ]
    )
}
