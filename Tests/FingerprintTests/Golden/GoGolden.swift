/// Go, written by hand after the format of `runtime.Stack`.
enum GoGolden {
    /// A panic in a handler, with another goroutine behind it.
    static let handler = #"""
        2024/01/02 10:15:20 http: panic serving [::1]:58424: order 4711 has no price
        goroutine 78 [running]:
        net/http.(*conn).serve.func1()
        	/usr/local/go/src/net/http/server.go:1947 +0xbe
        panic({0x6a5e40?, 0xc000124570?})
        	/usr/local/go/src/runtime/panic.go:785 +0x132
        github.com/acme/shop/cart.(*PriceList).price(0xc000012345, {0xc00009c040, 0x4})
        	/home/alice/shop/cart/prices.go:31 +0x1d4
        github.com/acme/shop/cart.(*Cart).Total(...)
        	/home/alice/shop/cart/cart.go:12
        main.handle.func2({0x7a8f60, 0xc0000d8000}, 0xc0000c6000)
        	/home/alice/shop/main.go:44 +0x9c
        github.com/gin-gonic/gin.(*Context).Next(0xc0000c6000)
        	/home/alice/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go:174 +0x2b
        net/http.HandlerFunc.ServeHTTP(0xc0000d8000?, {0x7a8f60?, 0xc0000d8000?}, 0x6f0a50?)
        	/usr/local/go/src/net/http/server.go:2294 +0x29
        created by net/http.(*Server).Serve in goroutine 1
        	/usr/local/go/src/net/http/server.go:3454 +0x4b5

        goroutine 1 [IO wait]:
        internal/poll.runtime_pollWait(0x7f5d3c1a8f08, 0x72)
        	/usr/local/go/src/runtime/netpoll.go:351 +0x85
        main.main()
        	/home/alice/shop/main.go:20 +0x1f
        """#
    /// A nil pointer in a goroutine of its own, with its creator.
    static let worker = #"""
        panic: runtime error: invalid memory address or nil pointer dereference
        [signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x48e1f2]

        goroutine 18 [running]:
        main.(*Store).save(0x0, {0xc00001c0a8, 0x4})
        	/home/alice/shop/store.go:17 +0x12
        main.run.func1.2(0x3)
        	/home/alice/shop/main.go:31 +0x45
        main.run.gowrap1()
        	/home/alice/shop/main.go:33 +0x25
        created by main.run in goroutine 1
        	/home/alice/shop/main.go:30 +0x8e
        exit status 2
        """#
    /// An error of `github.com/pkg/errors`, printed by `%+v`: no arguments, no offsets.
    static let wrapped = #"""
        connection refused
        github.com/acme/shop/store.(*DB).Open
        	/home/alice/shop/store/db.go:21
        github.com/acme/shop/store.Connect
        	/home/alice/shop/store/connect.go:12
        main.main
        	/home/alice/shop/main.go:9
        runtime.main
        	/usr/local/go/src/runtime/proc.go:283
        runtime.goexit
        	/usr/local/go/src/runtime/asm_amd64.s:1700
        """#
    /// The runtime's own stack comes first.
    static let overflow = #"""
        runtime: goroutine stack exceeds 1000000000-byte limit
        runtime: sp=0xc0200e0390 stack=[0xc0200e0000, 0xc0400e0000]
        fatal error: stack overflow

        runtime stack:
        runtime.throw({0x476a5b?, 0x0?})
        	/usr/local/go/src/runtime/panic.go:1077 +0x5c fp=0x7ffe3c1a8f08 sp=0x7ffe3c1a8ed8 pc=0x43215c
        runtime.newstack()
        	/usr/local/go/src/runtime/stack.go:1107 +0x5bd fp=0x7ffe3c1a90b8 sp=0x7ffe3c1a8f08 pc=0x44a5bd
        runtime.morestack()
        	/usr/local/go/src/runtime/asm_amd64.s:593 +0x8f fp=0x7ffe3c1a90c0 sp=0x7ffe3c1a90b8 pc=0x45a88f

        goroutine 1 gp=0xc000002380 m=0 mp=0x5a [running]:
        main.(*Cart).Total(0x1?)
        	/app/cart.go:6 +0x45 fp=0xc0200e03a0 sp=0xc0200e0398 pc=0x459d25
        main.(*Cart).Total(0x1?)
        	/app/cart.go:7 +0x59 fp=0xc0200e03c0 sp=0xc0200e03a0 pc=0x459d39
        main.main()
        	/app/main.go:12 +0x1d fp=0xc0200e03e0 sp=0xc0200e03c0 pc=0x459d9d

        goroutine 2 gp=0xc000002e00 m=nil [force gc (idle)]:
        runtime.gopark(0x0?, 0x0?, 0x0?, 0x0?, 0x0?)
        	/usr/local/go/src/runtime/proc.go:402 +0xce fp=0xc00004efa8 sp=0xc00004ef88 pc=0x43446e
        """#

    static let table = GoldenTable(
        language: "Go",
        samples: [handler, worker, wrapped, overflow],
        same: [
            GoldenPair(
                "addresses, offsets and lines", handler,
                handler.replacing("0xc000012345", with: "0xc0004aa0b0").replacing("+0x1d4", with: "+0x2e0")
                    .replacing(".go:31", with: ".go:118")),
            GoldenPair("the number of the goroutine", handler, handler.replacing("goroutine 78", with: "goroutine 9")),
            GoldenPair(
                "what other goroutines did", handler, handler.replacing("main.main()", with: "main.refresh()")),
            GoldenPair(
                "no other goroutine", handler,
                String(handler[..<handler.firstRange(of: "\n\ngoroutine 1")!.lowerBound])),
            GoldenPair("another directory", handler, handler.replacing("/home/alice/shop/", with: "/builds/acme/x/")),
            GoldenPair(
                "built with -trimpath", handler,
                handler.replacing("/usr/local/go/src/", with: "")
                    .replacing("/home/alice/go/pkg/mod/", with: "")
                    .replacing("/home/alice/shop/", with: "github.com/acme/shop/")),
            GoldenPair(
                "another Go", handler, handler.replacing("/usr/local/go/src/", with: "/home/bob/sdk/go1.23.4/src/")),
            GoldenPair("packages changed", handler, handler.replacing("gin@v1.9.1", with: "gin@v1.10.0")),
            GoldenPair("inlined", handler, handler.replacing("(0xc000012345, {0xc00009c040, 0x4})", with: "(...)")),
            GoldenPair("the number of a closure", handler, handler.replacing("handle.func2", with: "handle.func5")),
            GoldenPair("numbers of nested closures", worker, worker.replacing("func1.2", with: "func3.1")),
            GoldenPair("the number of a wrapper", worker, worker.replacing("gowrap1", with: "gowrap2")),
            GoldenPair("Windows", worker, worker.replacing("/home/alice/shop/", with: #"C:\Users\bob\shop\"#)),
            GoldenPair(
                "the runtime's own stack", overflow,
                overflow.replacing("runtime.newstack()", with: "runtime.systemstack()").replacing("m=0", with: "m=3")),
            GoldenPair(
                "without the runtime's own stack", overflow,
                String(overflow[overflow.firstRange(of: "goroutine 1")!.lowerBound...])),
            GoldenPair("lines of an error's stack", wrapped, wrapped.replacing(".go:21", with: ".go:2100")),
        ],
        different: [
            GoldenPair("the method", handler, handler.replacing("(*Cart).Total", with: "(*Cart).Tax")),
            GoldenPair("the receiver", handler, handler.replacing("(*PriceList)", with: "(*CostList)")),
            GoldenPair("the package", handler, handler.replacing("shop/cart.(*Cart)", with: "blog/cart.(*Cart)")),
            GoldenPair("the file", handler, handler.replacing("prices.go", with: "costs.go")),
            GoldenPair(
                "the function around a closure", handler, handler.replacing("main.handle", with: "main.preview")),
            GoldenPair(
                "who created it", worker, worker.replacing("created by main.run", with: "created by main.retry")),
            GoldenPair(
                "a function named like a closure", worker,
                worker.replacing("main.(*Store).save", with: "main.func1")),
            GoldenPair(
                "what overflows the stack", overflow, overflow.replacing("(*Cart).Total", with: "(*Order).Walk")),
            GoldenPair(
                "a number in a name", overflow.replacing("main.main", with: "main.handle_404"),
                overflow.replacing("main.main", with: "main.handle_500")),
            GoldenPair(
                "an error's stack: the function", wrapped, wrapped.replacing("store.Connect", with: "store.Dial")),
        ]
    )
}
