import Fingerprint
import Testing

@Suite struct JavaScriptGoldenTests {
    static let chrome = """
        TypeError: Cannot read properties of undefined (reading 'total')
            at cartTotal (https://shop.example/static/js/main.3f9a2b1c.js:2:14310)
            at async checkout (https://shop.example/static/js/main.3f9a2b1c.js:2:20112)
            at HTMLButtonElement.<anonymous> (https://shop.example/static/js/main.3f9a2b1c.js:2:99)
        """
    static let node = """
        TypeError: Cannot read properties of undefined (reading 'total')
            at cartTotal (/home/alice/shop/src/cart.js:12:9)
            at Layer.handle [as handle_request] (/home/alice/shop/node_modules/express/lib/router/layer.js:95:5)
            at checkout (/home/alice/shop/src/routes/checkout.js:40:3)
            at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
        """
    static let firefox = """
        cartTotal@https://shop.example/static/js/main.3f9a2b1c.js:2:14310
        checkout/<@https://shop.example/static/js/main.3f9a2b1c.js:2:20112
        async*@https://shop.example/static/js/main.3f9a2b1c.js:2:99
        """
    static let safari = """
        cartTotal@https://shop.example/static/js/main.3f9a2b1c.js:2:14310
        [native code]
        forEach@[native code]
        global code@https://shop.example/static/js/main.3f9a2b1c.js:2:99
        """

    static let same = [
        GoldenPair("lines and columns", chrome, chrome.replacing(":2:", with: ":31337:").replacing("14310", with: "7")),
        GoldenPair("the bundler's hash", chrome, chrome.replacing("3f9a2b1c", with: "00ff11ee")),
        GoldenPair("no hash at all", chrome, chrome.replacing(".3f9a2b1c", with: "")),
        GoldenPair("a query", chrome, chrome.replacing(".js:", with: ".js?v=1.2.3&t=99:")),
        GoldenPair(
            "another host and port", chrome, chrome.replacing("shop.example", with: "staging.shop.example:8443")),
        GoldenPair(
            "the message in front", chrome, chrome.replacing("undefined (reading 'total')", with: "null (reading 'id')")
        ),
        GoldenPair("CRLF and no indentation", chrome, chrome.replacing("\n    ", with: "\r\n")),
        GoldenPair("an asynchronous call", chrome, chrome.replacing("at async ", with: "at ")),
        GoldenPair(
            "Firefox: lines, columns, hash", firefox,
            firefox.replacing(":2:", with: ":4:").replacing("3f9a2b1c", with: "12345678")),
        GoldenPair(
            "Safari: lines, columns, hash", safari,
            safari.replacing(":2:", with: ":4:").replacing("3f9a2b1c", with: "a1b2c3d4e5f6a7b8")),
        GoldenPair(
            "another home directory", node, node.replacing("/home/alice/shop", with: "/srv/releases/20240102030405")),
        GoldenPair(
            "Windows", node,
            node.replacing("/home/alice/shop/", with: "C:\\Users\\bob\\shop\\").replacing("src/", with: "src\\")),
        GoldenPair("a container", node, node.replacing("/home/alice/shop", with: "/usr/src/app")),
        GoldenPair("a file URL", node, node.replacing("/home/alice", with: "file:///Users/bob")),
        GoldenPair(
            "packages changed", node, node.replacing("express/lib/router/layer.js", with: "fastify/lib/route.js")),
        GoldenPair("the runtime changed", node, node.replacing("task_queues:95:5", with: "queues:1:1")),
        GoldenPair(
            "depth of a recursion",
            "    at walk (/app/tree.js:5:1)\n    at main (/app/tree.js:20:1)",
            "    at walk (/app/tree.js:5:1)\n    at walk (/app/tree.js:7:3)\n    at walk (/app/tree.js:7:3)\n    at main (/app/tree.js:20:1)"
        ),
        GoldenPair(
            "Vite's hash",
            "    at total (https://shop.example/assets/index-DiwrgTda.js:1:2)",
            "    at total (https://shop.example/assets/index-B_4-kQ9z.js:1:2)"
        ),
        GoldenPair(
            "esbuild's hash",
            "    at total (https://shop.example/js/chunk-7GQ2YQJ3.js:1:2)",
            "    at total (https://shop.example/js/chunk-QNXAXYLA.js:9:2)"
        ),
        GoldenPair(
            "webpack in development and its source maps",
            "    at total (webpack-internal:///./src/cart.js:1:2)",
            "    at total (webpack://shop/./src/cart.js?5d21:7:2)"
        ),
        GoldenPair(
            "evaluated code",
            "    at eval (eval at run (/app/lib/run.js:3:4), <anonymous>:1:1)",
            "    at eval (eval at run (/app/lib/run.js:30:40), <anonymous>:7:9)"
        ),
        GoldenPair(
            "evaluated code in Firefox",
            "run@https://x.example/lib/run.js line 3 > eval:1:1",
            "run@https://x.example/lib/run.js line 33 > eval:9:2"
        ),
        GoldenPair(
            "module ids",
            "    at Object.12345 (https://x.example/js/main.js:1:2)",
            "    at Object.777 (https://x.example/js/main.js:1:2)"
        ),
        GoldenPair(
            "a scope in the path",
            "    at f (/app/node_modules/@scope/pkg/index.js:1:2)\n    at g (/app/lib/x.js:1:2)",
            "    at f (/app/node_modules/@other/pkg/index.js:1:2)\n    at g (/app/lib/x.js:9:9)"
        ),
        GoldenPair(
            "no usable stack: the message decides",
            Report(type: "TypeError", message: "user 1 is gone", stack: "TypeError: user 1 is gone"),
            Report(type: "TypeError", message: "user 2 is gone", stack: "TypeError: user 2 is gone")
        ),
    ]

    static let different = [
        GoldenPair("the function", chrome, chrome.replacing("cartTotal", with: "cartTax")),
        GoldenPair("an outer function", chrome, chrome.replacing("checkout", with: "preview")),
        GoldenPair("the file", chrome, chrome.replacing("main.", with: "admin.")),
        GoldenPair("a frame more", chrome, chrome + "\n    at start (https://shop.example/static/js/main.js:1:1)"),
        GoldenPair("Firefox: the function", firefox, firefox.replacing("cartTotal", with: "cartTax")),
        GoldenPair("Firefox: a nested function", firefox, firefox.replacing("checkout/<", with: "preview/<")),
        GoldenPair("Safari: the function", safari, safari.replacing("cartTotal", with: "cartTax")),
        GoldenPair("Safari: the file", safari, safari.replacing("main", with: "admin")),
        GoldenPair("Node: the function", node, node.replacing("cartTotal", with: "cartTax")),
        GoldenPair("Node: the file", node, node.replacing("routes/checkout", with: "routes/preview")),
        GoldenPair("Node: the directory", node, node.replacing("routes/checkout", with: "jobs/checkout")),
        GoldenPair(
            "two steps of one wizard",
            "    at next (/app/wizard/step1.js:1:2)",
            "    at next (/app/wizard/step2.js:1:2)"
        ),
        GoldenPair(
            "packages count when nothing else is there",
            "    at f (/app/node_modules/express/lib/a.js:1:2)",
            "    at f (/app/node_modules/express/lib/b.js:1:2)"
        ),
        GoldenPair(
            "the type",
            Report(type: "TypeError", message: "x", stack: chrome),
            Report(type: "RangeError", message: "x", stack: chrome)
        ),
        GoldenPair(
            "the project",
            Report(project: "shop", type: "TypeError", message: "x", stack: chrome),
            Report(project: "blog", type: "TypeError", message: "x", stack: chrome)
        ),
        GoldenPair(
            "the words of the message without a stack",
            Report(type: "TypeError", message: "user 1 is gone"),
            Report(type: "TypeError", message: "user 1 is new")
        ),
    ]

    @Test(arguments: same)
    func sameError(_ pair: GoldenPair) throws {
        #expect(try pair.first.fingerprint() == pair.second.fingerprint())
    }

    @Test(arguments: different)
    func differentError(_ pair: GoldenPair) throws {
        #expect(try pair.first.fingerprint() != pair.second.fingerprint())
    }

    @Test func framesOfChrome() throws {
        #expect(
            try Report.frames(stack: Self.chrome)
                == [
                    "cartTotal static/js/main.js", "checkout static/js/main.js",
                    "HTMLButtonElement.<anonymous> static/js/main.js",
                ]
        )
    }

    @Test func framesOfNodeWithoutPackagesAndRuntime() throws {
        #expect(try Report.frames(stack: Self.node) == ["cartTotal cart.js", "checkout routes/checkout.js"])
    }

    @Test func framesOfFirefoxAndSafari() throws {
        #expect(
            try Report.frames(stack: Self.firefox)
                == ["cartTotal static/js/main.js", "checkout/< static/js/main.js", " static/js/main.js"]
        )
        #expect(
            try Report.frames(stack: Self.safari) == ["cartTotal static/js/main.js", "global code static/js/main.js"])
    }

    @Test(arguments: [
        ("at https://x.example/js/a.js:1:2", " js/a.js"),
        ("at new Cart (https://x.example/js/a.js:1:2)", "new Cart js/a.js"),
        ("at Cart.add [as push] (C:\\Program Files (x86)\\shop\\lib\\a.js:1:2)", "Cart.add shop/lib/a.js"),
        ("at async file:///srv/shop/a.mjs:1:2", " shop/a.mjs"),
        ("at f (address at index.android.bundle:1:12345)", "f index.android.bundle"),
        ("at f (wasm://wasm/3f9a2b1c:wasm-function[12]:0x1a2b)", "f *"),
        ("at f (https://x.example/:1:2)", "f /"),
        ("at f (/srv/shop/../shop/./lib/3f9a2b1c4d.js:1:2)", "f shop/lib/*.js"),
        ("https://x.example/js/a.js:1:2", " js/a.js"),
        ("f@https://cdn.example/npm/@scope/p@1.2.3/a.js:1:2", "f @scope/p/a.js"),
        ("at f (https://x.example/home/alice/index.js:1:2)", "f home/alice/index.js"),
    ])
    func singleFrames(_ line: String, _ frame: String) throws {
        #expect(try Report.frames(stack: line) == [frame])
    }
}
