/// Chrome, Firefox, Safari and Node.
enum JavaScriptGolden {
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

    /// What Node 20 really printed. `Again` is the same program with its lines moved and other values, `Renamed`
    /// has another name for one function. Only the names of directories were changed by hand.
    static let builtin = #"""
        TypeError: Cannot read properties of null (reading 'amount')
            at PriceList.price (/home/alice/shop/cart.js:1:79)
            at /home/alice/shop/cart.js:2:89
            at Array.reduce (<anonymous>)
            at Cart.total (/home/alice/shop/cart.js:2:66)
            at main (/home/alice/shop/main.js:3:33)
            at Object.<anonymous> (/home/alice/shop/main.js:12:1)
            at Module._compile (node:internal/modules/cjs/loader:1521:14)
            at Module._extensions..js (node:internal/modules/cjs/loader:1623:10)
            at Module.load (node:internal/modules/cjs/loader:1266:32)
            at Module._load (node:internal/modules/cjs/loader:1091:12)
        """#
    static let builtinAgain = #"""
        TypeError: Cannot read properties of null (reading 'amount')
            at PriceList.price (/srv/releases/20240102/shop/cart.js:4:79)
            at /srv/releases/20240102/shop/cart.js:5:89
            at Array.reduce (<anonymous>)
            at Cart.total (/srv/releases/20240102/shop/cart.js:5:66)
            at main (/srv/releases/20240102/shop/main.js:6:33)
            at Object.<anonymous> (/srv/releases/20240102/shop/main.js:15:1)
            at Module._compile (node:internal/modules/cjs/loader:1521:14)
            at Module._extensions..js (node:internal/modules/cjs/loader:1623:10)
            at Module.load (node:internal/modules/cjs/loader:1266:32)
            at Module._load (node:internal/modules/cjs/loader:1091:12)
        """#
    static let builtinRenamed = #"""
        TypeError: Cannot read properties of null (reading 'amount')
            at PriceList.cost (/home/alice/shop/cart.js:1:78)
            at /home/alice/shop/cart.js:2:89
            at Array.reduce (<anonymous>)
            at Cart.total (/home/alice/shop/cart.js:2:66)
            at main (/home/alice/shop/main.js:3:33)
            at Object.<anonymous> (/home/alice/shop/main.js:12:1)
            at Module._compile (node:internal/modules/cjs/loader:1521:14)
            at Module._extensions..js (node:internal/modules/cjs/loader:1623:10)
            at Module.load (node:internal/modules/cjs/loader:1266:32)
            at Module._load (node:internal/modules/cjs/loader:1091:12)
        """#
    /// `util.inspect` of an error with a cause.
    static let cause = #"""
        Error: checkout of order 4711 failed
            at checkout (/home/alice/shop/cart.js:3:90)
            at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
            at async main (/home/alice/shop/main.js:4:7) {
          [cause]: TypeError: Cannot read properties of null (reading 'amount')
              at PriceList.price (/home/alice/shop/cart.js:1:79)
              at /home/alice/shop/cart.js:2:89
              at Array.reduce (<anonymous>)
              at Cart.total (/home/alice/shop/cart.js:2:66)
              at checkout (/home/alice/shop/cart.js:3:56)
              at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
              at async main (/home/alice/shop/main.js:4:7)
        }
        """#
    static let causeAgain = #"""
        Error: checkout of order 98012 failed
            at checkout (/srv/releases/20240102/shop/cart.js:6:90)
            at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
            at async main (/srv/releases/20240102/shop/main.js:7:7) {
          [cause]: TypeError: Cannot read properties of null (reading 'amount')
              at PriceList.price (/srv/releases/20240102/shop/cart.js:4:79)
              at /srv/releases/20240102/shop/cart.js:5:89
              at Array.reduce (<anonymous>)
              at Cart.total (/srv/releases/20240102/shop/cart.js:5:66)
              at checkout (/srv/releases/20240102/shop/cart.js:6:56)
              at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
              at async main (/srv/releases/20240102/shop/main.js:7:7)
        }
        """#
    static let causeRenamed = #"""
        Error: checkout of order 4711 failed
            at checkout (/home/alice/shop/cart.js:3:90)
            at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
            at async main (/home/alice/shop/main.js:4:7) {
          [cause]: TypeError: Cannot read properties of null (reading 'amount')
              at PriceList.cost (/home/alice/shop/cart.js:1:78)
              at /home/alice/shop/cart.js:2:89
              at Array.reduce (<anonymous>)
              at Cart.total (/home/alice/shop/cart.js:2:66)
              at checkout (/home/alice/shop/cart.js:3:56)
              at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
              at async main (/home/alice/shop/main.js:4:7)
        }
        """#
    /// `util.inspect` of an `AggregateError`.
    static let aggregate = #"""
        [AggregateError: All promises were rejected] {
          [errors]: [
            Error: a
                at main (/home/alice/shop/main.js:6:42)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5),
            Error: checkout of order 4711 failed
                at checkout (/home/alice/shop/cart.js:3:90)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
                at async Promise.any (index 1)
                at async main (/home/alice/shop/main.js:6:8) {
              [cause]: TypeError: Cannot read properties of null (reading 'amount')
                  at PriceList.price (/home/alice/shop/cart.js:1:79)
                  at /home/alice/shop/cart.js:2:89
                  at Array.reduce (<anonymous>)
                  at Cart.total (/home/alice/shop/cart.js:2:66)
                  at checkout (/home/alice/shop/cart.js:3:56)
                  at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
                  at async Promise.any (index 1)
                  at async main (/home/alice/shop/main.js:6:8)
            }
          ]
        }
        """#
    static let aggregateAgain = #"""
        [AggregateError: All promises were rejected] {
          [errors]: [
            Error: a
                at main (/srv/releases/20240102/shop/main.js:9:42)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5),
            Error: checkout of order 98012 failed
                at checkout (/srv/releases/20240102/shop/cart.js:6:90)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
                at async Promise.any (index 1)
                at async main (/srv/releases/20240102/shop/main.js:9:8) {
              [cause]: TypeError: Cannot read properties of null (reading 'amount')
                  at PriceList.price (/srv/releases/20240102/shop/cart.js:4:79)
                  at /srv/releases/20240102/shop/cart.js:5:89
                  at Array.reduce (<anonymous>)
                  at Cart.total (/srv/releases/20240102/shop/cart.js:5:66)
                  at checkout (/srv/releases/20240102/shop/cart.js:6:56)
                  at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
                  at async Promise.any (index 1)
                  at async main (/srv/releases/20240102/shop/main.js:9:8)
            }
          ]
        }
        """#
    static let aggregateRenamed = #"""
        [AggregateError: All promises were rejected] {
          [errors]: [
            Error: a
                at main (/home/alice/shop/main.js:6:42)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5),
            Error: checkout of order 4711 failed
                at checkout (/home/alice/shop/cart.js:3:90)
                at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
                at async Promise.any (index 1)
                at async main (/home/alice/shop/main.js:6:8) {
              [cause]: TypeError: Cannot read properties of null (reading 'amount')
                  at PriceList.cost (/home/alice/shop/cart.js:1:78)
                  at /home/alice/shop/cart.js:2:89
                  at Array.reduce (<anonymous>)
                  at Cart.total (/home/alice/shop/cart.js:2:66)
                  at checkout (/home/alice/shop/cart.js:3:56)
                  at process.processTicksAndRejections (node:internal/process/task_queues:95:5)
                  at async Promise.any (index 1)
                  at async main (/home/alice/shop/main.js:6:8)
            }
          ]
        }
        """#
    /// Evaluated code, called by a timer.
    static let evaluated = #"""
        ReferenceError: nope is not defined
            at eval (eval at tick (/home/alice/shop/main.js:8:36), <anonymous>:1:1)
            at Timeout.tick [as _onTimeout] (/home/alice/shop/main.js:8:36)
            at listOnTimeout (node:internal/timers:581:17)
            at process.processTimers (node:internal/timers:519:7)
        """#
    static let evaluatedAgain = #"""
        ReferenceError: nope is not defined
            at eval (eval at tick (/srv/releases/20240102/shop/main.js:11:36), <anonymous>:1:1)
            at Timeout.tick [as _onTimeout] (/srv/releases/20240102/shop/main.js:11:36)
            at listOnTimeout (node:internal/timers:581:17)
            at process.processTimers (node:internal/timers:519:7)
        """#
    static let evaluatedRenamed = #"""
        ReferenceError: nope is not defined
            at eval (eval at tick (/home/alice/shop/main.js:8:36), <anonymous>:1:1)
            at Timeout.tick [as _onTimeout] (/home/alice/shop/main.js:8:36)
            at listOnTimeout (node:internal/timers:581:17)
            at process.processTimers (node:internal/timers:519:7)
        """#

    static let table = GoldenTable(
        language: "JavaScript",
        samples: [chrome, node, firefox, safari, builtin, builtinAgain, cause, causeRenamed, aggregate, evaluated],
        same: same, different: different)

    static let same = [
        GoldenPair("a built-in in between, run again", builtin, builtinAgain),
        GoldenPair("a cause, run again", cause, causeAgain),
        GoldenPair("an aggregate, run again", aggregate, aggregateAgain),
        GoldenPair("evaluated code, run again", evaluated, evaluatedAgain),
        GoldenPair(
            "frames that a cause shares", cause,
            cause.replacing(
                "      at process.processTicksAndRejections",
                with: "      ... 2 lines matching cause stack trace ...\n      at process.processTicksAndRejections")),
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
        GoldenPair("a built-in in between, a function renamed", builtin, builtinRenamed),
        GoldenPair("a cause, a function renamed", cause, causeRenamed),
        GoldenPair("an aggregate, a function renamed", aggregate, aggregateRenamed),
        GoldenPair("the type of a cause", cause, cause.replacing("[cause]: TypeError", with: "[cause]: RangeError")),
        GoldenPair("a cause less", cause, String(cause[..<cause.firstRange(of: " {")!.lowerBound])),
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
}
