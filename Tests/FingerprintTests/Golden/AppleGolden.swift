/// What Apple's systems print, written by hand after `Thread.callStackSymbols` and the format of crash reports.
enum AppleGolden {
    static let symbols = #"""
        0   libswiftCore.dylib                  0x000000018e2b1c2c $ss17_assertionFailure__4file4line5flagss5NeverOs12StaticStringV + 248
        1   shop                                0x0000000104a3c2b8 $s4shop4CartV5totalSiyF + 184
        2   shop                                0x0000000104a3c3b8 $s4shop8CheckoutC3runyyF + 64
        3   shop                                0x0000000104a3c4b8 main + 28
        4   dyld                                0x000000018e1a7f28 start + 2236
        """#
    static let cxx = #"""
        0   shop                                0x0000000104a3c2b8 _ZN4shop4Cart5totalEi + 184
        1   shop                                0x0000000104a3c3b8 _ZN4shop8Checkout3runEv + 64
        2   shop                                0x0000000104a3c4b8 main + 28
        """#
    /// An exception of Objective-C that nobody caught.
    static let exception = #"""
        *** Terminating app due to uncaught exception 'NSRangeException', reason: 'index 7 beyond bounds [0 .. 1]'
        *** First throw call stack:
        (
        	0   CoreFoundation                      0x00007ff80045e7a3 __exceptionPreprocess + 242
        	1   libobjc.A.dylib                     0x00007ff80004f0e1 objc_exception_throw + 48
        	2   My Shop                             0x0000000102f81d3c -[Cart price:] + 76
        	3   My Shop                             0x0000000102f81e9b __14-[Cart total:]_block_invoke_2 + 27
        	4   My Shop                             0x0000000102f81f10 -[Cart total:] + 96
        	5   UIKitCore                           0x00007ff8056b9b5e UIApplicationMain + 123
        )
        libc++abi: terminating due to uncaught exception of type NSException
        """#
    static let report = #"""
        Exception Type:  EXC_BREAKPOINT (SIGTRAP)
        Crashed Thread:  1

        Thread 0:
        0   libsystem_kernel.dylib        	       0x18e4d1874 mach_msg2_trap + 8
        1   shop                          	       0x104a3c111 Refresh.wait() + 44 (Refresh.swift:40)

        Thread 1 name:  Dispatch queue: com.apple.root.default-qos
        Thread 1 Crashed:
        0   libswiftCore.dylib            	       0x18e2b1c2c _assertionFailure(_:_:file:line:flags:) + 248
        1   shop                          	       0x104a3c2b8 closure #1 in Cart.total(_:) + 184 (Cart.swift:12)
        2   shop                          	       0x104a3c3b8 Checkout.run() + 64 (Checkout.swift:40)
        3   libdispatch.dylib             	       0x18e37c750 _dispatch_call_block_and_release + 32

        Thread 2:
        0   libsystem_pthread.dylib       	       0x18e50ce18 start_wqthread + 0

        Binary Images:
               0x104a38000 -        0x104a3ffff shop (*) <3f9a2b1c-4d5e-6f70-8192-a3b4c5d6e7f8> /Users/USER/shop
        """#
    private static let lastException = report.replacing(
        "Thread 0:",
        with: """
            Last Exception Backtrace:
            0   CoreFoundation    0x18e2b1c2c __exceptionPreprocess + 176
            1   shop              0x104a3c2b8 Store.save(_:) + 184 (Store.swift:12)

            Thread 0:
            """
    ).replacing("Cart.total", with: "abort_message")

    static let table = GoldenTable(
        language: "Apple",
        samples: [symbols, cxx, exception, report],
        same: [
            GoldenPair(
                "addresses and offsets", symbols,
                symbols.replacing("104a3c2b8", with: "1007712b8").replacing("+ 184", with: "+ 12")),
            GoldenPair("another runtime", symbols, symbols.replacing("start + 2236", with: "dyld4::start + 12")),
            GoldenPair("the optimiser's part", cxx, cxx.replacing("5totalEi", with: "5totalEi.cold.1")),
            GoldenPair("the number of a block", exception, exception.replacing("invoke_2", with: "invoke_3")),
            GoldenPair(
                "another system", exception, exception.replacing("UIApplicationMain", with: "-[UIApplication _run]")),
            GoldenPair("what other threads did", report, report.replacing("Refresh.wait()", with: "Refresh.sleep()")),
            GoldenPair("the number of a closure", report, report.replacing("closure #1", with: "closure #3")),
            GoldenPair(
                "more threads before", report,
                report.replacing(
                    "Thread 0:",
                    with: String(
                        repeating: "Thread 0:\n0   shop   0x104a3c111 Pool.wait() + 44\n\n", count: 50) + "Thread 0:")),
            GoldenPair(
                "the thread that stopped for an exception", lastException,
                lastException.replacing("abort_message", with: "abort")),
            GoldenPair("lines", report, report.replacing("Cart.swift:12", with: "Cart.swift:120")),
        ],
        different: [
            GoldenPair(
                "a mangled function of Swift", symbols, symbols.replacing("4CartV5total", with: "5OrderV5price")),
            GoldenPair("an outer one", symbols, symbols.replacing("8CheckoutC3run", with: "7PreviewC4show")),
            GoldenPair("a mangled function of C++", cxx, cxx.replacing("4Cart5total", with: "5Order5price")),
            GoldenPair(
                "a method of Objective-C", exception, exception.replacing("[Cart price:]", with: "[Cart cost:]")),
            GoldenPair(
                "the method around a block", exception, exception.replacing("14-[Cart total:]", with: "12-[Cart tax:]")),
            GoldenPair("the function", report, report.replacing("Cart.total", with: "Cart.tax")),
            GoldenPair("the file", report, report.replacing("Checkout.swift", with: "Preview.swift")),
        ]
    )
}
